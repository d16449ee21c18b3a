/*
 * Where in a text one, two or three bytes stand in a row that are each of some
 * set: 64 places at a time, by the instructions that the processor has.
 *
 * With AVX-512 one instruction looks up bytes in a table of 128. With AVX2 two
 * nibbles of a byte tell: the low one finds the rows of the set that have it,
 * the high one the bit of its row.
 * Source: G. Langdale and D. Lemire 2019, "Parsing Gigabytes of JSON per
 * Second", vectorized classification.
 */
#ifndef PM_BYTE_ROW_H
#define PM_BYTE_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PM_BYTE_ROW_MOST = 3 };

typedef struct pm_byte_set {
  uint64_t bits[4];
} pm_byte_set;

static inline bool pm_byte_set_has(const pm_byte_set *s, unsigned char c) {
  return s->bits[c >> 6] >> (c & 63) & 1;
}

typedef struct pm_byte_row pm_byte_row;

/* Looks at the places from `at` <= len on, 64 in one go. Returns where the
 * first go began that found any, and its places, a bit for each; or `len` and
 * no bits. Of [text, text + len) nothing beyond is read. */
typedef size_t pm_byte_row_find(const pm_byte_row *row, const char *text,
                                size_t at, size_t len, uint64_t *places);

struct pm_byte_row {
  pm_byte_row_find *find;
  unsigned count;
  bool beyond[PM_BYTE_ROW_MOST];      /* 80..FF are in the set */
  uint8_t in[PM_BYTE_ROW_MOST][128];  /* FF: this ASCII byte is */
  uint8_t low[PM_BYTE_ROW_MOST][16];  /* bit i: i << 4 | nibble is */
  uint8_t high[PM_BYTE_ROW_MOST][16]; /* bit i, for nibble i < 8 */
};

/* A row of `count` sets, 1 to PM_BYTE_ROW_MOST; each has all of 80..FF or none.
 * `widest` is 64, 32 or 1 bytes together, or what the processor has of it. */
void pm_byte_row_init(pm_byte_row *row, const pm_byte_set *sets, unsigned count,
                      int widest);

#endif
