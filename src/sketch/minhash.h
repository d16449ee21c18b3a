/*
 * MinHash: a signature of k numbers of which two texts share about the share
 * of shingles they share (Jaccard).
 *
 * Source: Broder et al. 1998, "Min-wise independent permutations".
 */
#ifndef PM_MINHASH_H
#define PM_MINHASH_H

#include <stddef.h>
#include <stdint.h>

/*
 * Writes the signature of a set of hashes.
 *
 *   hash  [count]  evenly spread 64-bit hashes
 *   seed           signatures compare when made with one seed
 *   slot  [k]      least values; all UINT32_MAX for the empty set
 *
 * The standard error of an estimate is sqrt(J (1 - J) / k). O(count k).
 */
void pm_minhash(const uint64_t *hash, size_t count, uint64_t seed,
                uint32_t *slot, size_t k);

#endif
