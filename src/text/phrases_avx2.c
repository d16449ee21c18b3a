/* The filters of phrases: 32 windows by their nibbles, or 8 by their hash. */
#include "text/phrases_path.h"

#ifdef PM_PHRASES_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi2")))

int pm_phrases_have_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}

/* (windows & used | fold) * factor, of four bytes each. */
TARGET static inline __m256i mix(const char *text, uint32_t used, uint32_t fold,
                                 uint32_t factor) {
  __m256i v = _mm256_loadu_si256((const __m256i *)text);
  v = _mm256_and_si256(v, _mm256_set1_epi32((int)used));
  v = _mm256_or_si256(v, _mm256_set1_epi32((int)fold));
  return _mm256_mullo_epi32(v, _mm256_set1_epi32((int)factor));
}

/* The windows at each fourth place; a bit for each. */
TARGET static inline unsigned look(const pm_phrases_filter *f,
                                   const char *text) {
  __m256i h = mix(text, f->used[0], f->fold[0], PM_PHRASES_FIRST);
  if (f->used[1])
    h = _mm256_add_epi32(
        h, mix(text + 4, f->used[1], f->fold[1], PM_PHRASES_SECOND));
  __m256i bit = _mm256_srl_epi32(h, _mm_cvtsi32_si128((int)f->shift));
  __m256i word = _mm256_i32gather_epi32((const int *)f->bits,
                                        _mm256_srli_epi32(bit, 5), 4);
  /* The wanted bit becomes the sign. */
  __m256i up = _mm256_andnot_si256(bit, _mm256_set1_epi32(31));
  return (unsigned)_mm256_movemask_ps(
      _mm256_castsi256_ps(_mm256_sllv_epi32(word, up)));
}

/* A nibble table in both lanes. */
TARGET static inline __m256i lanes(const uint8_t *table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table));
}

/* The places among 32 whose window may be in a bucket. */
TARGET static inline uint32_t bucketed(const pm_phrases_buckets *b,
                                       const char *text) {
  __m256i nibble = _mm256_set1_epi8(15), all = _mm256_set1_epi8(-1);
#pragma GCC unroll 6
  for (unsigned i = 0; i < PM_PHRASES_NIBBLES; i++) {
    __m256i v = _mm256_loadu_si256((const __m256i *)(text + i));
    __m256i up = _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble);
    __m256i one =
        _mm256_shuffle_epi8(lanes(b->low[i]), _mm256_and_si256(v, nibble));
    __m256i two = _mm256_shuffle_epi8(lanes(b->high[i]), up);
    all = _mm256_and_si256(all, _mm256_and_si256(one, two));
  }
  __m256i none = _mm256_cmpeq_epi8(all, _mm256_setzero_si256());
  return ~(uint32_t)_mm256_movemask_epi8(none);
}

TARGET static void few(const pm_phrases_buckets *b, const char *text,
                       size_t words, uint64_t *hits) {
  for (size_t w = 0; w < words; w++, text += 64)
    hits[w] = bucketed(b, text) | (uint64_t)bucketed(b, text + 32) << 32;
}

TARGET static void many(const pm_phrases_filter *f, const char *text,
                        size_t words, uint64_t *hits) {
  for (size_t w = 0; w < words; w++, text += 64) {
    uint64_t hit = 0;
    for (unsigned k = 0; k < 4; k += f->stride) {
      uint64_t both = look(f, text + k) | (uint64_t)look(f, text + k + 32) << 8;
      hit |= _pdep_u64(both, 0x1111111111111111u << k);
    }
    hits[w] = hit;
  }
}

const pm_phrases_path pm_phrases_avx2 = {few, many};

#endif
