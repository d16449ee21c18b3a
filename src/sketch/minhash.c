/*
 * Each slot has a hash function of its own, x -> odd * x + add modulo 2^32,
 * over the upper half of the hash. Slots are worked on sixteen at a time, so
 * that the compiler keeps them in registers and uses vector instructions.
 */
#include "sketch/minhash.h"

#include <string.h>

enum { LANES = 16 };

/* Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
 * generators" (SplitMix64). */
static uint64_t splitmix(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define EACH_CPU __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define EACH_CPU
#endif

EACH_CPU static void least(const uint64_t *hash, size_t count,
                           const uint32_t *odd, const uint32_t *add,
                           uint32_t *slot) {
  uint32_t low[LANES];
  memset(low, 0xFF, sizeof low);
  for (size_t i = 0; i < count; i++) {
    uint32_t x = (uint32_t)(hash[i] >> 32);
    for (int j = 0; j < LANES; j++) {
      uint32_t h = x * odd[j] + add[j];
      low[j] = h < low[j] ? h : low[j];
    }
  }
  memcpy(slot, low, sizeof low);
}

void pm_minhash(const uint64_t *hash, size_t count, uint64_t seed,
                uint32_t *slot, size_t k) {
  for (size_t from = 0; from < k; from += LANES) {
    uint32_t odd[LANES], add[LANES], low[LANES];
    for (int j = 0; j < LANES; j++) {
      uint64_t r = splitmix(&seed);
      odd[j] = (uint32_t)r | 1;
      add[j] = (uint32_t)(r >> 32);
    }
    least(hash, count, odd, add, low);
    size_t lanes = k - from < LANES ? k - from : LANES;
    memcpy(slot + from, low, lanes * sizeof *slot);
  }
}

void pm_minhash_bands(const uint32_t *slot, size_t k, size_t rows,
                      uint64_t *key) {
  for (size_t band = 0; band < k / rows; band++) {
    uint64_t h = 0;
    for (size_t row = 0; row < rows; row++) {
      h += slot[band * rows + row];
      h = splitmix(&h);
    }
    key[band] = (uint64_t)band << 48 | h >> 16;
  }
}
