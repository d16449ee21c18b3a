/*
 * The hash of a word: 16 bytes at a time, the last ones filled up with zeros,
 * by one multiplication to 128 bits of which both halves are joined.
 *
 * Words have no byte of zero, so none looks like another one filled up, and no
 * byte 0xFF, so no factor is zero. Any bit of a word changes about half of the
 * bits of the hash; two words are as unlikely to have one hash as with chance.
 * It is no defence against those who make words to collide.
 *
 * Source: Wang Yi, wyhash, the mixing step; tests in tests/word_hash_test.c.
 */
#ifndef PM_TEXT_WORD_HASH_H
#define PM_TEXT_WORD_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WORD_LOW 0xA0761D6478BD64FF
#define WORD_HIGH 0xE7037ED1A0B428FF
#define WORD_FACTOR 0x9FB21C651E98DF25

static inline uint64_t word_mix(uint64_t before, uint64_t low, uint64_t high) {
  uint64_t a = low ^ before ^ WORD_LOW;
  uint64_t b = high ^ WORD_HIGH;
  __uint128_t product = (__uint128_t)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* The bytes with the first one lowest, on any machine. */
static inline uint64_t word_load(const uint8_t *s) {
  uint64_t x;
  memcpy(&x, s, sizeof x);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  x = __builtin_bswap64(x);
#endif
  return x;
}

/* A product alone shows which bits of a factor changed. */
static inline uint64_t word_finish(uint64_t h) {
  h ^= h >> 32;
  h *= WORD_FACTOR;
  return h ^ h >> 29;
}

/* Which bits of 16 bytes are those of the first `n`. */
static const uint64_t word_keep[17][2] = {
#define ALL 0xFFFFFFFFFFFFFFFF
#define LOW(n) (((uint64_t)1 << 8 * (n)) - 1)
    {0, 0},        {LOW(1), 0},   {LOW(2), 0},   {LOW(3), 0},   {LOW(4), 0},
    {LOW(5), 0},   {LOW(6), 0},   {LOW(7), 0},   {ALL, 0},      {ALL, LOW(1)},
    {ALL, LOW(2)}, {ALL, LOW(3)}, {ALL, LOW(4)}, {ALL, LOW(5)}, {ALL, LOW(6)},
    {ALL, LOW(7)}, {ALL, ALL},
#undef LOW
#undef ALL
};

/* The last `n` <= 16 bytes of a word, of which `s` [16] may have more behind
 * them; `bit` is set in every byte, to make letters small. */
static inline uint64_t word_last(uint64_t before, const uint8_t *s, size_t n,
                                 uint64_t bit) {
  const uint64_t *keep = word_keep[n];
  return word_finish(word_mix(before, (word_load(s) | bit) & keep[0],
                              (word_load(s + 8) | bit) & keep[1]));
}

/* 0x20 in every byte: of an ASCII letter it makes the small one, and a digit
 * has it. */
#define WORD_SMALL 0x2020202020202020

/* The hash of the small form of `n` >= 1 ASCII letters and digits at `s`, of
 * `left` >= n bytes of text. */
static inline uint64_t word_hash_ascii(const uint8_t *s, size_t n,
                                       size_t left) {
  uint64_t hash = 0;
  if (__builtin_expect(n > 16, 0)) {
    for (; n > 16; s += 16, n -= 16, left -= 16)
      hash = word_mix(hash, word_load(s) | WORD_SMALL,
                      word_load(s + 8) | WORD_SMALL);
  }
  if (__builtin_expect(left >= 16, 1))
    return word_last(hash, s, n, WORD_SMALL);
  uint8_t last[16] = {0};
  memcpy(last, s, n);
  return word_last(hash, last, n, WORD_SMALL);
}

#endif
