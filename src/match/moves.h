/*
 * What moved: passages that a diff has as deleted here and inserted there.
 *
 * The changed parts of both texts are searched for runs of pieces that are the
 * same, the longest first (match/runs.h), so that time is about linear in them,
 * for any texts.
 */
#ifndef PM_MOVES_H
#define PM_MOVES_H

#include <stddef.h>
#include <stdint.h>

#include "match/diff.h"
#include "sketch/units.h"

/* Bytes of scratch memory for texts of na and nb pieces. */
size_t pm_moves_scratch(size_t na, size_t nb);

/*
 * Splits edits so that each passage of at least `least` pieces (>= 1) that
 * moved is two of them: PM_DIFF_MOVE where it stood, nothing of b, and where it
 * stands now, nothing of a. `other` of each is the number of the other one.
 *
 *   edit     [count]  of pm_diff or pm_readable_edits
 *   a, b     [na], [nb]  the pieces they were made of
 *   scratch  [pm_moves_scratch(na, nb)]
 *   out      [na + nb + 1]
 *
 * Returns how many edits; they cover the texts as those given do.
 */
size_t pm_moves_find(const pm_edit *edit, size_t count, const pm_unit *a,
                     size_t na, const pm_unit *b, size_t nb, uint32_t least,
                     void *scratch, pm_edit *out);

#endif
