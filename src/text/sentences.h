/*
 * Sentence boundaries.
 *
 *   pm_sentences it = pm_sentences_begin(text, len, 0, NULL);
 *   while ((n = pm_sentences_next(&it, out, room)) > 0)
 *     use(out, n);
 *
 * By default sentences come without the white space around them, and those of
 * nothing else do not come; with `all` they are whole and together the text.
 *
 * Source: Unicode 15.0, UAX #29, section 5.1.
 */
#ifndef PM_TEXT_SENTENCES_H
#define PM_TEXT_SENTENCES_H

#include <stddef.h>

#include "text/sentence_rules.h"
#include "text/spans.h"

typedef struct pm_sentences {
  const unsigned char *text;
  size_t len;
  size_t at; /* a boundary: where to go on */
  int all;
  const pm_sentence_rules *rules; /* NULL: those of UAX #29 alone */
  pm_wrapping wrapping;
} pm_sentences;

/* text [len], len <= PM_TEXT_MAX, any bytes; it and the rules must stay while
 * in use. */
static inline pm_sentences pm_sentences_begin(const char *text, size_t len,
                                              int all,
                                              const pm_sentence_rules *rules) {
  return (pm_sentences){(const unsigned char *)text, len, 0, all, rules, {0}};
}

/* Writes the next sentences to `out` [room], room >= 1, and returns how many;
 * 0 at the end. Cannot fail and allocates nothing; linear time over all
 * calls. */
size_t pm_sentences_next(pm_sentences *it, pm_span *out, size_t room);

/* The boundary that follows the boundary `at` < len. */
size_t pm_sentence_end(const unsigned char *text, size_t len, size_t at);

/* The span without the white space at both its ends. */
pm_span pm_span_trim(const unsigned char *text, pm_span span);

#endif
