/*
 * The frame of a page: what its outlet prints on many pages, whatever they
 * tell. It is known by its shingles, of which a sample is enough.
 */
#ifndef PM_FRAME_H
#define PM_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "sketch/shingle.h"
#include "sketch/units.h"

/*
 * Leaves the frame out of `word` [count] and returns how many words remain.
 *
 *   n     words in a shingle
 *   set   [known]  hashes of such shingles, ascending: all, or, at a rate above
 *         0, the sample of one in 2^rate
 *   seen  [count]  scratch
 *
 * A word goes when it lies in a shingle of the set, or between two of them
 * with no other shingle of the sample in between. But where less than a fifth
 * would remain, and no 30 words of it in a row, the text is an edited copy of
 * other pages rather than a page with something of its own: it stays whole.
 */
size_t pm_frame_cut(pm_unit *word, size_t count, unsigned n,
                    const uint64_t *set, size_t known, unsigned rate,
                    pm_shingle *seen);

#endif
