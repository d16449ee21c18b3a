/*
 * Looking at the 64 bytes from `p` on: look_* for what they mean, tail_* for
 * `n` < 64 bytes at `p` and blanks behind them, as 64 in `room`,
 * letters_* for those that are an escape when a backslash stands before
 * them (all but 'u'), between_* for those that are `first` to `last`, which
 * are ASCII, once the bits `set` are set in them. For each kind of processor.
 */
#ifndef PM_JSON_LOOK_H
#define PM_JSON_LOOK_H

#include <string.h>

#include "data/json_block.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define PM_JSON_X86 1
#include <immintrin.h>

#define PM_JSON_AVX512 __attribute__((target("avx512bw,bmi")))
#define PM_JSON_AVX2 __attribute__((target("avx2,bmi")))

/* By their low four bits: the letters, but those with the bits of 'b'. */
#define PM_JSON_MATES                                                          \
  1, 0, 'b', 0, 't', 0, 'f', 0, 0, 0, 0, 0, '\\', 0, 'n', '/'

/* Stored in one go, as it will be loaded: otherwise that would have to wait. */
PM_JSON_AVX512 static inline void tail_avx512(char *room, const char *p,
                                              size_t n) {
  __m512i v =
      _mm512_mask_loadu_epi8(_mm512_set1_epi8(' '), ((uint64_t)1 << n) - 1, p);
  _mm512_storeu_si512(room, v);
}

PM_JSON_AVX512 static inline pm_json_block look_avx512(const char *p) {
  __m512i v = _mm512_loadu_si512(p);
  return (pm_json_block){
      .quote = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"')),
      .slash = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\\')),
      .bad = _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(0x20)),
      .high = _mm512_movepi8_mask(v)};
}

PM_JSON_AVX512 static inline uint64_t letters_avx512(const char *p) {
  __m512i v = _mm512_loadu_si512(p);
  __m512i mate = _mm512_shuffle_epi8(
      _mm512_broadcast_i32x4(_mm_setr_epi8(PM_JSON_MATES)), v);
  return _mm512_cmpeq_epi8_mask(v, mate) |
         _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"')) |
         _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('r'));
}

PM_JSON_AVX512 static inline uint64_t between_avx512(const char *p, char set,
                                                     char first, char last) {
  __m512i v = _mm512_or_si512(_mm512_loadu_si512(p), _mm512_set1_epi8(set));
  return _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(first)),
                                _mm512_set1_epi8((char)(last - first)));
}

PM_JSON_AVX2 static inline uint64_t equal_avx2(const char *p, char c) {
  __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)p);
  __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
  __m256i x = _mm256_set1_epi8(c);
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, x)) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, x))
             << 32;
}

PM_JSON_AVX2 static inline pm_json_block look_avx2(const char *p) {
  pm_json_block k = {.quote = equal_avx2(p, '"'), .slash = equal_avx2(p, '\\')};
  for (int i = 0; i < 64; i += 32) {
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(p + i));
    __m256i low = _mm256_min_epu8(v, _mm256_set1_epi8(0x1F));
    int control = _mm256_movemask_epi8(_mm256_cmpeq_epi8(low, v));
    k.bad |= (uint64_t)(uint32_t)control << i;
    k.high |= (uint64_t)(uint32_t)_mm256_movemask_epi8(v) << i;
  }
  return k;
}

PM_JSON_AVX2 static inline uint64_t letters_avx2(const char *p) {
  __m256i mates = _mm256_broadcastsi128_si256(_mm_setr_epi8(PM_JSON_MATES));
  uint64_t found = equal_avx2(p, '"') | equal_avx2(p, 'r');
  for (int i = 0; i < 64; i += 32) {
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(p + i));
    __m256i same = _mm256_cmpeq_epi8(v, _mm256_shuffle_epi8(mates, v));
    found |= (uint64_t)(uint32_t)_mm256_movemask_epi8(same) << i;
  }
  return found;
}

/* Bytes of 0x80 and more are negative, and so less than any `first`. */
PM_JSON_AVX2 static inline uint64_t between_avx2(const char *p, char set,
                                                 char first, char last) {
  uint64_t found = 0;
  for (int i = 0; i < 64; i += 32) {
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(p + i));
    v = _mm256_or_si256(v, _mm256_set1_epi8(set));
    __m256i out = _mm256_or_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(first), v),
                                  _mm256_cmpgt_epi8(v, _mm256_set1_epi8(last)));
    found |= (uint64_t) ~(uint32_t)_mm256_movemask_epi8(out) << i;
  }
  return found;
}

#endif

static inline void tail_plain(char *room, const char *p, size_t n) {
  memset(room, ' ', 64);
  memcpy(room, p, n);
}

#ifdef __SSE2__

static inline uint64_t equal_plain(const char *p, char c) {
  uint64_t found = 0;
  for (int i = 0; i < 64; i += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    int bits = _mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(c)));
    found |= (uint64_t)(unsigned)bits << i;
  }
  return found;
}

static inline pm_json_block look_plain(const char *p) {
  pm_json_block k = {.quote = equal_plain(p, '"'),
                     .slash = equal_plain(p, '\\')};
  for (int i = 0; i < 64; i += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    __m128i low = _mm_min_epu8(v, _mm_set1_epi8(0x1F));
    int control = _mm_movemask_epi8(_mm_cmpeq_epi8(low, v));
    k.bad |= (uint64_t)(unsigned)control << i;
    k.high |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << i;
  }
  return k;
}

static inline uint64_t between_plain(const char *p, char set, char first,
                                     char last) {
  uint64_t found = 0;
  for (int i = 0; i < 64; i += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    v = _mm_or_si128(v, _mm_set1_epi8(set));
    __m128i out = _mm_or_si128(_mm_cmplt_epi8(v, _mm_set1_epi8(first)),
                               _mm_cmpgt_epi8(v, _mm_set1_epi8(last)));
    found |= (uint64_t)(~_mm_movemask_epi8(out) & 0xFFFF) << i;
  }
  return found;
}

#else

static inline uint64_t equal_plain(const char *p, char c) {
  uint64_t found = 0;
  for (int i = 0; i < 64; i++)
    found |= (uint64_t)(p[i] == c) << i;
  return found;
}

static inline pm_json_block look_plain(const char *p) {
  pm_json_block k = {.quote = equal_plain(p, '"'),
                     .slash = equal_plain(p, '\\')};
  for (int i = 0; i < 64; i++) {
    k.bad |= (uint64_t)((unsigned char)p[i] < 0x20) << i;
    k.high |= (uint64_t)((unsigned char)p[i] >> 7) << i;
  }
  return k;
}

static inline uint64_t between_plain(const char *p, char set, char first,
                                     char last) {
  uint64_t found = 0;
  for (int i = 0; i < 64; i++) {
    char c = (char)(p[i] | set);
    found |= (uint64_t)(c >= first && c <= last) << i;
  }
  return found;
}

#endif

static inline uint64_t letters_plain(const char *p) {
  static const char letters[] = "\"\\/bfnrt";
  uint64_t found = 0;
  for (int i = 0; i < 8; i++)
    found |= equal_plain(p, letters[i]);
  return found;
}

#endif
