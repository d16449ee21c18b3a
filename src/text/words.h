/*
 * Word boundaries.
 *
 *   pm_words it = pm_words_begin(text, len, 0);
 *   while ((n = pm_words_next(&it, out, room)) > 0)
 *     use(out, n);
 *
 * By default only segments that hold a letter, a digit, a kana or an ideograph
 * come out; with `all` every segment does, and together they are the text.
 * Thai, Lao, Khmer, Burmese, Han and Hiragana follow the rules' default: one
 * character with its marks is a segment.
 *
 * Source: Unicode 15.0, UAX #29, section 4.1.
 */
#ifndef PM_TEXT_WORDS_H
#define PM_TEXT_WORDS_H

#include <stddef.h>

#include "text/spans.h"

typedef struct pm_words {
  const unsigned char *text;
  size_t len;
  size_t at; /* a word boundary: where to go on */
  int all;
} pm_words;

/* text [len], len <= PM_TEXT_MAX, any bytes; it must stay while in use. */
static inline pm_words pm_words_begin(const char *text, size_t len, int all) {
  return (pm_words){(const unsigned char *)text, len, 0, all};
}

/*
 * Writes the next spans to `out` [room], room >= 1, and returns how many; 0 at
 * the end of the text. Cannot fail and allocates nothing; linear time over all
 * calls. Room for 128 or more is fast, less is slow.
 */
size_t pm_words_next(pm_words *it, pm_span *out, size_t room);

/*
 * The boundary that follows the boundary `at` < len, and in `*is_word` whether
 * what lies between is a word. The rules read one character at a time: what
 * the faster ways are checked against, and what they leave to it.
 */
size_t pm_word_end(const unsigned char *text, size_t len, size_t at,
                   int *is_word);

#endif
