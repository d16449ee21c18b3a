/*
 * SHA-256 with the SHA extensions of x86: four rounds for each sixteen bytes
 * of the schedule, which is made as it is used.
 *
 * Source: Gulley et al. 2013, "Intel SHA Extensions".
 */
#include "text/sha256_blocks.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

bool pm_sha256_has_ni(void) {
  unsigned a, b, c, d;
  return __builtin_cpu_supports("sse4.1") &&
         __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* The next sixteen bytes of the schedule, out of the last 64: m[i % 4] is the
 * oldest. */
__attribute__((target("sha,sse4.1"))) static inline __m128i
next_words(const __m128i m[4], int i) {
  __m128i t = _mm_sha256msg1_epu32(m[i % 4], m[(i + 1) % 4]);
  t = _mm_add_epi32(t, _mm_alignr_epi8(m[(i + 3) % 4], m[(i + 2) % 4], 4));
  return _mm_sha256msg2_epu32(t, m[(i + 3) % 4]);
}

__attribute__((target("sha,sse4.1"))) void
pm_sha256_blocks_ni(uint32_t state[8], const unsigned char *blocks,
                    size_t count) {
  const __m128i big_endian =
      _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  /* The instructions want the words as abef and cdgh. */
  __m128i abcd = _mm_loadu_si128((const __m128i *)state);
  __m128i efgh = _mm_loadu_si128((const __m128i *)(state + 4));
  abcd = _mm_shuffle_epi32(abcd, 0xB1);
  efgh = _mm_shuffle_epi32(efgh, 0x1B);
  __m128i abef = _mm_alignr_epi8(abcd, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, abcd, 0xF0);
  for (; count > 0; count--, blocks += 64) {
    __m128i was_abef = abef, was_cdgh = cdgh, m[4];
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) {
      if (i < 4)
        m[i] = _mm_shuffle_epi8(
            _mm_loadu_si128((const __m128i *)(blocks + 16 * i)), big_endian);
      else
        m[i % 4] = next_words(m, i);
      __m128i k = _mm_add_epi32(
          m[i % 4],
          _mm_loadu_si128((const __m128i *)(pm_sha256_round + 4 * i)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, k);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(k, 0x0E));
    }
    abef = _mm_add_epi32(abef, was_abef);
    cdgh = _mm_add_epi32(cdgh, was_cdgh);
  }
  __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
  __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool pm_sha256_has_ni(void) {
  return false;
}

void pm_sha256_blocks_ni(uint32_t state[8], const unsigned char *blocks,
                         size_t count) {
  pm_sha256_blocks_portable(state, blocks, count);
}

#endif
