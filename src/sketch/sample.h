/*
 * A sample of the shingles of a text, by their hashes, so that texts that share
 * a shingle choose it in both or in neither: what candidates are found by.
 */
#ifndef PM_SAMPLE_H
#define PM_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "sketch/shingle.h"

/*
 * Writes the set of the sample of one in 2^*rate of `hash` [count], or of the
 * sparsest that has `enough`, or of all, to `set` [count]. Returns how many and
 * sets `rate` to that of the sample; it is below 64.
 *
 *   spare  [2 * count] scratch memory
 */
size_t pm_sample(const uint64_t *hash, size_t count, size_t enough,
                 unsigned *rate, pm_shingle *spare, uint64_t *set);

#endif
