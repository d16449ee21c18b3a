/*
 * What the bytes of a block of 64 mean inside of a JSON string. One bit for
 * each byte, the first one lowest.
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
  uint64_t quote, slash;
  uint64_t bad;  /* bytes below 0x20, escapes that are none */
  uint64_t high; /* bytes from 0x80 on */
} pm_json_block;

/*
 * The characters behind a backslash that is not itself behind one. `*open` is
 * 1 if the block before ended with such a backslash, else 0, and gets the same
 * for the next one; `*starts` gets those backslashes.
 *
 * In a run of backslashes every second one starts an escape. Subtracting the
 * runs' starts from their shifted bits carries through each run, which tells
 * odd places from even ones without a loop.
 * Source: J. Keiser, simdjson, find_escaped_branchless (2023).
 */
static inline uint64_t pm_json_escaped(uint64_t slash, uint64_t *open,
                                       uint64_t *starts) {
  const uint64_t odd = 0xAAAAAAAAAAAAAAAAu;
  uint64_t free = slash & ~*open;
  uint64_t alternate = (((free << 1) | odd) - free) ^ odd;
  uint64_t escaped = alternate ^ (slash | *open);
  *starts = alternate & slash;
  *open = *starts >> 63;
  return escaped;
}

#ifdef __SSE2__

/* The bytes of 16 that have to be escaped. */
static inline unsigned pm_json_special16(__m128i v) {
  __m128i quote = _mm_cmpeq_epi8(v, _mm_set1_epi8('"'));
  __m128i slash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));
  __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
  return (unsigned)_mm_movemask_epi8(
      _mm_or_si128(_mm_or_si128(quote, slash), control));
}

#endif

static inline bool pm_json_special(char c) {
  return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

#endif
