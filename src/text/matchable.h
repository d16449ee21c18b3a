/*
 * The form in which texts are compared: case, marks, quotes, dashes, blanks
 * made one, and the way back to the bytes of the original.
 */
#ifndef PM_MATCHABLE_H
#define PM_MATCHABLE_H

#include "text/offsets.h"

/* What is made one. Always: NFKC, default ignorable characters left out. */
enum {
  PM_MATCH_CASE = 1,         /* NFKC_Casefold */
  PM_MATCH_MARKS = 2,        /* accents, strokes and hooks go */
  PM_MATCH_QUOTES = 4,       /* to ' and " */
  PM_MATCH_DASHES = 8,       /* to - */
  PM_MATCH_SPACES = 16,      /* space separators to U+0020 */
  PM_MATCH_SQUEEZE = 32,     /* any run of white space to one U+0020 */
  PM_MATCH_DIGITS = 64,      /* each decimal digit to 0 */
  PM_MATCH_DROP_PUNCT = 128, /* punctuation and symbols go */
  PM_MATCH_BLANK_PUNCT = 256 /* or become blanks */
};

/*
 * Adds the matchable form of `text` [len <= PM_OFFSETS_MAX], valid UTF-8, to
 * the empty buffers `out` and, its map, `map`. `wide` is scratch. Returns 0,
 * or -1 when memory is short. O(len) time; output at most 11 times the input.
 */
int pm_matchable_make(const char *text, size_t len, unsigned options,
                      pm_buffer *out, pm_buffer *map, pm_buffer *wide);

#endif
