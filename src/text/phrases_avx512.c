/* The filters of phrases: 64 windows by their nibbles, or 16 by their hash. */
#include "text/phrases_path.h"

#ifdef PM_PHRASES_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,bmi2")))

int pm_phrases_have_avx512(void) {
  return __builtin_cpu_supports("avx512f") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2");
}

/* (windows & used | fold) * factor, of four bytes each. */
TARGET static inline __m512i mix(const char *text, uint32_t used, uint32_t fold,
                                 uint32_t factor) {
  __m512i v = _mm512_loadu_si512(text);
  v = _mm512_and_si512(v, _mm512_set1_epi32((int)used));
  v = _mm512_or_si512(v, _mm512_set1_epi32((int)fold));
  return _mm512_mullo_epi32(v, _mm512_set1_epi32((int)factor));
}

/* The windows at each fourth place; a bit for each. */
TARGET static inline __mmask16 look(const pm_phrases_filter *f,
                                    const char *text) {
  __m512i h = mix(text, f->used[0], f->fold[0], PM_PHRASES_FIRST);
  if (f->used[1])
    h = _mm512_add_epi32(
        h, mix(text + 4, f->used[1], f->fold[1], PM_PHRASES_SECOND));
  __m512i bit = _mm512_srl_epi32(h, _mm_cvtsi32_si128((int)f->shift));
  __m512i word = _mm512_i32gather_epi32(_mm512_srli_epi32(bit, 5), f->bits, 4);
  __m512i one = _mm512_sllv_epi32(_mm512_set1_epi32(1),
                                  _mm512_and_si512(bit, _mm512_set1_epi32(31)));
  return _mm512_test_epi32_mask(word, one);
}

/* A nibble table in each of the four lanes. */
TARGET static inline __m512i lanes(const uint8_t *table) {
  return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table));
}

TARGET static void few(const pm_phrases_buckets *b, const char *text,
                       size_t words, uint64_t *hits) {
  __m512i low[PM_PHRASES_NIBBLES], high[PM_PHRASES_NIBBLES];
  for (unsigned i = 0; i < PM_PHRASES_NIBBLES; i++) {
    low[i] = lanes(b->low[i]);
    high[i] = lanes(b->high[i]);
  }
  __m512i nibble = _mm512_set1_epi8(15);
  for (size_t w = 0; w < words; w++, text += 64) {
    __m512i all = _mm512_set1_epi8(-1);
#pragma GCC unroll 6
    for (unsigned i = 0; i < PM_PHRASES_NIBBLES; i++) {
      __m512i v = _mm512_loadu_si512(text + i);
      __m512i up = _mm512_and_si512(_mm512_srli_epi16(v, 4), nibble);
      __m512i one = _mm512_shuffle_epi8(low[i], _mm512_and_si512(v, nibble));
      __m512i two = _mm512_shuffle_epi8(high[i], up);
      all = _mm512_and_si512(all, _mm512_and_si512(one, two));
    }
    hits[w] = _mm512_test_epi8_mask(all, all);
  }
}

TARGET static void many(const pm_phrases_filter *f, const char *text,
                        size_t words, uint64_t *hits) {
  for (size_t w = 0; w < words; w++, text += 64) {
    uint64_t hit = 0;
    for (unsigned k = 0; k < 4; k += f->stride)
      hit |= _pdep_u64(look(f, text + k), 0x1111111111111111u << k);
    hits[w] = hit;
  }
}

const pm_phrases_path pm_phrases_avx512 = {few, many};

#endif
