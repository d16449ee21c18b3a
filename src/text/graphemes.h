/*
 * Grapheme clusters: what a reader takes for one character.
 *
 *   pm_graphemes it = pm_graphemes_begin(text, len);
 *   while ((n = pm_graphemes_next(&it, out, room)) > 0)
 *     use(out, n);
 *
 * Together the clusters are the text.
 *
 * Source: Unicode 15.0, UAX #29, section 3.1, extended grapheme clusters.
 */
#ifndef PM_TEXT_GRAPHEMES_H
#define PM_TEXT_GRAPHEMES_H

#include <stddef.h>

#include "text/spans.h"

typedef struct pm_graphemes {
  const unsigned char *text;
  size_t len;
  size_t at; /* a boundary: where to go on */
} pm_graphemes;

/* text [len], len <= PM_TEXT_MAX, any bytes; it must stay while in use. */
static inline pm_graphemes pm_graphemes_begin(const char *text, size_t len) {
  return (pm_graphemes){(const unsigned char *)text, len, 0};
}

/* Writes the next clusters to `out` [room], room >= 1, and returns how many;
 * 0 at the end. Cannot fail and allocates nothing. */
size_t pm_graphemes_next(pm_graphemes *it, pm_span *out, size_t room);

/* The boundary that follows the boundary `at` < len. */
size_t pm_grapheme_end(const unsigned char *text, size_t len, size_t at);

#endif
