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
 * nothing can foresee which.
 */
#include "sketch/fast_sketch.h"

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

/* Returns how many slots were filled. */
static size_t throw_all(const round_values *round, const uint64_t *hash,
                        size_t count, uint32_t *slot, size_t k) {
  round_values r = *round;
  size_t filled = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t x = spread(&r, hash[i]);
    uint32_t *to = slot + ((x >> 32) * k >> 32);
    uint32_t value = value_of(&r, x), old = *to;
    *to = value < old ? value : old;
    filled += old == EMPTY;
  }
  return filled;
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
      empty -= throw_all(&r, hash, count, slot, k);
    } else if (slot[round - k] == EMPTY) {
      slot[round - k] = least(&r, hash, count);
      empty--;
    }
  }
}
