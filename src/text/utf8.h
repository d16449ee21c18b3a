/*
 * UTF-8: is it valid, and one character at a time.
 *
 * Source: The Unicode Standard 15.0, section 3.9, table 3-7 and "U+FFFD
 * Substitution of Maximal Subparts".
 */
#ifndef PM_UTF8_H
#define PM_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PM_REPLACEMENT 0xFFFDu

/*
 * Returns how many leading bytes of `text` [len] are valid UTF-8: `len` when
 * all of them are, else the offset of the first byte that is not part of a
 * valid character. (A sequence cut short is bad from its lead byte on.)
 */
size_t pm_utf8_check(const char *text, size_t len);

/*
 * Reads the character at `p` < `end` of any bytes into `*c`. Returns its
 * length, 1 to 4; or, for bytes that are no character, minus the length of
 * the maximal subpart, 1 to 3, and U+FFFD in `*c`.
 */
int pm_utf8_read(const char *p, const char *end, uint32_t *c);

/* The length in bytes of the character with this lead byte; valid text only. */
static inline size_t pm_utf8_length(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Reads the character at `*p` and steps over it; valid text only. */
static inline uint32_t pm_utf8_next(const char **p) {
  const unsigned char *s = (const unsigned char *)*p;
  uint32_t c = s[0];
  if (c < 0x80) {
    *p += 1;
    return c;
  }
  if (c < 0xE0) {
    *p += 2;
    return (c & 0x1F) << 6 | (s[1] & 0x3Fu);
  }
  if (c < 0xF0) {
    *p += 3;
    return (c & 0xF) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
  }
  *p += 4;
  return (c & 7) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 |
         (s[3] & 0x3Fu);
}

/* Whether a char, signed or not, is a byte of a character but not its first. */
static inline bool pm_utf8_is_tail(int byte) {
  return (byte & 0xC0) == 0x80;
}

/* The start of the character that ends before `p`; valid text only. */
static inline const char *pm_utf8_back(const char *p) {
  do
    p--;
  while (pm_utf8_is_tail(*p));
  return p;
}

/* Writes `c` at `out` [4] and returns its length. */
static inline size_t pm_utf8_write(char *out, uint32_t c) {
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  if (c < 0x800) {
    out[0] = (char)(0xC0 | c >> 6);
    out[1] = (char)(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | c >> 18);
  out[1] = (char)(0x80 | (c >> 12 & 0x3F));
  out[2] = (char)(0x80 | (c >> 6 & 0x3F));
  out[3] = (char)(0x80 | (c & 0x3F));
  return 4;
}

/* The end of the ASCII bytes that `p` starts with. */
static inline const char *pm_utf8_skip_ascii(const char *p, const char *end) {
  const uint64_t high = 0x8080808080808080u;
  uint64_t w[4];
  size_t len = (size_t)(end - p);
  while (end - p >= 32) {
    __builtin_memcpy(w, p, 32);
    if ((w[0] | w[1] | w[2] | w[3]) & high)
      break;
    p += 32;
  }
  while (end - p >= 8) {
    __builtin_memcpy(w, p, 8);
    if (w[0] & high)
      break;
    p += 8;
  }
  if (len >= 8 && end - p < 8) { /* once more, with those before */
    __builtin_memcpy(w, end - 8, 8);
    if (!(w[0] & high))
      return end;
  }
  while (p < end && !(*p & 0x80))
    p++;
  return p;
}

#endif
