/* Words in blocks, one register of 64 bytes each. */
#include "text/words_path.h"

#ifdef PM_WORDS_X86

#include "text/bits_avx512.h"
#include "text/words_ascii.h"

int pm_words_have_avx512(void) {
  return __builtin_cpu_supports("avx512f") &&
         __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi2") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

TARGET static inline word_ascii classify(const unsigned char *s) {
  __m512i v = _mm512_loadu_si512(s);
  uint64_t both = equal(v, '.') | equal(v, '\'');
  return (word_ascii){
      .letter = in_range(_mm512_or_si512(v, _mm512_set1_epi8(0x20)), 'a', 26),
      .digit = in_range(v, '0', 10),
      .underscore = equal(v, '_'),
      .mid_letter = both | equal(v, ':'),
      .mid_digit = both | equal(v, ',') | equal(v, ';'),
      .space = equal(v, ' '),
      .line_end = equal(v, '\r') | equal(v, '\n'),
      .high = _mm512_movepi8_mask(v),
  };
}

#define PATH pm_words_next_avx512
#include "text/words_block.h"

#endif
