/*
 * What changed from one text to another, piece by piece: the shortest edit, by
 * Myers' algorithm in linear space. Beyond a limit of work a good edit is taken
 * for the shortest one, so that time is bounded for any input.
 *
 * Source: Myers 1986, "An O(ND) difference algorithm and its variations"; the
 * way out of costly searches: GNU diffutils, diffseq.h.
 */
#ifndef PM_DIFF_H
#define PM_DIFF_H

#include <stddef.h>
#include <stdint.h>

#include "sketch/units.h"

typedef enum pm_diff_op {
  PM_DIFF_SAME,
  PM_DIFF_DELETE,
  PM_DIFF_INSERT,
  PM_DIFF_REPLACE,
  PM_DIFF_MOVE /* see match/moves.h */
} pm_diff_op;

/* Pieces a to a_end (excluded) of one text become b to b_end of the other. */
typedef struct pm_edit {
  pm_diff_op op;
  uint32_t a, a_end, b, b_end;
  uint32_t other; /* of a move: number of the other half of it */
} pm_edit;

/* Bytes of scratch memory for texts of na and nb pieces. */
size_t pm_diff_scratch(size_t na, size_t nb);

/*
 * Writes the edits that turn a into b, in order and without gaps.
 *
 *   a, b      [na], [nb]  fewer than 2^30 each
 *   scratch   [pm_diff_scratch(na, nb)]
 *   out       [na + nb + 1]
 *
 * Returns how many edits.
 */
size_t pm_diff(const pm_unit *a, size_t na, const pm_unit *b, size_t nb,
               void *scratch, pm_edit *out);

#endif
