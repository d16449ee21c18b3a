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

#include "sketch/shingle.h"
#include "sketch/units.h"

typedef struct pm_align_options {
  unsigned n;         /* words in a shingle, 1 to PM_SHINGLE_WIDEST */
  uint32_t gap;       /* most words that differ in one place, on either side,
                         at most PM_ALIGN_GAP */
  uint32_t min_words; /* least words a passage has in common, >= 1 */
  double min_share;   /* and the least share of its words, 0 to 1 */
} pm_align_options;

#define PM_ALIGN_GAP 32

/* Words a to a_end (excluded) of one text, b to b_end of the other, of which
 * `same` are the same in both. */
typedef struct pm_passage {
  uint32_t a, a_end, b, b_end, same;
} pm_passage;

typedef struct pm_reuse {
  size_t passages;
  size_t shared, distinct_a, distinct_b; /* distinct shingles */
  size_t words_a, words_b;               /* that lie in passages */
} pm_reuse;

/*
 * Leaves out of `word` [count] what is known to stand in many texts that have
 * nothing else in common, and returns how many words remain.
 *
 *   n     words in a shingle
 *   set   [known]  hashes of such shingles, ascending: all or, at a rate above
 *         0, the sample of one in 2^rate
 *   seen  [count]  scratch
 *
 * A word goes when it lies in a shingle of the set, or between two of them
 * with no other shingle of the sample in between.
 */
size_t pm_align_leave_out(pm_unit *word, size_t count, unsigned n,
                          const uint64_t *set, size_t known, unsigned rate,
                          pm_shingle *seen);

/* Bytes of scratch memory, aligned as malloc aligns, for texts of na and nb
 * words; SIZE_MAX when that is more than memory has. */
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
