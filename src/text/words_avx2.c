/* Words in blocks, two registers of 32 bytes each. */
#include "text/words_path.h"

#ifdef PM_WORDS_X86

#include <immintrin.h>

#include "text/words_ascii.h"

#define TARGET __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

int pm_words_have_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

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

TARGET static inline word_ascii classify(const unsigned char *s) {
  __m256i low = _mm256_loadu_si256((const __m256i *)s);
  __m256i high = _mm256_loadu_si256((const __m256i *)(s + 32));
  __m256i bit = _mm256_set1_epi8(0x20);
  uint64_t both = equal(low, high, '.') | equal(low, high, '\'');
  return (word_ascii){
      .letter = mask_of(in_range(_mm256_or_si256(low, bit), 'a', 26),
                        in_range(_mm256_or_si256(high, bit), 'a', 26)),
      .digit = mask_of(in_range(low, '0', 10), in_range(high, '0', 10)),
      .underscore = equal(low, high, '_'),
      .mid_letter = both | equal(low, high, ':'),
      .mid_digit = both | equal(low, high, ',') | equal(low, high, ';'),
      .space = equal(low, high, ' '),
      .line_end = equal(low, high, '\r') | equal(low, high, '\n'),
      .high = mask_of(low, high),
  };
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

#define PATH pm_words_next_avx2
#include "text/words_block.h"

#endif
