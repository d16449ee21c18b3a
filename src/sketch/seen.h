/*
 * Keys seen before: a set of 128-bit keys, exact, or as a Bloom filter that
 * says "seen" of a new key at a given rate and takes a fixed room.
 *
 * Keys are hashes, spread evenly; what makes them sees to that.
 * Source: Bloom 1970; two hashes for all: Kirsch, Mitzenmacher 2006.
 */
#ifndef PM_SEEN_H
#define PM_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PM_SEEN_KEY 16 /* bytes */

typedef struct pm_seen {
  uint64_t *word;  /* slots of two words, or the bits of the filter */
  uint64_t words;  /* of a filter any number, else a power of two */
  uint64_t count;  /* of different keys (of a filter: that were new to it) */
  unsigned probes; /* bits for each key; 0: an exact set */
  bool zero;       /* the key that is all zeros is in the set */
} pm_seen;

/* An empty exact set is all zeros. A filter for `capacity` keys, of which one
 * in 1 / `rate` new ones is taken for seen once so many are in; 0 < rate < 1.
 * Returns 0, or -1 when memory is short. */
int pm_seen_filter(pm_seen *s, uint64_t capacity, double rate);

/* The key of `len` bytes: their XXH3 hash of 128 bits. */
void pm_seen_key(const void *bytes, size_t len, unsigned char key[PM_SEEN_KEY]);

bool pm_seen_has(const pm_seen *s, const unsigned char key[PM_SEEN_KEY]);

/* Adds a key. Returns 1 when it was there, 0 when not, -1 when memory is
 * short; then the set is as it was. */
int pm_seen_add(pm_seen *s, const unsigned char key[PM_SEEN_KEY]);

void pm_seen_free(pm_seen *s);

#endif
