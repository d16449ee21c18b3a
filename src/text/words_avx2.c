/* Words in blocks, two registers of 32 bytes each. */
#include "text/words_path.h"

#ifdef PM_WORDS_X86

#include "text/bits_avx2.h"
#include "text/words_ascii.h"

int pm_words_have_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
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

#define PATH pm_words_next_avx2
#include "text/words_block.h"

#endif
