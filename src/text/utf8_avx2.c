/*
 * Valid UTF-8, 64 bytes at a time, for processors with AVX2.
 *
 * Three table look-ups classify each pair of neighbouring bytes: by the high
 * and low half of the first and the high half of the second. Their AND has a
 * bit for each thing that can be wrong with the pair; what remains, the third
 * and fourth byte of long characters, is compared with where they must be.
 * Source: Keiser and Lemire 2021, "Validating UTF-8 In Less Than One
 * Instruction Per Byte".
 */
#include "text/utf8_avx2.h"

#ifdef PM_UTF8_AVX2

#include <immintrin.h>
#include <stdint.h>

#define AVX2 __attribute__((target("avx2")))

enum {
  TOO_SHORT = 1,       /* a lead byte, then no tail */
  TOO_LONG = 2,        /* ASCII, then a tail */
  OVERLONG_3 = 4,      /* E0 80..9F */
  TOO_LARGE = 8,       /* F4 90..BF, F5.. */
  SURROGATE = 16,      /* ED A0..BF */
  OVERLONG_2 = 32,     /* C0, C1 */
  TOO_LARGE_1000 = 64, /* F5.. 80..8F */
  OVERLONG_4 = 64,     /* F0 80..8F */
  TWO_TAILS = 128,     /* right only as third or fourth byte */
  CARRY = TOO_SHORT | TOO_LONG | TWO_TAILS,
  LARGE = CARRY | TOO_LARGE | TOO_LARGE_1000,
  TAIL = TOO_LONG | OVERLONG_2 | TWO_TAILS,
};

/* What can be wrong by the high half of the first byte, its low half, and the
 * high half of the second. */
static const uint8_t first_high[16] = {
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TWO_TAILS,
    TWO_TAILS,
    TWO_TAILS,
    TWO_TAILS,
    TOO_SHORT | OVERLONG_2,
    TOO_SHORT,
    TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4,
};
static const uint8_t first_low[16] = {
    CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
    CARRY | OVERLONG_2,
    CARRY,
    CARRY,
    CARRY | TOO_LARGE,
    LARGE,
    LARGE,
    LARGE,
    LARGE,
    LARGE,
    LARGE,
    LARGE,
    LARGE,
    LARGE | SURROGATE,
    LARGE,
    LARGE,
};
static const uint8_t second_high[16] = {
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TAIL | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
    TAIL | OVERLONG_3 | TOO_LARGE,
    TAIL | SURROGATE | TOO_LARGE,
    TAIL | SURROGATE | TOO_LARGE,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
};

AVX2 static __m256i table(const uint8_t *bytes) {
  return _mm256_broadcastsi128_si256(
      _mm_loadu_si128((const __m128i *)(const void *)bytes));
}

AVX2 static __m256i high_half(__m256i v) {
  return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15));
}

/* Non-zero bytes where `now`, which follows `before`, is wrong. */
AVX2 static __m256i errors_of(__m256i now, __m256i before) {
  __m256i middle = _mm256_permute2x128_si256(before, now, 0x21);
  __m256i back1 = _mm256_alignr_epi8(now, middle, 15);
  __m256i back2 = _mm256_alignr_epi8(now, middle, 14);
  __m256i back3 = _mm256_alignr_epi8(now, middle, 13);
  __m256i low = _mm256_and_si256(back1, _mm256_set1_epi8(15));
  __m256i pairs = _mm256_and_si256(
      _mm256_and_si256(_mm256_shuffle_epi8(table(first_high), high_half(back1)),
                       _mm256_shuffle_epi8(table(first_low), low)),
      _mm256_shuffle_epi8(table(second_high), high_half(now)));
  /* A lead byte of three or four bytes sets the top bit two or three on. */
  __m256i third = _mm256_subs_epu8(back2, _mm256_set1_epi8(0xE0 - 0x80));
  __m256i fourth = _mm256_subs_epu8(back3, _mm256_set1_epi8(0xF0 - 0x80));
  __m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth),
                                  _mm256_set1_epi8((char)0x80));
  return _mm256_xor_si256(must, pairs);
}

/* Non-zero when a character goes on after `v`. */
AVX2 static __m256i unfinished(__m256i v) {
  const char any = (char)0xFF;
  const __m256i most = _mm256_setr_epi8(
      any, any, any, any, any, any, any, any, any, any, any, any, any, any, any,
      any, any, any, any, any, any, any, any, any, any, any, any, any, any,
      (char)(0xF0 - 1), (char)(0xE0 - 1), (char)(0xC0 - 1));
  return _mm256_subs_epu8(v, most);
}

AVX2 size_t pm_utf8_check_avx2(const char *text, size_t len) {
  const char *p = text;
  __m256i before = _mm256_setzero_si256(), open = before;
  for (; len - (size_t)(p - text) >= 64; p += 64) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    __m256i error = open;
    if (_mm256_movemask_epi8(_mm256_or_si256(a, b)) != 0) {
      error = _mm256_or_si256(errors_of(a, before), errors_of(b, a));
      open = unfinished(b);
    }
    if (!_mm256_testz_si256(error, error))
      break;
    before = b;
  }
  /* The last character may go on: leave it to the caller. */
  for (int i = 1; i <= 3 && p - text >= i; i++)
    if ((unsigned char)p[-i] >= 0xC0)
      return (size_t)(p - text) - (size_t)i;
    else if (!(p[-i] & 0x80))
      break;
  return (size_t)(p - text);
}

#endif
