/*
 * Validity by table 3-7 of the standard: the lead byte fixes the length and
 * the range of the second byte; the rest are 80..BF.
 */
#include "text/utf8.h"

#include "text/utf8_avx2.h"

static int tail(const unsigned char *s, const unsigned char *end) {
  return s < end && pm_utf8_is_tail(*s);
}

int pm_utf8_read(const char *p, const char *last, uint32_t *c) {
  const unsigned char *s = (const unsigned char *)p;
  const unsigned char *end = (const unsigned char *)last;
  *c = s[0];
  if (s[0] < 0x80)
    return 1;
  *c = PM_REPLACEMENT;
  if (s[0] < 0xC2 || s[0] > 0xF4 || !tail(s + 1, end))
    return -1;
  if (s[0] < 0xE0) {
    *c = (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
    return 2;
  }
  if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
      (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F))
    return -1;
  if (!tail(s + 2, end))
    return -2;
  if (s[0] < 0xF0) {
    *c = (s[0] & 0xFu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    return 3;
  }
  if (!tail(s + 3, end))
    return -3;
  *c = (s[0] & 7u) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 |
       (s[3] & 0x3Fu);
  return 4;
}

size_t pm_utf8_check(const char *text, size_t len) {
  const char *p = text, *end = text + len;
#ifdef PM_UTF8_AVX2
  if (len >= 128 && __builtin_cpu_supports("avx2"))
    p += pm_utf8_check_avx2(text, len);
#endif
  for (;;) {
    p = pm_utf8_skip_ascii(p, end);
    do {
      if (p == end)
        return len;
      uint32_t c;
      int n = pm_utf8_read(p, end, &c);
      if (n < 0)
        return (size_t)(p - text);
      p += n;
    } while (p < end && *p & 0x80);
  }
}
