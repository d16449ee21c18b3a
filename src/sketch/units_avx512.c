/* Words of a text in blocks, one register of 64 bytes each. */
#ifdef __x86_64__

#include "sketch/units_ascii.h"
#include "sketch/word_hash_avx512.h"
#include "text/bits_avx512.h"

TARGET static inline unit_ascii classify(const uint8_t *s) {
  __m512i v = _mm512_loadu_si512(s);
  __m512i small = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
  return (unit_ascii){
      .word = in_range(small, 'a', 26) | in_range(v, '0', 10),
      .high = _mm512_movepi8_mask(v),
  };
}

TARGET static inline void hash_words(const uint8_t *text, size_t len,
                                     const uint32_t *edge, size_t words,
                                     pm_unit *out) {
  size_t i = 0;
  for (; words - i >= MANY && len - edge[2 * (i + MANY - 1)] >= 16; i += MANY)
    hash_many(text, len, edge + 2 * i, out + i);
  unit_hash_each(text, len, edge + 2 * i, words - i, out + i);
}

#define PATH pm_units_words_avx512
#include "sketch/units_block.h"

#endif
