/*
 * Runs: stretches of words that are the same in two texts, no word in two of
 * them. The longest are taken first, wherever they stand.
 *
 * Shared shingles are the seeds, each is stretched to the run it lies in. All
 * of it is linear in the words but for the sorting.
 */
#ifndef PM_RUNS_H
#define PM_RUNS_H

#include <stddef.h>
#include <stdint.h>

#include "sketch/units.h"

/* Words a to a_end (excluded) of one text, b to b_end of the other, of which
 * `same` are the same in both. */
typedef struct pm_passage {
  uint32_t a, a_end, b, b_end, same;
} pm_passage;

/* Which words of either text lie in a passage: 1, else 0. */
typedef struct pm_taken {
  uint8_t *a, *b;
} pm_taken;

typedef struct pm_runs {
  size_t count;
  size_t shared, distinct_a, distinct_b; /* distinct shingles */
} pm_runs;

/* Bytes of scratch memory for texts of na and nb words, and the most runs. */
size_t pm_runs_scratch(size_t na, size_t nb);
size_t pm_runs_most(size_t na, size_t nb);

/*
 * Finds the runs of two texts.
 *
 *   a, b     [na], [nb]  their words, fewer than 2^31 each
 *   n        words in a shingle, and in a run at least, 1 to
 *            PM_SHINGLE_WIDEST
 *   scratch  [pm_runs_scratch(na, nb)]
 *   taken    [na], [nb]  what the runs cover
 *   out      [pm_runs_most(na, nb)]  in the order of the first text
 */
pm_runs pm_runs_find(const pm_unit *a, size_t na, const pm_unit *b, size_t nb,
                     unsigned n, void *scratch, pm_taken taken,
                     pm_passage *out);

/* Sets what a passage covers to `value`. */
void pm_runs_mark(pm_taken taken, const pm_passage *p, uint8_t value);

#endif
