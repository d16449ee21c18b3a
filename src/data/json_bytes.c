/*
 * Strings byte by byte: slow, and right about what is wrong and where.
 */
#include "data/json.h"
#include "text/utf8.h"

/* The value of four hexadecimal digits at `p`, or -1. */
static int hex4(const pm_json_scan *s, const char *p) {
  /* One more than the value of a digit; 0 for what is none. */
  static const uint8_t digits[256] = {
      ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
      ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
      ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
      ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16};
  if (s->end - p < 4)
    return -1;
  int a = digits[(uint8_t)p[0]], b = digits[(uint8_t)p[1]];
  int c = digits[(uint8_t)p[2]], d = digits[(uint8_t)p[3]];
  if (!a || !b || !c || !d)
    return -1;
  return (a - 1) << 12 | (b - 1) << 8 | (c - 1) << 4 | (d - 1);
}

/* Is the character behind a backslash an escape of its own? */
static inline bool is_letter(char c) {
  static const bool letters[256] = {
      ['"'] = true, ['\\'] = true, ['/'] = true, ['b'] = true,
      ['f'] = true, ['n'] = true,  ['r'] = true, ['t'] = true};
  return letters[(unsigned char)c];
}

/* From a backslash to behind its escape; both halves of a surrogate pair. */
static const char *escape(pm_json_scan *s, const char *p) {
  int c = pm_json_peek(s, p + 1);
  if (c < 0)
    return pm_json_fail(s, s->end, "a string is cut short");
  if (is_letter((char)c))
    return p + 2;
  if (c != 'u')
    return pm_json_fail(s, p, "unknown escape in a string");
  int unit = hex4(s, p + 2);
  if (unit < 0)
    return pm_json_fail(s, p, "\\u without four hexadecimal digits");
  if (unit < 0xD800 || unit > 0xDFFF)
    return p + 6;
  if (unit < 0xDC00 && pm_json_peek(s, p + 6) == '\\' &&
      pm_json_peek(s, p + 7) == 'u') {
    int low = hex4(s, p + 8);
    if (low >= 0xDC00 && low <= 0xDFFF)
      return p + 12;
  }
  return pm_json_fail(s, p, "lone surrogate in a string");
}

/* From behind the opening quote to the closing one. */
static const char *walk(pm_json_scan *s, const char *p, bool *high) {
  for (;;) {
    int c = pm_json_peek(s, p);
    if (c == '"')
      return p;
    if (c == '\\') {
      s->escaped = true;
      p = escape(s, p);
      if (!p)
        return NULL;
      continue;
    }
    if (c < 0x20)
      return pm_json_fail(
          s, p, c < 0 ? "a string is cut short" : "control byte in a string");
    *high |= c >= 0x80;
    p++;
  }
}

const char *pm_json_string_utf8(pm_json_scan *s, const char *start,
                                const char *end) {
  size_t len = (size_t)(end - start), valid = pm_utf8_check(start, len);
  if (valid < len)
    return pm_json_fail(s, start + valid, "invalid UTF-8 in a string");
  return end + 1;
}

const char *pm_json_string_bytes(pm_json_scan *s, const char *start) {
  bool high = false;
  s->escaped = false;
  const char *end = walk(s, start, &high);
  if (end && high && !s->keep_bytes)
    return pm_json_string_utf8(s, start, end);
  return end ? end + 1 : NULL;
}
