/*
 * Repeats: the bytes of texts that lie in a string of at least `min` bytes
 * that occurs more than once, in one text or in several.
 *
 * Two equal windows of `min` bytes have their least k-gram (by hash) at the
 * same place: their anchor. So only what stands around anchors that recur is
 * compared, byte for byte; a hash never decides. The bytes found are those of
 * a suffix array with its longest common prefixes.
 * Source: Schleimer, Wilkerson, Aiken 2003 (winnowing); Lee et al. 2021,
 * "Deduplicating Training Data Makes Language Models Better" (the task).
 */
#ifndef PM_REPEATS_H
#define PM_REPEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/spans.h"

/* The shortest and the longest `min`. */
#define PM_REPEATS_LEAST 16
#define PM_REPEATS_MOST 65536

typedef struct pm_repeats_text {
  const char *at;
  size_t len; /* <= PM_TEXT_MAX */
  size_t bit; /* of its first byte in `covered`: pm_repeats_bits fills it in */
} pm_repeats_text;

typedef struct pm_repeats_options {
  uint32_t min;  /* bytes, PM_REPEATS_LEAST to PM_REPEATS_MOST */
  bool later;    /* only what stands earlier too: in an earlier text, or before
                    it in the same one */
  uint64_t seed; /* of the hashes; the answer does not depend on it */
  size_t room;   /* anchors held at a time, >= 1, 48 bytes each; texts that
                    have more are gone through several times */
} pm_repeats_options;

/* Bytes of the k-grams that anchors of windows of `min` bytes are. */
uint32_t pm_repeats_gram(uint32_t min);

/* Fills in `bit` of each text; returns how many words `covered` has. */
size_t pm_repeats_bits(pm_repeats_text *text, uint32_t texts);

/*
 * Sets the bits of repeated bytes in `covered` [pm_repeats_bits], which is
 * zero. Returns 0, or -1 when memory is short: texts that do not fit are gone
 * through up to 256 times, and then the room grows.
 *
 * O(bytes) for each time, and `min` times that at worst, whatever the texts.
 */
int pm_repeats_find(const pm_repeats_text *text, uint32_t texts,
                    const pm_repeats_options *options, uint64_t *covered);

/* Finds the next run of set bits of a text from byte `from` on. False when
 * there is none. */
bool pm_repeats_next(const pm_repeats_text *text, const uint64_t *covered,
                     size_t from, pm_span *run);

#endif
