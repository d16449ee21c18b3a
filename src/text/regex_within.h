/*
 * Which spans of a text have a match in them, each looked at as a text of its
 * own: as many calls as there are lines, without the price of a call each.
 *
 * Where what stands around a span can neither be taken by the pattern nor tell
 * it anything, it is as good as an end of the text; and then one search of the
 * whole text tells of all the spans before the match.
 */
#ifndef PM_REGEX_WITHIN_H
#define PM_REGEX_WITHIN_H

#include "text/regex.h"
#include "text/spans.h"

typedef struct pm_regex_within {
  pm_regex_walk walk; /* over the whole text */
  bool whole;         /* it may be searched as a whole */
  size_t from, first; /* the first match at `from` or later; SIZE_MAX: none */
} pm_regex_within;

/* `text` [len] must stay while it is in use. */
pm_regex_within pm_regex_within_begin(pm_regex *re, const char *text,
                                      size_t len);

/* Returns 1 if the span has a match in it, 0 if not, or a code of
 * pm_regex_match. In order is fastest; any order will do. */
int pm_regex_within_has(pm_regex_within *w, pm_span span);

#endif
