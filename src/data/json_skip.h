/*
 * The search inside of a string for the next byte that means something: a
 * quote, a backslash or a control byte. Short ways are walked 16 bytes at a
 * time (8 where there is no SSE2), longer ones 64 where the processor can.
 */
#ifndef PM_JSON_SKIP_H
#define PM_JSON_SKIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* json_skip.c: the long way, in steps of 64 bytes as long as there are so many
 * without a special byte; returns `p` itself where nothing fits. */
const char *pm_json_skip_far(const char *p, const char *end, bool *high);

static inline bool pm_json_special(char c) {
  return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

#ifdef __SSE2__

/* A bit for each special byte of 16. */
static inline unsigned pm_json_specials(__m128i v) {
  __m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
  __m128i slash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));
  __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
  return (unsigned)_mm_movemask_epi8(
      _mm_or_si128(_mm_or_si128(quote, slash), control));
}

#endif

/* Returns the first special byte from `p` on, or `end`. Sets `*high` if a byte
 * before it is not ASCII. */
static inline const char *pm_json_skip(const char *p, const char *end,
                                       bool *high) {
#ifdef __SSE2__
  for (int steps = 0; end - p >= 16; steps++) {
    if (steps == 4)
      p = pm_json_skip_far(p, end, high);
    if (end - p < 16)
      break;
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    unsigned special = pm_json_specials(v);
    unsigned above = (unsigned)_mm_movemask_epi8(v);
    if (special) {
      *high |= (above & (special - 1) & ~special) != 0;
      return p + __builtin_ctz(special);
    }
    *high |= above != 0;
    p += 16;
  }
#else
  const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
  while (end - p >= 8) {
    uint64_t v;
    memcpy(&v, p, 8);
    uint64_t quote = v ^ ones * '"', slash = v ^ ones * '\\';
    uint64_t special = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) |
                       ((v - ones * 0x20) & ~v);
    if (special & tops)
      break;
    *high |= (v & tops) != 0;
    p += 8;
  }
#endif
  for (; p < end && !pm_json_special(*p); p++)
    *high |= (unsigned char)*p >= 0x80;
  return p;
}

#endif
