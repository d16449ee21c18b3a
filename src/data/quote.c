#include "data/quote.h"

#include <string.h>

#include "data/json_skip.h"
#include "text/utf8.h"

static unsigned hex4(const char *p) {
  unsigned value = 0;
  for (int i = 0; i < 4; i++) {
    unsigned c = (unsigned char)p[i];
    /* '0' is 0x30, 'A' 0x41 and 'a' 0x61: letters have bit 6, and 9 more. */
    value = value << 4 | ((c & 0xF) + (c >> 6) * 9);
  }
  return value;
}

/* Writes what the escape at `*p` stands for and moves `*p` behind it. */
static char *read_escape(const char **p, char *out) {
  char c = (*p)[1];
  *p += 2;
  switch (c) {
  case 'b': *out = '\b'; break;
  case 'f': *out = '\f'; break;
  case 'n': *out = '\n'; break;
  case 'r': *out = '\r'; break;
  case 't': *out = '\t'; break;
  case 'u': {
    uint32_t unit = hex4(*p);
    *p += 4;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      unit = 0x10000 + ((unit & 0x3FF) << 10) + (hex4(*p + 2) & 0x3FF);
      *p += 6;
    }
    return out + pm_utf8_write(out, unit);
  }
  default: *out = c;
  }
  return out + 1;
}

size_t pm_quote_read(const char *raw, size_t len, char *out) {
  const char *p = raw, *end = raw + len;
  char *o = out;
  while (p < end) {
    if (*p == '\\') {
      o = read_escape(&p, o);
      continue;
    }
#ifdef __SSE2__
    while (end - p >= 16) {
      __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
      _mm_storeu_si128((__m128i *)(void *)o, v);
      unsigned slash =
          (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
      int plain = slash ? __builtin_ctz(slash) : 16;
      p += plain;
      o += plain;
      if (slash)
        break;
    }
    if (end - p >= 16)
      continue;
#endif
    while (p < end && *p != '\\')
      *o++ = *p++;
  }
  return (size_t)(o - out);
}

bool pm_quote_equal(const char *raw, size_t raw_len, const char *text,
                    size_t len) {
  const char *end = raw + raw_len, *text_end = text + len;
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

static char *write_escape(char *out, char c) {
  static const char letters[0x20] = {
      ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
  unsigned byte = (unsigned char)c;
  *out++ = '\\';
  if (byte >= 0x20) {
    *out++ = c;
  } else if (letters[byte]) {
    *out++ = letters[byte];
  } else {
    memcpy(out, "u00", 3);
    out[3] = (char)('0' + (byte >> 4));
    out[4] = "0123456789abcdef"[byte & 0xF];
    out += 5;
  }
  return out;
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
      unsigned special = pm_json_specials(v);
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
