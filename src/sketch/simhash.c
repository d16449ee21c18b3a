/*
 * All 64 counters are kept as planes: bit i of plane p is bit p of counter i.
 * Hashes are added eight at a time by full adders (Harley and Seal), so that
 * few carries run through the planes.
 */
#include "sketch/simhash.h"

enum { PLANES = 64 };

static void add(uint64_t *plane, unsigned from, uint64_t carry) {
  for (unsigned p = from; carry; p++) {
    uint64_t both = plane[p] & carry;
    plane[p] ^= carry;
    carry = both;
  }
}

/* Adds x and y to the plane; returns what it carries. */
static inline uint64_t full_add(uint64_t *plane, uint64_t x, uint64_t y) {
  uint64_t one = *plane ^ x, carry = (*plane & x) | (one & y);
  *plane = one ^ y;
  return carry;
}

static void add_eight(uint64_t *plane, const uint64_t *h) {
  uint64_t two[4];
  for (int i = 0; i < 4; i++)
    two[i] = full_add(&plane[0], h[2 * i], h[2 * i + 1]);
  uint64_t four = full_add(&plane[1], two[0], two[1]);
  uint64_t more = full_add(&plane[1], two[2], two[3]);
  add(plane, 3, full_add(&plane[2], four, more));
}

uint64_t pm_simhash(const uint64_t *hash, size_t count) {
  uint64_t plane[PLANES] = {0};
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    add_eight(plane, hash + i);
  for (; i < count; i++)
    add(plane, 0, hash[i]);

  uint64_t result = 0;
  for (unsigned bit = 0; bit < 64; bit++) {
    size_t set = 0;
    for (unsigned p = 0; p < PLANES && count >> p; p++)
      set |= (size_t)(plane[p] >> bit & 1) << p;
    result |= (uint64_t)(set > count / 2) << bit;
  }
  return result;
}
