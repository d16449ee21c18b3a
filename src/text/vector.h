/*
 * Sixteen bytes at a time, in vectors as GCC and clang write them for any
 * processor. Comparisons give 0xFF where they hold, else 0.
 */
#ifndef PM_VECTOR_H
#define PM_VECTOR_H

#include <stdint.h>
#include <string.h>

enum { PM_VECTOR = 16 };

typedef uint8_t pm_vector __attribute__((vector_size(PM_VECTOR)));

static inline pm_vector pm_vector_load(const char *from) {
  pm_vector v;
  memcpy(&v, from, sizeof v);
  return v;
}

/* Whether any byte of `v` is not 0. */
static inline int pm_vector_any(pm_vector v) {
  uint64_t halves[2];
  memcpy(halves, &v, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/* The number of the first byte of `v` that is not 0; there is one. */
static inline unsigned pm_vector_first(pm_vector v) {
  uint64_t halves[2];
  memcpy(halves, &v, sizeof halves);
  unsigned skipped = halves[0] ? 0 : 8;
  uint64_t half = halves[0] ? halves[0] : halves[1];
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  return skipped + (unsigned)__builtin_ctzll(half) / 8;
#else
  return skipped + (unsigned)__builtin_clzll(half) / 8;
#endif
}

/* Where the ASCII white space is: space, tab, LF, VT, FF, CR. */
static inline pm_vector pm_vector_blanks(pm_vector v) {
  return (pm_vector)(v == ' ') | (pm_vector)((v - '\t') < 5);
}

#endif
