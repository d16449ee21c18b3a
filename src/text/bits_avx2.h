/* Blocks of 64 bytes in two registers: masks of bytes, and numbers of bits. */
#ifndef PM_TEXT_BITS_AVX2_H
#define PM_TEXT_BITS_AVX2_H

#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

TARGET static inline uint64_t mask_of(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

TARGET static inline uint64_t equal(__m256i low, __m256i high, char c) {
  __m256i all = _mm256_set1_epi8(c);
  return mask_of(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
}

/* Bytes from `first` to first + count - 1, unsigned. */
TARGET static inline __m256i in_range(__m256i v, char first, char count) {
  __m256i from = _mm256_sub_epi8(v, _mm256_set1_epi8(first));
  return _mm256_cmpeq_epi8(
      from, _mm256_min_epu8(from, _mm256_set1_epi8((char)(count - 1))));
}

/* Eight at a time: how many follow is hard to foresee. */
TARGET static inline uint32_t *emit(uint32_t *out, uint64_t bits,
                                    uint32_t base) {
  uint32_t *end = out + __builtin_popcountll(bits);
  for (; out < end; out += 8) {
    for (int i = 0; i < 8; i++) {
      out[i] = base + (uint32_t)_tzcnt_u64(bits);
      bits = _blsr_u64(bits);
    }
  }
  return end;
}

#endif
