#include "data/quote_avx512.h"

#ifdef PM_QUOTE_AVX512
#include <immintrin.h>

#include "data/json_block.h"
#include "data/quote_escape.h"

#define TARGET                                                                 \
  __attribute__((target("avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,"   \
                        "popcnt")))

TARGET static inline uint64_t first(unsigned n) {
  return _bzhi_u64(~(uint64_t)0, n);
}

/* Drops the backslashes and translates the letters behind them. */
TARGET char *pm_quote_read_avx512(const char *p, const char *end, char *o) {
  const __m512i low = _mm512_loadu_si512(pm_letters);
  const __m512i high = _mm512_loadu_si512(pm_letters + 64);
  while (p < end) {
    unsigned left = end - p < 64 ? (unsigned)(end - p) : 64;
    __m512i v = _mm512_maskz_loadu_epi8(first(left), p);
    uint64_t slash = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\\'));
    if (!slash) {
      _mm512_mask_storeu_epi8(o, first(left), v);
      p += left;
      o += left;
      continue;
    }
    uint64_t starts, escaped = pm_json_escaped(slash, &starts);
    uint64_t unicode =
        escaped & _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('u'));
    /* Up to the first \u, or to a backslash that is the last byte. */
    unsigned count = unicode ? (unsigned)__builtin_ctzll(unicode) - 1
                             : left - (unsigned)(starts >> 63);
    uint64_t keep = ~starts & first(count);
    unsigned kept = (unsigned)__builtin_popcountll(keep);
    v = _mm512_mask2_permutex2var_epi8(low, v, escaped, high);
    v = _mm512_maskz_compress_epi8(keep, v);
    _mm512_mask_storeu_epi8(o, first(kept), v);
    p += count;
    o += kept;
    if (unicode)
      o = pm_read_escapes(&p, end, o);
  }
  return o;
}

/* Puts a backslash before each byte of 32, translates the control bytes, and
 * drops the backslashes that are not needed. */
TARGET int pm_quote_write_avx512(pm_buffer *out, const char *p, const char *end,
                                 bool *high) {
  static const char letters[32] = {
      ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
  const uint64_t even = 0x5555555555555555u;
  const __m256i letter = _mm256_loadu_si256((const void *)letters);
  uint32_t any_high = 0;
  while (p < end) {
    if (pm_buffer_room(out, (size_t)(end - p) + 128) != 0)
      return -1;
    unsigned left = end - p < 32 ? (unsigned)(end - p) : 32;
    uint32_t ours = (uint32_t)first(left);
    char *o = out->at + out->len;
    __m256i v = _mm256_maskz_loadu_epi8(ours, p);
    uint32_t control =
        _mm256_mask_cmplt_epu8_mask(ours, v, _mm256_set1_epi8(0x20));
    uint32_t special = control |
                       _mm256_cmpeq_epi8_mask(v, _mm256_set1_epi8('"')) |
                       _mm256_cmpeq_epi8_mask(v, _mm256_set1_epi8('\\'));
    any_high |= _mm256_movepi8_mask(v);
    if (!special) {
      _mm256_storeu_si256((void *)o, v);
      out->len += left;
      p += left;
      continue;
    }
    v = _mm256_mask_permutexvar_epi8(v, control, v, letter);
    /* Control bytes without a letter, now 0, take six bytes. */
    uint32_t hard = _mm256_mask_testn_epi8_mask(control, v, v);
    unsigned count = hard ? (unsigned)__builtin_ctz(hard) : left;
    uint64_t keep = (_pdep_u64(special, even) | ~even) & first(2 * count);
    __m512i pairs = _mm512_or_si512(
        _mm512_slli_epi16(_mm512_cvtepu8_epi16(v), 8), _mm512_set1_epi16('\\'));
    _mm512_storeu_si512(o, _mm512_maskz_compress_epi8(keep, pairs));
    o += __builtin_popcountll(keep);
    p += count;
    if (hard)
      o = pm_write_escape(o, *p++);
    out->len = (size_t)(o - out->at);
  }
  *high |= any_high != 0;
  return 0;
}

#endif
