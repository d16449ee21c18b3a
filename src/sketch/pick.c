#include "sketch/pick.h"

#include "text/words_path.h"

size_t pm_pick_portable(const uint64_t *in, size_t count, pm_picking p,
                        uint64_t *out) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    out[n] = in[i];
    n += (size_t)((in[i] & p.without) == 0 && in[i] != p.except);
  }
  return n;
}

#ifdef PM_WORDS_X86

#include "text/bits_avx512.h"

/* What is written behind those picked is within `out`, and was read: no more
 * were picked than gone through. */
TARGET static size_t pick_avx512(const uint64_t *in, size_t count, pm_picking p,
                                 uint64_t *out) {
  enum { WIDE = 8 };
  const __m512i without = _mm512_set1_epi64((long long)p.without);
  const __m512i except = _mm512_set1_epi64((long long)p.except);
  size_t n = 0, i = 0;
  for (; i + WIDE <= count; i += WIDE) {
    __m512i v = _mm512_loadu_si512(in + i);
    __mmask8 picked = _mm512_mask_cmpneq_epi64_mask(
        _mm512_testn_epi64_mask(v, without), v, except);
    _mm512_storeu_si512(out + n, _mm512_maskz_compress_epi64(picked, v));
    n += (size_t)__builtin_popcount(picked);
  }
  return n + pm_pick_portable(in + i, count - i, p, out + n);
}

#endif

size_t pm_pick(const uint64_t *in, size_t count, pm_picking p, uint64_t *out) {
#ifdef PM_WORDS_X86
  if (pm_words_have_avx512())
    return pick_avx512(in, count, p, out);
#endif
  return pm_pick_portable(in, count, p, out);
}
