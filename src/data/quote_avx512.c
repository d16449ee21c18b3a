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

/* Each hexadecimal digit as its value. */
TARGET static inline __m512i digit_values(__m512i v) {
  __mmask64 letter = _mm512_test_epi8_mask(v, _mm512_set1_epi8(0x40));
  v = _mm512_and_si512(v, _mm512_set1_epi8(0xF));
  return _mm512_mask_add_epi8(v, letter, v, _mm512_set1_epi8(9));
}

/* Those of the escapes `u` that are surrogates; `n` are the digits' values. */
TARGET static inline uint64_t surrogates(uint64_t u, __m512i n) {
  return u & _mm512_cmpeq_epi8_mask(n, _mm512_set1_epi8(0xD)) >> 1 &
         _mm512_cmpge_epu8_mask(n, _mm512_set1_epi8(8)) >> 2;
}

TARGET static inline __m512i put(__m512i v, uint64_t where, int tag,
                                 __m512i bits) {
  bits = _mm512_or_si512(bits, _mm512_set1_epi8((char)tag));
  return _mm512_mask_mov_epi8(v, where, bits);
}

/*
 * Writes the UTF-8 of each \u whose letter is in `u` over its digits, whose
 * values are `n`, and takes what is not needed out of `keep`. All four digits
 * are there, and none is a surrogate. With the digits a, b, c, d of four bits:
 *
 *                  over a   over b               over c
 *   below 0x80                                   c << 4 | d
 *   below 0x800             C0 | b << 2 | c >> 2 80 | (c & 3) << 4 | d
 *   others         E0 | a   80 | b << 2 | c >> 2 80 | (c & 3) << 4 | d
 */
TARGET static inline __m512i read_units(__m512i v, uint64_t u, __m512i n,
                                        uint64_t *keep) {
  static const char places[65] = "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20"
                                 "\21\22\23\24\25\26\27\30\31\32\33\34\35\36"
                                 "\37\40\41\42\43\44\45\46\47\50\51\52\53\54"
                                 "\55\56\57\60\61\62\63\64\65\66\67\70\71\72"
                                 "\73\74\75\76\77\77";
  const __m512i low2 = _mm512_set1_epi8(3);
  __m512i behind = _mm512_permutexvar_epi8(_mm512_loadu_si512(places), n);
  uint64_t zero = _mm512_testn_epi8_mask(n, n);
  uint64_t below8 = _mm512_cmplt_epu8_mask(n, _mm512_set1_epi8(8));
  uint64_t one = u & zero >> 1 & zero >> 2 & below8 >> 3;
  uint64_t two = u & zero >> 1 & below8 >> 2 & ~one;
  uint64_t three = u & ~one & ~two;
  __m512i upper =
      _mm512_or_si512(_mm512_slli_epi16(n, 2),
                      _mm512_and_si512(_mm512_srli_epi16(behind, 2), low2));
  __m512i lower =
      _mm512_or_si512(_mm512_slli_epi16(_mm512_and_si512(n, low2), 4), behind);
  v = put(v, three << 1, 0xE0, n);
  v = put(v, three << 2, 0x80, upper);
  v = put(v, two << 2, 0xC0, upper);
  v = put(v, (two | three) << 3, 0x80, lower);
  v = put(v, one << 3, 0, _mm512_or_si512(_mm512_slli_epi16(n, 4), behind));
  *keep &= ~(u | u << 1 | u << 2 | u << 3 | u << 4);
  *keep |= three << 1 | (two | three) << 2 | u << 3;
  return v;
}

/* Leaves the bytes from `at` on for the next block. */
TARGET static inline void cut(int at, int *count, uint64_t *keep, uint64_t *u,
                              uint64_t *open) {
  *count = at;
  *keep &= first(at > 0 ? (unsigned)at : 0);
  *u &= *keep;
  *open = 0;
}

/* Drops the backslashes and translates what is behind them. */
TARGET char *pm_quote_read_avx512(const char *p, const char *end, char *o) {
  const __m512i low = _mm512_loadu_si512(pm_letters);
  const __m512i high = _mm512_loadu_si512(pm_letters + 64);
  uint64_t open = 0; /* is the next byte behind a backslash? */
  while (p < end) {
    int count = end - p < 64 ? (int)(end - p) : 64;
    uint64_t room = first((unsigned)count);
    __m512i v = _mm512_maskz_loadu_epi8(room, p);
    uint64_t slash = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\\'));
    uint64_t keep = room, pair = 0;
    if (slash | open) {
      uint64_t starts, escaped = pm_json_escaped(slash, &open, &starts);
      uint64_t u = escaped & _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('u'));
      keep &= ~starts;
      v = _mm512_mask2_permutex2var_epi8(low, v, escaped & ~u, high);
      if (u) {
        /* Up to what goes on in the next block, or the first surrogate. The
         * backslash may be the last byte of the block before. The branch for
         * surrogates, seldom taken, lets the next block be read ahead. */
        uint64_t late = u & ~first(60);
        if (late)
          cut(__builtin_ctzll(late) - 1, &count, &keep, &u, &open);
        __m512i n = digit_values(v);
        pair = surrogates(u, n);
        if (__builtin_expect(pair != 0, 0))
          cut(__builtin_ctzll(pair) - 1, &count, &keep, &u, &open);
        v = read_units(v, u, n, &keep);
      }
      v = _mm512_maskz_compress_epi8(keep, v);
    }
    if (room + 1 == 0)
      _mm512_storeu_si512(o, v);
    else
      _mm512_mask_storeu_epi8(o, room, v);
    p += count;
    o += __builtin_popcountll(keep);
    if (pair)
      o = pm_read_escape(&p, o);
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
    char *o = out->at + out->len, *full = out->at + out->room - 128;
    while (p < end && o <= full) {
      unsigned left = end - p < 32 ? (unsigned)(end - p) : 32;
      uint32_t ours = (uint32_t)first(left);
      __m256i v = _mm256_maskz_loadu_epi8(ours, p);
      uint32_t control =
          _mm256_mask_cmplt_epu8_mask(ours, v, _mm256_set1_epi8(0x20));
      uint32_t special = control |
                         _mm256_cmpeq_epi8_mask(v, _mm256_set1_epi8('"')) |
                         _mm256_cmpeq_epi8_mask(v, _mm256_set1_epi8('\\'));
      any_high |= (uint32_t)_mm256_movepi8_mask(v);
      if (!special) {
        _mm256_storeu_si256((void *)o, v);
        o += left;
        p += left;
        continue;
      }
      v = _mm256_mask_permutexvar_epi8(v, control, v, letter);
      /* Control bytes without a letter, now 0, take six bytes. */
      uint32_t hard = _mm256_mask_testn_epi8_mask(control, v, v);
      uint64_t pairs = first(2 * left);
      if (hard)
        pairs = first(2 * (unsigned)__builtin_ctz(hard));
      uint64_t keep = (_pdep_u64(special, even) | ~even) & pairs;
      __m512i wide = _mm512_slli_epi16(_mm512_cvtepu8_epi16(v), 8);
      wide = _mm512_or_si512(wide, _mm512_set1_epi16('\\'));
      _mm512_storeu_si512(o, _mm512_maskz_compress_epi8(keep, wide));
      o += __builtin_popcountll(keep);
      if (hard) {
        p += __builtin_ctz(hard);
        o = pm_write_escape(o, *p++);
      } else {
        p += left;
      }
    }
    out->len = (size_t)(o - out->at);
  }
  *high |= any_high != 0;
  return 0;
}

#endif
