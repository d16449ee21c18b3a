/*
 * Which bytes of a block of 64 mean something inside of a JSON string: quotes,
 * backslashes and control bytes. One bit for each byte, the first one lowest.
 */
#ifndef PM_JSON_BLOCK_H
#define PM_JSON_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef struct pm_json_block {
  uint64_t special; /* quotes, backslashes, bytes below 0x20 */
  uint64_t high;    /* bytes from 0x80 on */
} pm_json_block;

static inline bool pm_json_special(char c) {
  return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

#ifdef __SSE2__

/* The special bytes of 16. */
static inline unsigned pm_json_special16(__m128i v) {
  __m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
  __m128i slash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));
  __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
  return (unsigned)_mm_movemask_epi8(
      _mm_or_si128(_mm_or_si128(quote, slash), control));
}

#endif

/* Looks at the 64 bytes from `p` on. */
static inline pm_json_block pm_json_look(const char *p) {
  pm_json_block b = {0, 0};
#ifdef __SSE2__
  for (int i = 0; i < 64; i += 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
    b.special |= (uint64_t)pm_json_special16(v) << i;
    b.high |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << i;
  }
#else
  for (int i = 0; i < 64; i++) {
    b.special |= (uint64_t)pm_json_special(p[i]) << i;
    b.high |= (uint64_t)((unsigned char)p[i] >> 7) << i;
  }
#endif
  return b;
}

#endif
