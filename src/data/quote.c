#include "data/quote.h"

#include <string.h>

#include "data/json_block.h"
#include "text/utf8.h"

/* '0' is 0x30, 'A' 0x41 and 'a' 0x61: letters have bit 6, and 9 more. */
static inline unsigned hex(char c) {
  unsigned u = (unsigned char)c;
  return (u & 0xF) + (u >> 6) * 9;
}

static inline unsigned hex4(const char *p) {
  return hex(p[0]) << 12 | hex(p[1]) << 8 | hex(p[2]) << 4 | hex(p[3]);
}

/* What the letter behind a backslash stands for; 0 for 'u'. */
static const char letters[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t'};

/* Writes what the escape at `*p` stands for and moves `*p` behind it. */
static inline char *read_escape(const char **p, char *out) {
  char c = letters[(unsigned char)(*p)[1]];
  if (c) {
    *p += 2;
    *out = c;
    return out + 1;
  }
  uint32_t unit = hex4(*p + 2);
  *p += 6;
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    unit = 0x10000 + ((unit & 0x3FF) << 10) + (hex4(*p + 2) & 0x3FF);
    *p += 6;
  }
  return out + pm_utf8_write(out, unit);
}

size_t pm_quote_read(const char *raw, size_t len, char *out) {
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
    while (slash && p < end) {
      /* Escapes that stand one character apart are read in one go. */
      if (*p != '\\' && end - p > 1 && p[1] == '\\')
        *o++ = *p++;
      if (*p != '\\')
        break;
      o = read_escape(&p, o);
    }
  }
#endif
  while (p < end) {
    if (*p == '\\')
      o = read_escape(&p, o);
    else
      *o++ = *p++;
  }
  return (size_t)(o - out);
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
    size_t n = (size_t)(read_escape(&raw, c) - c);
    if ((size_t)(text_end - text) < n || memcmp(c, text, n) != 0)
      return false;
    text += n;
  }
}

/* The escapes, each with its length in the last byte. */
static const char escapes[0x20][8] = {
#define U(x) "\\u00" x "\0\6"
#define L(x) "\\" x "\0\0\0\0\0\2"
    U("00"), U("01"), U("02"), U("03"), U("04"), U("05"), U("06"), U("07"),
    L("b"),  L("t"),  L("n"),  U("0b"), L("f"),  L("r"),  U("0e"), U("0f"),
    U("10"), U("11"), U("12"), U("13"), U("14"), U("15"), U("16"), U("17"),
    U("18"), U("19"), U("1a"), U("1b"), U("1c"), U("1d"), U("1e"), U("1f"),
#undef U
#undef L
};

/* May write 8 bytes. */
static inline char *write_escape(char *out, char c) {
  unsigned byte = (unsigned char)c;
  if (byte >= 0x20) {
    out[0] = '\\';
    out[1] = c;
    return out + 2;
  }
  memcpy(out, escapes[byte], 8);
  return out + escapes[byte][7];
}

int pm_quote_write(pm_buffer *out, const char *text, size_t len, bool *high) {
  const char *p = text, *end = text + len;
  if (len > SIZE_MAX / 2 || pm_buffer_room(out, len + 2 + PM_QUOTE_SLACK) != 0)
    return -1;
  char *o = out->at + out->len;
  *o++ = '"';
  for (;;) {
#ifdef __SSE2__
    /* Copy 16 bytes whole, count those up to the first special one. */
    while (end - p >= 16) {
      __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
      _mm_storeu_si128((__m128i *)(void *)o, v);
      unsigned special = pm_json_special16(v);
      *high |= _mm_movemask_epi8(v) != 0;
      int plain = special ? __builtin_ctz(special) : 16;
      p += plain;
      o += plain;
      if (special)
        break;
    }
#endif
    for (; p < end && !pm_json_special(*p); p++) {
      *high |= (unsigned char)*p >= 0x80;
      *o++ = *p;
    }
    if (p == end)
      break;
    out->len = (size_t)(o - out->at);
    if (pm_buffer_room(out, (size_t)(end - p) + 8 + PM_QUOTE_SLACK) != 0)
      return -1;
    o = write_escape(out->at + out->len, *p++);
  }
  *o++ = '"';
  out->len = (size_t)(o - out->at);
  return 0;
}
