#include "data/json_skip.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

__attribute__((target("avx2"))) static const char *
skip_avx2(const char *p, const char *end, bool *high) {
  const __m256i quote = _mm256_set1_epi8('"'), slash = _mm256_set1_epi8('\\'),
                control = _mm256_set1_epi8(0x1F);
  __m256i above = _mm256_setzero_si256();
  for (; end - p >= 64; p += 64) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    __m256i sa = _mm256_or_si256(_mm256_cmpeq_epi8(a, quote),
                                 _mm256_cmpeq_epi8(a, slash));
    __m256i sb = _mm256_or_si256(_mm256_cmpeq_epi8(b, quote),
                                 _mm256_cmpeq_epi8(b, slash));
    sa = _mm256_or_si256(sa, _mm256_cmpeq_epi8(_mm256_min_epu8(a, control), a));
    sb = _mm256_or_si256(sb, _mm256_cmpeq_epi8(_mm256_min_epu8(b, control), b));
    __m256i special = _mm256_or_si256(sa, sb);
    if (!_mm256_testz_si256(special, special))
      break;
    above = _mm256_or_si256(above, _mm256_or_si256(a, b));
  }
  *high |= _mm256_movemask_epi8(above) != 0;
  return p;
}

const char *pm_json_skip_far(const char *p, const char *end, bool *high) {
  return __builtin_cpu_supports("avx2") ? skip_avx2(p, end, high) : p;
}

#else

const char *pm_json_skip_far(const char *p, const char *end, bool *high) {
  (void)end;
  (void)high;
  return p;
}

#endif
