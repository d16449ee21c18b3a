/*
 * One run of characters through utf8proc: decompose each, put the marks into
 * canonical order, compose. utf8proc's own loop over a text sorts marks in
 * quadratic time; this one is linear for any input.
 */
#ifndef PM_CANON_H
#define PM_CANON_H

#include <stdbool.h>
#include <stdint.h>

#include "text/buffer.h"
#include "text/chars.h"

/* What utf8proc is asked to do with each character. */
enum {
  PM_CANON_COMPAT = 1, /* compatibility decomposition too */
  PM_CANON_FOLD = 2,   /* full case folding */
};

static inline int32_t *pm_canon_at(const pm_buffer *wide) {
  return (int32_t *)(void *)wide->at;
}

static inline size_t pm_canon_count(const pm_buffer *wide) {
  return wide->len / sizeof(int32_t);
}

/* Whether there is a code point number `at`, decomposed, that is never moved
 * nor composed with what is before it. */
static inline bool pm_canon_is_cut(const pm_buffer *wide, size_t at) {
  return at < pm_canon_count(wide) &&
         !(pm_char_form((uint32_t)pm_canon_at(wide)[at]) & PM_WORK_NFC);
}

/* Adds the decomposition of `c`, unordered, to the code points of `wide`.
 * Returns 0, or -1 when memory is short. */
int pm_canon_add(pm_buffer *wide, uint32_t c, unsigned options);

/* Takes the accents (PM_ACCENT) out of the code points of `wide` from number
 * `from` on, and strokes and hooks off the Latin letters. */
void pm_canon_strip(pm_buffer *wide, size_t from);

/*
 * Puts the first `n` code points of `wide` into canonical order and, if
 * `compose`, composes them in place. Returns how many are left, or -1 when
 * memory is short.
 */
ptrdiff_t pm_canon_finish(pm_buffer *wide, size_t n, int compose);

/* Takes the first `n` code points off the front of `wide`. */
void pm_canon_shift(pm_buffer *wide, size_t n);

#endif
