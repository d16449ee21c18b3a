/*
 * The hashes of ASCII words, eight at a time: what word_hash_ascii gives for
 * each, with the product of 64 by 64 bits made of four of 32 by 32.
 */
#ifndef PM_WORD_HASH_AVX512_H
#define PM_WORD_HASH_AVX512_H

#include "sketch/units_ascii.h"
#include "text/bits_avx512.h"

enum { MANY = 8 };

TARGET static inline __m512i all(uint64_t x) {
  return _mm512_set1_epi64((long long)x);
}

/* The first 16 bytes of four words, every other one from `edge` on. */
TARGET static inline __m512i load_four(const uint8_t *text,
                                       const uint32_t *edge) {
#define BYTES(i) _mm_loadu_si128((const __m128i *)(text + edge[4 * (i)]))
  __m512i v = _mm512_castsi128_si512(BYTES(0));
  v = _mm512_inserti32x4(v, BYTES(1), 1);
  v = _mm512_inserti32x4(v, BYTES(2), 2);
  return _mm512_inserti32x4(v, BYTES(3), 3);
#undef BYTES
}

/* word_mix, from 0. */
TARGET static inline __m512i mix_many(__m512i low, __m512i high) {
  const __m512i half = all(UINT32_MAX);
  __m512i a = _mm512_xor_si512(low, all(WORD_LOW));
  __m512i b = _mm512_xor_si512(high, all(WORD_HIGH));
  __m512i a_top = _mm512_srli_epi64(a, 32), b_top = _mm512_srli_epi64(b, 32);
  __m512i bottom = _mm512_mul_epu32(a, b), top = _mm512_mul_epu32(a_top, b_top);
  __m512i one = _mm512_mul_epu32(a, b_top), two = _mm512_mul_epu32(a_top, b);
  __m512i middle =
      _mm512_add_epi64(_mm512_srli_epi64(bottom, 32),
                       _mm512_add_epi64(_mm512_and_si512(one, half),
                                        _mm512_and_si512(two, half)));
  top = _mm512_add_epi64(
      _mm512_add_epi64(top, _mm512_srli_epi64(middle, 32)),
      _mm512_add_epi64(_mm512_srli_epi64(one, 32), _mm512_srli_epi64(two, 32)));
  bottom = _mm512_or_si512(_mm512_and_si512(bottom, half),
                           _mm512_slli_epi64(middle, 32));
  return _mm512_xor_si512(bottom, top);
}

/* word_finish */
TARGET static inline __m512i finish_many(__m512i h) {
  const __m512i factor = all(WORD_FACTOR);
  const __m512i factor_top = _mm512_srli_epi64(factor, 32);
  h = _mm512_xor_si512(h, _mm512_srli_epi64(h, 32));
  __m512i cross =
      _mm512_add_epi64(_mm512_mul_epu32(h, factor_top),
                       _mm512_mul_epu32(_mm512_srli_epi64(h, 32), factor));
  h = _mm512_add_epi64(_mm512_mul_epu32(h, factor),
                       _mm512_slli_epi64(cross, 32));
  return _mm512_xor_si512(h, _mm512_srli_epi64(h, 29));
}

/* Hashes eight words, each with 16 bytes of text or more from its beginning. */
TARGET static inline void hash_many(const uint8_t *text, size_t len,
                                    const uint32_t *edge, pm_unit *out) {
  __m512i even = load_four(text, edge), odd = load_four(text, edge + 2);
  __m512i edges = _mm512_loadu_si512(edge), ones = all(UINT64_MAX);
  __m512i size = _mm512_sub_epi64(_mm512_srli_epi64(edges, 32),
                                  _mm512_and_si512(edges, all(UINT32_MAX)));
  __m512i bits = _mm512_slli_epi64(size, 3);
  __m512i bits_high =
      _mm512_sub_epi64(_mm512_max_epu64(bits, all(64)), all(64));
  __m512i low =
      _mm512_or_si512(_mm512_unpacklo_epi64(even, odd), all(WORD_SMALL));
  __m512i high =
      _mm512_or_si512(_mm512_unpackhi_epi64(even, odd), all(WORD_SMALL));
  low = _mm512_andnot_si512(_mm512_sllv_epi64(ones, bits), low);
  high = _mm512_andnot_si512(_mm512_sllv_epi64(ones, bits_high), high);
  __m512i hash = finish_many(mix_many(low, high));
  const __m512i first = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0);
  const __m512i second = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
  _mm512_storeu_si512(out, _mm512_permutex2var_epi64(hash, first, edges));
  _mm512_storeu_si512(out + MANY / 2,
                      _mm512_permutex2var_epi64(hash, second, edges));
  unsigned too_long = _mm512_cmpgt_epu64_mask(size, all(16));
  for (; too_long; too_long &= too_long - 1) {
    unsigned i = (unsigned)__builtin_ctz(too_long);
    unit_hash_each(text, len, edge + 2 * i, 1, out + i);
  }
}

#endif
