#include "sketch/sample.h"

#include <stdbool.h>
#include <string.h>

#include "sketch/pick.h"

/*
 * Hashes are evenly spread: in a table with several times as many places each
 * belongs where its highest bits say, and all are in order there if one that
 * finds a lesser in its place goes on to the next, and pushes on those that are
 * greater. What is equal is met on the way.
 */
enum { MOST = 512, SPARSE = 4 };

#define EMPTY UINT64_MAX

/* Puts one in order behind `at`, if it is not there. */
static void put(uint64_t *at, uint64_t hash) {
  while (*at < hash)
    at++;
  if (*at == hash)
    return;
  while (hash != EMPTY) {
    uint64_t next = *at;
    *at++ = hash;
    hash = next;
  }
}

/* Writes the set of at most MOST hashes to `set`, which may be where they are.
 */
static size_t set_of_few(const uint64_t *hash, size_t count, uint64_t *set) {
  uint64_t table[SPARSE * MOST + MOST];
  unsigned bits = 1;
  while ((size_t)1 << bits < SPARSE * count)
    bits++;
  size_t places = ((size_t)1 << bits) + count;
  for (size_t i = 0; i < places; i++)
    table[i] = EMPTY;
  bool last = false; /* the one that looks like an empty place */
  for (size_t i = 0; i < count; i++) {
    put(table + (hash[i] >> (64 - bits)), hash[i]);
    last |= hash[i] == EMPTY;
  }
  size_t n = pm_pick(table, places, (pm_picking){.except = EMPTY}, table);
  memcpy(set, table, n * sizeof *set);
  if (last)
    set[n++] = EMPTY;
  return n;
}

static size_t set_of(uint64_t *hash, size_t count, pm_shingle *spare) {
  if (count <= MOST)
    return set_of_few(hash, count, hash);
  for (size_t i = 0; i < count; i++)
    spare[i] = (pm_shingle){.hash = hash[i]};
  pm_shingle_sort(spare, count, spare + count);
  return pm_shingle_set(spare, count, hash);
}

/* Writes those of the sample of one in 2^rate to `out`; returns how many. */
static size_t choose(const uint64_t *hash, size_t count, unsigned rate,
                     uint64_t *out) {
  pm_picking p = {.without = ((uint64_t)1 << rate) - 1, .except = EMPTY};
  if (rate > 0)
    return pm_pick(hash, count, p, out);
  memcpy(out, hash, count * sizeof *out);
  return count;
}

size_t pm_sample(const uint64_t *hash, size_t count, size_t enough,
                 unsigned *rate, pm_shingle *spare, uint64_t *set) {
  for (;; --*rate) {
    size_t kept = choose(hash, count, *rate, set);
    if (kept<enough && * rate> 0)
      continue; /* and need not be sorted to see that */
    kept = set_of(set, kept, spare);
    if (kept >= enough || *rate == 0)
      return kept;
  }
}
