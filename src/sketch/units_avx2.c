/* Words of a text in blocks, two registers of 32 bytes each. */
#ifdef __x86_64__

#include "sketch/units_ascii.h"
#include "text/bits_avx2.h"

TARGET static inline __m256i words(__m256i v) {
  __m256i small = _mm256_or_si256(v, _mm256_set1_epi8(0x20));
  return _mm256_or_si256(in_range(small, 'a', 26), in_range(v, '0', 10));
}

TARGET static inline unit_ascii classify(const uint8_t *s) {
  __m256i low = _mm256_loadu_si256((const __m256i *)s);
  __m256i high = _mm256_loadu_si256((const __m256i *)(s + 32));
  return (unit_ascii){
      .word = mask_of(words(low), words(high)),
      .high = mask_of(low, high),
  };
}

#define hash_words unit_hash_each
#define PATH pm_units_words_avx2
#include "sketch/units_block.h"

#endif
