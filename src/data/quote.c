#include "data/quote.h"

#include <string.h>

#include "data/json_block.h"
#include "data/quote_avx512.h"
#include "data/quote_escape.h"

/* What is written at once may be so much longer than what counts. */
enum { SLACK = 64 };

size_t pm_quote_read_plain(const char *raw, size_t len, char *out) {
  const char *p = raw, *end = raw + len;
  char *o = out;
#ifdef __SSE2__
  /* Copy 16 bytes whole, count those up to the first backslash. */
  while (end - p >= 16) {
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    _mm_storeu_si128((__m128i *)(void *)o, v);
    unsigned slash =
        (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    int plain = slash ? __builtin_ctz(slash) : 16;
    p += plain;
    o += plain;
    if (slash)
      o = pm_read_escapes(&p, end, o);
  }
#endif
  while (p < end) {
    if (*p == '\\')
      o = pm_read_escape(&p, o);
    else
      *o++ = *p++;
  }
  return (size_t)(o - out);
}

size_t pm_quote_read(const char *raw, size_t len, char *out) {
#ifdef PM_QUOTE_AVX512
  if (pm_quote_has_avx512())
    return (size_t)(pm_quote_read_avx512(raw, raw + len, out) - out);
#endif
  return pm_quote_read_plain(raw, len, out);
}

bool pm_quote_equal(const char *raw, size_t raw_len, const char *text,
                    size_t len) {
  const char *end = raw + raw_len, *text_end = text + len;
  if (len > raw_len)
    return false;
  for (;;) {
    const char *slash = memchr(raw, '\\', (size_t)(end - raw));
    size_t plain = (size_t)((slash ? slash : end) - raw);
    if ((size_t)(text_end - text) < plain || memcmp(raw, text, plain) != 0)
      return false;
    text += plain;
    raw += plain;
    if (!slash)
      return text == text_end;
    char c[4];
    size_t n = (size_t)(pm_read_escape(&raw, c) - c);
    if ((size_t)(text_end - text) < n || memcmp(c, text, n) != 0)
      return false;
    text += n;
  }
}

static int write_plain(pm_buffer *out, const char *p, const char *end,
                       bool *high) {
  for (;;) {
    if (pm_buffer_room(out, (size_t)(end - p) + SLACK) != 0)
      return -1;
    char *o = out->at + out->len;
#ifdef __SSE2__
    /* Copy 16 bytes whole, count those up to the first special one. */
    unsigned special = 0;
    while (end - p >= 16 && !special) {
      __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
      _mm_storeu_si128((__m128i *)(void *)o, v);
      special = pm_json_special16(v);
      *high |= _mm_movemask_epi8(v) != 0;
      int plain = special ? __builtin_ctz(special) : 16;
      p += plain;
      o += plain;
    }
#endif
    for (; p < end && !pm_json_special(*p); p++) {
      *high |= (unsigned char)*p >= 0x80;
      *o++ = *p;
    }
    if (p < end)
      o = pm_write_escape(o, *p++);
    out->len = (size_t)(o - out->at);
    if (p == end)
      return 0;
  }
}

typedef int write_inside(pm_buffer *out, const char *p, const char *end,
                         bool *high);

static int write_quoted(pm_buffer *out, const char *text, size_t len,
                        bool *high, write_inside *inside) {
  if (len > SIZE_MAX / 2 || pm_buffer_room(out, len + SLACK) != 0)
    return -1;
  out->at[out->len++] = '"';
  if (inside(out, text, text + len, high) != 0 || pm_buffer_room(out, 1) != 0)
    return -1;
  out->at[out->len++] = '"';
  return 0;
}

int pm_quote_write_plain(pm_buffer *out, const char *text, size_t len,
                         bool *high) {
  return write_quoted(out, text, len, high, write_plain);
}

int pm_quote_write(pm_buffer *out, const char *text, size_t len, bool *high) {
#ifdef PM_QUOTE_AVX512
  if (pm_quote_has_avx512())
    return write_quoted(out, text, len, high, pm_quote_write_avx512);
#endif
  return pm_quote_write_plain(out, text, len, high);
}
