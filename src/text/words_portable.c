/*
 * Words in blocks in plain C: a table gives each byte eight bits, and eight
 * bytes at a time are turned from rows into columns.
 */
#include "text/words_ascii.h"

enum {
  LETTER = 1,
  DIGIT = 2,
  UNDERSCORE = 4,
  MID_LETTER = 8,
  MID_DIGIT = 16,
  SPACE = 32,
  LINE_END = 64,
  HIGH = 128
};

#define L LETTER
#define D DIGIT
#define H16                                                                    \
  HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH,      \
      HIGH, HIGH, HIGH, HIGH

static const unsigned char bits_of[256] = {
    ['\n'] = LINE_END,
    ['\r'] = LINE_END,
    [' '] = SPACE,
    ['\''] = MID_LETTER | MID_DIGIT,
    [','] = MID_DIGIT,
    ['.'] = MID_LETTER | MID_DIGIT,
    ['0'] = D,
    D,
    D,
    D,
    D,
    D,
    D,
    D,
    D,
    D,
    [':'] = MID_LETTER,
    [';'] = MID_DIGIT,
    ['A'] = L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    ['_'] = UNDERSCORE,
    ['a'] = L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    [0x80] = H16,
    H16,
    H16,
    H16,
    H16,
    H16,
    H16,
    H16,
};

/* Eight rows of eight bits become eight columns: Hacker's Delight, 7-3. */
static inline uint64_t transpose(uint64_t x) {
  uint64_t t = (x ^ x >> 7) & 0x00AA00AA00AA00AA;
  x ^= t ^ t << 7;
  t = (x ^ x >> 14) & 0x0000CCCC0000CCCC;
  x ^= t ^ t << 14;
  t = (x ^ x >> 28) & 0x00000000F0F0F0F0;
  return x ^ t ^ t << 28;
}

static inline word_ascii classify(const unsigned char *s) {
  uint64_t column[8] = {0};
  for (int i = 0; i < 64; i += 8) {
    uint64_t rows = 0;
    for (int k = 0; k < 8; k++)
      rows |= (uint64_t)bits_of[s[i + k]] << 8 * k;
    uint64_t columns = transpose(rows);
    for (int k = 0; k < 8; k++)
      column[k] |= (columns >> 8 * k & 0xFF) << i;
  }
  return (word_ascii){column[0], column[1], column[2], column[3],
                      column[4], column[5], column[6], column[7]};
}

static inline uint32_t *emit(uint32_t *out, uint64_t bits, uint32_t base) {
  for (; bits; bits &= bits - 1)
    *out++ = base + (uint32_t)__builtin_ctzll(bits);
  return out;
}

#define TARGET
#define PATH pm_words_next_portable
#include "text/words_block.h"
