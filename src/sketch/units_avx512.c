/* Words of a text in blocks, one register of 64 bytes each. */
#ifdef __x86_64__

#include "sketch/units_ascii.h"
#include "text/bits_avx512.h"

TARGET static inline unit_ascii classify(const uint8_t *s) {
  __m512i v = _mm512_loadu_si512(s);
  __m512i small = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
  return (unit_ascii){
      .word = in_range(small, 'a', 26) | in_range(v, '0', 10),
      .high = _mm512_movepi8_mask(v),
  };
}

#define PATH pm_units_words_avx512
#include "sketch/units_block.h"

#endif
