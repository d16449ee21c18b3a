/* Blocks of 64 bytes in one register: masks of bytes, and numbers of bits. */
#ifndef PM_TEXT_BITS_AVX512_H
#define PM_TEXT_BITS_AVX512_H

#include <immintrin.h>
#include <stdint.h>

#define TARGET                                                                 \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,bmi,bmi2,"      \
                        "lzcnt,popcnt")))

TARGET static inline uint64_t equal(__m512i v, char c) {
  return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c));
}

/* Bytes from `first` to first + count - 1, unsigned. */
TARGET static inline uint64_t in_range(__m512i v, char first, char count) {
  return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(first)),
                                _mm512_set1_epi8(count));
}

/* The numbers of the bits, packed as bytes, then widened 16 at a time. */
TARGET static inline uint32_t *emit(uint32_t *out, uint64_t bits,
                                    uint32_t base) {
  const __m512i counting = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46,
      45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28,
      27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9,
      8, 7, 6, 5, 4, 3, 2, 1, 0);
  __m512i at = _mm512_maskz_compress_epi8(bits, counting);
  __m512i add = _mm512_set1_epi32((int)base);
  unsigned count = (unsigned)__builtin_popcountll(bits);
  _mm512_storeu_si512(
      out,
      _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(at)), add));
  _mm512_storeu_si512(
      out + 16,
      _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(at, 1)),
                       add));
  if (count > 32) {
    _mm512_storeu_si512(
        out + 32,
        _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(at, 2)),
                         add));
    _mm512_storeu_si512(
        out + 48,
        _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(at, 3)),
                         add));
  }
  return out + count;
}

#endif
