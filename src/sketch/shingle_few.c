/*
 * Windows of a few units, each made of its units alone: so none waits for the
 * one before it, and many are made at a time.
 */
#include "sketch/shingle_few.h"

#include <string.h>

#include "sketch/each_cpu.h"

/* Windows made at a time, in registers, and of those that are fetched. */
enum { WIDE = 8, BLOCK = PM_SHINGLE_BLOCK, ROOM = BLOCK + 2 * WIDE };

_Static_assert(sizeof(pm_unit) == 2 * sizeof(uint64_t), "two numbers");

typedef uint64_t wide __attribute__((vector_size(WIDE * sizeof(uint64_t))));

/* The hashes of `count` units side by side: a unit is two numbers, the hash and
 * the other one. */
static inline void take_hashes(const pm_unit *unit, size_t count,
                               uint64_t *out) {
  size_t i = 0;
  for (; i + WIDE <= count; i += WIDE) {
    wide a, b;
    memcpy(&a, unit + i, sizeof a);
    memcpy(&b, unit + i + WIDE / 2, sizeof b);
    a = __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
    memcpy(out + i, &a, sizeof a);
  }
  for (; i < count; i++)
    out[i] = unit[i].hash;
}

EACH_CPU static void hash_block(const pm_unit *unit, size_t windows, unsigned n,
                                uint64_t *out) {
  uint64_t of_unit[ROOM];
  size_t units = windows + n - 1;
  take_hashes(unit, units, of_unit);
  memset(of_unit + units, 0, WIDE * sizeof *of_unit);
  for (size_t at = 0; at < windows; at += WIDE) {
    wide h, next;
    memcpy(&h, of_unit + at, sizeof h);
    for (unsigned i = 1; i < n; i++) {
      memcpy(&next, of_unit + at + i, sizeof next);
      h = (h << PM_SHINGLE_ROTATION | h >> (64 - PM_SHINGLE_ROTATION)) ^ next;
    }
    h ^= h >> 32;
    h *= PM_SHINGLE_FACTOR;
    h ^= h >> 29;
    memcpy(out + at, &h, sizeof h);
  }
}

size_t pm_shingle_few(const pm_unit *unit, size_t windows, unsigned n,
                      uint64_t *out) {
  if (windows > BLOCK)
    windows = BLOCK;
  hash_block(unit, windows, n, out);
  return windows;
}
