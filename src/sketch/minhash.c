/*
 * Each slot has a hash function of its own, x -> odd * x + add modulo 2^32,
 * over the upper half of the hash. Slots are worked on sixteen at a time, so
 * that the compiler keeps them in registers and uses vector instructions.
 */
#include "sketch/minhash.h"

#include <string.h>

#include "sketch/each_cpu.h"
#include "sketch/random.h"

enum { LANES = 16 };

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
      uint64_t r = pm_random_next(&seed);
      odd[j] = (uint32_t)r | 1;
      add[j] = (uint32_t)(r >> 32);
    }
    least(hash, count, odd, add, low);
    size_t lanes = k - from < LANES ? k - from : LANES;
    memcpy(slot + from, low, lanes * sizeof *slot);
  }
}
