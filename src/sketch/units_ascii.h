/* Words of ASCII: what ways to split a text in blocks are made of. */
#ifndef PM_UNITS_ASCII_H
#define PM_UNITS_ASCII_H

#include <stddef.h>
#include <stdint.h>

#include "sketch/units.h"
#include "text/word_hash.h"

/* The bytes of a block of 64 by what they do in words: one bit each. */
typedef struct unit_ascii {
  uint64_t word; /* ASCII letters and digits */
  uint64_t high; /* bytes that are not ASCII */
} unit_ascii;

/* Hashes the words of a text [len] that begin and end where `edge` [2 * words]
 * says, to `out` [words]. */
static inline void unit_hash_each(const uint8_t *text, size_t len,
                                  const uint32_t *edge, size_t words,
                                  pm_unit *out) {
  for (size_t i = 0; i < words; i++) {
    uint32_t start = edge[2 * i], end = edge[2 * i + 1];
    out[i].hash = word_hash_ascii(text + start, end - start, len - start);
    out[i].start = start;
    out[i].end = end;
  }
}

#endif
