/*
 * Passages that two texts have in common, found again after editing: words
 * changed, dropped or added inside a passage do not end it, and passages may
 * have moved.
 *
 * Idea: shared shingles give exact runs of words; the longest runs are taken
 * first, no word twice; runs that follow each other in both texts with a small
 * gap become one passage, which grows at both ends while that gains words.
 *
 * Time is about linear in the words of both texts, for any input; memory is
 * the caller's.
 */
#ifndef PM_ALIGN_H
#define PM_ALIGN_H

#include <stddef.h>
#include <stdint.h>

#include "match/runs.h"
#include "sketch/units.h"

typedef struct pm_align_options {
  unsigned n;         /* words in a shingle, 1 to PM_SHINGLE_WIDEST */
  uint32_t gap;       /* most words that differ in one place, on either side,
                         at most PM_ALIGN_GAP */
  uint32_t min_words; /* least words a passage has in common, >= 1 */
  double min_share;   /* and the least share of its words, 0 to 1 */
} pm_align_options;

#define PM_ALIGN_GAP 32

typedef struct pm_reuse {
  size_t passages;
  size_t shared, distinct_a, distinct_b; /* distinct shingles */
  size_t words_a, words_b;               /* that lie in passages */
} pm_reuse;

/* Bytes of scratch memory, aligned as malloc aligns, for texts of na and nb
 * words. */
size_t pm_align_scratch(size_t na, size_t nb);

/* The most passages there can be. */
size_t pm_align_most(size_t na, size_t nb);

/*
 * Finds the passages of two texts.
 *
 *   a, b     [na], [nb]  their words, fewer than 2^31 each
 *   scratch  [pm_align_scratch(na, nb)]
 *   out      [pm_align_most(na, nb)]  in the order of the first text; no two
 *            overlap in either text
 */
pm_reuse pm_align(const pm_unit *a, size_t na, const pm_unit *b, size_t nb,
                  const pm_align_options *options, void *scratch,
                  pm_passage *out);

#endif
