/*
 * The numbers that seeded sketches draw: SplitMix64.
 * Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
 * generators".
 */
#ifndef PM_RANDOM_H
#define PM_RANDOM_H

#include <stdint.h>

static inline uint64_t pm_random_next(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

#endif
