/*
 * How often each string occurs among the spans of a text. The caller brings the
 * memory, and larger memory when it is full.
 *
 *   pm_tally *tally = pm_tally_init(malloc(pm_tally_size(1024)), 1024);
 *   size_t done = pm_tally_add(tally, text, len, spans, count);
 *   if (done < count)
 *     // make one twice as large, pm_tally_move(larger, tally), add the rest
 *   for (size_t i = 0; (entry = pm_tally_next(tally, &i));)
 *     use(entry);
 */
#ifndef PM_TEXT_TALLY_H
#define PM_TEXT_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "text/spans.h"

typedef struct pm_tally pm_tally;

typedef struct pm_tally_entry {
  uint32_t hash;
  uint32_t count; /* 0: free */
  pm_span span;   /* the first place of the string */
} pm_tally_entry;

/* Bytes for `slots` strings, a power of two from 8 on; 0 if more than there
 * can be. It counts as full when three quarters are taken. */
size_t pm_tally_size(size_t slots);

/* Makes an empty tally in `memory` of that size. */
pm_tally *pm_tally_init(void *memory, size_t slots);

/* Counts the strings of spans of `text`, which is the same at every call; how
 * many were counted before one that is new and for which there is no room. */
size_t pm_tally_add(pm_tally *tally, const char *text, size_t len,
                    const pm_span *spans, size_t count);

/* Fills the empty tally `to`, which must be larger. */
void pm_tally_move(pm_tally *to, const pm_tally *from);

/* How many different strings there are. */
size_t pm_tally_count(const pm_tally *tally);

/* The next string from slot `*i` on, in no order; NULL at the end. */
const pm_tally_entry *pm_tally_next(const pm_tally *tally, size_t *i);

#endif
