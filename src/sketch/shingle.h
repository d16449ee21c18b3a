/*
 * Shingles: the windows of n units of a text, hashed, and sets of them.
 *
 * Two texts that share most of their shingles are near-duplicates; a text most
 * of whose shingles stand in another is contained in it.
 * Source: Broder 1997, "On the resemblance and containment of documents".
 *
 * A set is an array of hashes in ascending order, each once. No function here
 * allocates or fails.
 */
#ifndef PM_SHINGLE_H
#define PM_SHINGLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sketch/units.h"
#include "text/word_hash.h"

/* The widest shingle: units are joined by rotation, 64 of them. */
#define PM_SHINGLE_WIDEST 64

/* The highest rate of a sample. */
#define PM_SHINGLE_SPARSEST 63

/* A shingle and the number of its first unit in the text, from 0. */
typedef struct pm_shingle {
  uint64_t hash;
  uint32_t at;
} pm_shingle;

/* What a set is of: words, or with PM_SHINGLE_CHARS characters, and whether one
 * that occurs again counts again. Only sets of one kind compare. */
enum { PM_SHINGLE_CHARS = 1, PM_SHINGLE_COUNTED = 2 };

/* "words", "counted characters" */
const char *pm_shingle_kind(unsigned kind);

/* How many shingles `units` units have: max(1, units - n + 1), and 0 for none.
 * A text shorter than n units is one shingle, so that short texts compare. */
size_t pm_shingle_count(size_t units, unsigned n);

/* Hashes every window of n units, left to right, into `out`
 * [pm_shingle_count(count, n)]. 1 <= n <= PM_SHINGLE_WIDEST. O(count). */
void pm_shingle_hash(const pm_unit *unit, size_t count, unsigned n,
                     pm_shingle *out);

/* The hashes of the same windows, and nothing else. */
void pm_shingle_hashes(const pm_unit *unit, size_t count, unsigned n,
                       uint64_t *out);

/* Sorts by hash, then by place; `spare` [count] is scratch memory. */
void pm_shingle_sort(pm_shingle *s, size_t count, pm_shingle *spare);

/* Gives each further one of equal shingles a hash that follows from how many
 * there were before, so that sets compare as bags: what two have in common is
 * the sum of the lesser counts. Takes sorted ones and leaves them in some other
 * order. Returns whether there were any. */
bool pm_shingle_tell_apart(pm_shingle *sorted, size_t count);

/* Writes the distinct hashes of sorted shingles to `set` [count]; returns how
 * many. */
size_t pm_shingle_set(const pm_shingle *sorted, size_t count, uint64_t *set);

/* How many hashes two sets have in common. */
size_t pm_shingle_shared(const uint64_t *a, size_t na, const uint64_t *b,
                         size_t nb);

/* Whether a hash belongs to the sample of one in 2^rate, the same for every
 * text. The low bits decide. */
static inline int pm_shingle_sampled(uint64_t hash, unsigned rate) {
  return (hash & (((uint64_t)1 << rate) - 1)) == 0;
}

/*
 * Winnowing: chooses the least hash of every window of `w` neighbouring
 * shingles, so that two texts with a run of w + n - 1 units in common choose
 * at least one in common.
 *
 *   s    [count]  shingles in the order of the text
 *   out  [count]  the chosen ones, in the same order
 *
 * Returns how many were chosen: about 2 count / (w + 1).
 * Source: Schleimer, Wilkerson, Aiken 2003, "Winnowing", robust form.
 */
size_t pm_shingle_winnow(const pm_shingle *s, size_t count, size_t w,
                         pm_shingle *out);

/*
 * A set as bytes, the same on every machine: what crosses from one process to
 * another. It carries n, the rate of the sample (0 for the whole set), and its
 * kind: that of words until it is marked with another one.
 */
size_t pm_shingle_packed_size(size_t count);
void pm_shingle_pack(const uint64_t *set, size_t count, unsigned n,
                     unsigned rate, char *out);

void pm_shingle_mark(char *packed, unsigned kind);

/* The kind of packed bytes of which the head was read. */
unsigned pm_shingle_packed_kind(const char *packed);

/* Bytes before the hashes of a packed set. */
#define PM_SHINGLE_PACKED_HEAD 4

/* Reads the head of packed bytes; returns what is wrong with them, or NULL. */
const char *pm_shingle_packed(const char *data, size_t len, size_t *count,
                              unsigned *n, unsigned *rate);

/* Hash number `i` of packed bytes. */
static inline uint64_t pm_shingle_packed_at(const char *data, size_t i) {
  return word_load((const uint8_t *)data + PM_SHINGLE_PACKED_HEAD + 8 * i);
}

#endif
