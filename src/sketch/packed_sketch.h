/*
 * Sketches as bytes, the same on every machine: a head that says how they were
 * made, then the slots. Two compare when they were made the same way. The check
 * is a hash of all the rest: a sketch with a bit that flipped is refused.
 *
 *   'K'  version  method  bits  k (2 bytes)  n  rate  seed (8)  check (4) slots
 * (k bits/8)
 *
 * Numbers have the low byte first. The highest bit of `rate` is set for the
 * sketch of an empty set, which is like nothing; that of `n` for shingles of
 * characters, and the one after the highest of `rate` for counted ones.
 */
#ifndef PM_PACKED_SKETCH_H
#define PM_PACKED_SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sketch/fast_sketch.h"

enum { PM_SKETCH_FAST = 'F', PM_SKETCH_MINHASH = 'M' };

typedef struct pm_sketch {
  unsigned method;
  unsigned bits; /* of a slot: 32, or 8 */
  size_t k;
  unsigned n, rate, kind; /* of the shingles, see sketch/shingle.h */
  bool empty;
  uint64_t seed;
  const char *slots; /* [k * bits / 8] */
} pm_sketch;

size_t pm_sketch_size(unsigned bits, size_t k);

/* Packs `slot` [s->k] as `s`, whose own slots do not matter, says to `out`
 * [pm_sketch_size]. Of 8 bits are kept that tell values apart, not their order:
 * such sketches compare, and do not merge. */
void pm_sketch_pack(const pm_sketch *s, const uint32_t *slot, char *out);

/* Reads packed bytes, which stay in use; returns what is wrong, or NULL. */
const char *pm_sketch_read(const char *data, size_t len, pm_sketch *s);

/* Returns what keeps two from being compared, or NULL. */
const char *pm_sketch_differ(const pm_sketch *a, const pm_sketch *b);

/*
 * The estimate of the Jaccard similarity of two sets: the share of equal slots,
 * less what slots of 8 bits have in common by chance.
 * Source: Li and Koenig 2010, "b-bit minwise hashing".
 */
double pm_sketch_similarity(const pm_sketch *a, const pm_sketch *b);

/* Slot i of one with 32 bits. */
uint32_t pm_sketch_slot(const pm_sketch *s, size_t i);

/* One key for each band of `rows` slots: sketches that are equal in a band have
 * an equal key. Writes `key` [k / rows], ascending. */
void pm_sketch_bands(const pm_sketch *s, size_t rows, uint64_t *key);

#endif
