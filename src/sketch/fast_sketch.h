/*
 * Fast Similarity Sketch: k numbers of which two sets share about the share of
 * members they share (Jaccard), like MinHash, but each member is hashed about
 * once and not k times, and the error is smaller.
 *
 * Source: Dahlgaard, Knudsen, Thorup 2017, "Fast Similarity Sketching".
 */
#ifndef PM_FAST_SKETCH_H
#define PM_FAST_SKETCH_H

#include <stddef.h>
#include <stdint.h>

/* The most slots; a slot has room to say in which round it was filled. */
#define PM_FAST_SKETCH_MOST 4096

/* What every slot of the empty set holds, and no slot of another set. */
#define PM_FAST_SKETCH_EMPTY UINT32_MAX

/*
 * Writes the sketch of a set of hashes; the same one twice does not matter.
 *
 *   hash  [count]  evenly spread 64-bit hashes
 *   seed           sketches compare when made with one seed
 *   slot  [k]      1 <= k <= PM_FAST_SKETCH_MOST
 *
 * The standard error of an estimate is at most sqrt(J (1 - J) / k), less for
 * small sets. The least of two sketches slot by slot is the sketch of the two
 * sets as one. O(count + k log k), expected.
 */
void pm_fast_sketch(const uint64_t *hash, size_t count, uint64_t seed,
                    uint32_t *slot, size_t k);

#endif
