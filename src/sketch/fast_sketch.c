/*
 * In a round every member is thrown into one of the slots with a value. The
 * least value stays, and a value of an earlier round stays before any later
 * one. Rounds go on until no slot is empty: one is enough for a set much
 * larger than k. If k rounds do not do it, which happens to a set of a few
 * members only, k more give each slot in turn the least of all members.
 *
 *   bit   31   30 .................. 0
 *          0   value                     of the first round
 *          1   round        value        of a later one
 *
 * A slot is updated without a branch: in an article half of the members do, and
 * nothing can foresee which. Slots and values are computed for a block of
 * members before, so that the compiler does it for many at a time; what is left
 * to do one by one is to read a slot and to write it.
 */
#include "sketch/fast_sketch.h"

#include <string.h>

#include "sketch/each_cpu.h"
#include "sketch/random.h"

#define EMPTY PM_FAST_SKETCH_EMPTY

/* The values of a round: `base`, and below it what is left of 32 bits. */
typedef struct round_values {
  uint64_t odd, add;
  uint32_t base;
  unsigned shift;
} round_values;

/* The upper half chooses the slot, the lower half is the value. */
static inline uint64_t spread(const round_values *r, uint64_t hash) {
  uint64_t x = (hash ^ r->add) * r->odd;
  return x ^ x >> 32;
}

static inline uint32_t value_of(const round_values *r, uint64_t spread) {
  return r->base | (uint32_t)spread >> r->shift;
}

enum { BLOCK = 64 };

EACH_CPU static void throw_all(const round_values *round, const uint64_t *hash,
                               size_t count, uint32_t *slot, size_t k) {
  round_values r = *round;
  uint64_t last[BLOCK];
  for (size_t from = 0; from < count; from += BLOCK) {
    const uint64_t *block = hash + from;
    uint32_t at[BLOCK], value[BLOCK];
    size_t n = count - from;
    if (n < BLOCK) {
      memset(last, 0, sizeof last);
      memcpy(last, block, n * sizeof *last);
      block = last;
    }
    for (size_t i = 0; i < BLOCK; i++) {
      uint64_t x = spread(&r, block[i]);
      at[i] = (uint32_t)((x >> 32) * k >> 32);
      value[i] = value_of(&r, x);
    }
    size_t left = n < BLOCK ? n : BLOCK; /* so little is done for each... */
#pragma GCC unroll 8
    for (size_t i = 0; i < left; i++) { /* ...that counting them tells */
      uint32_t *to = slot + at[i], old = *to;
      *to = value[i] < old ? value[i] : old;
    }
  }
}

static size_t count_empty(const uint32_t *slot, size_t k) {
  size_t empty = 0;
  for (size_t i = 0; i < k; i++)
    empty += slot[i] == EMPTY;
  return empty;
}

static uint32_t least(const round_values *r, const uint64_t *hash,
                      size_t count) {
  uint32_t least = EMPTY;
  for (size_t i = 0; i < count; i++) {
    uint32_t value = value_of(r, spread(r, hash[i]));
    least = value < least ? value : least;
  }
  return least;
}

/* Bits for the number of a round. No round has them all set, so that no value
 * is EMPTY. */
static unsigned round_bits(size_t k) {
  unsigned bits = 1;
  while ((size_t)1 << bits <= 2 * k)
    bits++;
  return bits;
}

void pm_fast_sketch(const uint64_t *hash, size_t count, uint64_t seed,
                    uint32_t *slot, size_t k) {
  unsigned bits = 31 - round_bits(k);
  size_t empty = count ? k : 0;
  for (size_t i = 0; i < k; i++)
    slot[i] = EMPTY;
  for (uint32_t round = 0; empty > 0; round++) {
    round_values r = {.odd = pm_random_next(&seed) | 1,
                      .add = pm_random_next(&seed),
                      .base = 1u << 31 | round << bits,
                      .shift = 32 - bits};
    if (round == 0) {
      r.base = 0;
      r.shift = 1;
    }
    if (round < k) {
      throw_all(&r, hash, count, slot, k);
      empty = count_empty(slot, k);
    } else if (slot[round - k] == EMPTY) {
      slot[round - k] = least(&r, hash, count);
      empty--;
    }
  }
}
