/*
 * One escape of a JSON string: what it stands for, and the other way.
 */
#ifndef PM_QUOTE_ESCAPE_H
#define PM_QUOTE_ESCAPE_H

#include <string.h>

#include "text/utf8.h"

/* '0' is 0x30, 'A' 0x41 and 'a' 0x61: letters have bit 6, and 9 more. */
static inline unsigned pm_hex(char c) {
  unsigned u = (unsigned char)c;
  return (u & 0xF) + (u >> 6) * 9;
}

static inline unsigned pm_hex4(const char *p) {
  return pm_hex(p[0]) << 12 | pm_hex(p[1]) << 8 | pm_hex(p[2]) << 4 |
         pm_hex(p[3]);
}

/* What the letter behind a backslash stands for; 0 for 'u'. */
static const char pm_letters[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t'};

/* Writes what the escape at `*p` stands for and moves `*p` behind it. */
static inline char *pm_read_escape(const char **p, char *out) {
  char c = pm_letters[(unsigned char)(*p)[1]];
  if (c) {
    *p += 2;
    *out = c;
    return out + 1;
  }
  uint32_t unit = pm_hex4(*p + 2);
  *p += 6;
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    unit = 0x10000 + ((unit & 0x3FF) << 10) + (pm_hex4(*p + 2) & 0x3FF);
    *p += 6;
  }
  return out + pm_utf8_write(out, unit);
}

/* The same for all escapes up to `end` that follow each other or stand one
 * character apart, as the words of a text that is all \u escapes do. */
static inline char *pm_read_escapes(const char **p, const char *end,
                                    char *out) {
  for (;;) {
    out = pm_read_escape(p, out);
    if (end - *p < 2)
      return out;
    if (**p != '\\' && (*p)[1] == '\\')
      *out++ = *(*p)++;
    if (**p != '\\')
      return out;
  }
}

/* The escapes, each with its length in the last byte. */
static const char pm_escapes[0x20][8] = {
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
static inline char *pm_write_escape(char *out, char c) {
  unsigned byte = (unsigned char)c;
  if (byte >= 0x20) {
    out[0] = '\\';
    out[1] = c;
    return out + 2;
  }
  memcpy(out, pm_escapes[byte], 8);
  return out + pm_escapes[byte][7];
}

#endif
