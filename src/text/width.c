#include "text/width.h"

#include <utf8proc.h>

#include "text/chars.h"
#include "text/graphemes.h"
#include "text/utf8.h"

static int is_flag(uint32_t c) {
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}

static size_t cluster_width(const char *p, const char *end) {
  uint32_t first = pm_utf8_next(&p);
  int is_emoji = (pm_char_kind(first) & PM_EMOJI) != 0 || is_flag(first);
  size_t width = (size_t)utf8proc_charwidth((utf8proc_int32_t)first);
  while (p < end) {
    uint32_t c = pm_utf8_next(&p);
    /* A keycap is made of a digit, too. */
    if (c == 0xFE0F && (is_emoji || (first < 0x80 && p < end)))
      return 2;
    if (is_emoji && is_flag(c))
      return 2;
    if (!is_emoji && c != 0x200D)
      width += (size_t)utf8proc_charwidth((utf8proc_int32_t)c);
  }
  return width > 2 ? 2 : width;
}

size_t pm_width(const char *text, size_t len, size_t tab) {
  const unsigned char *s = (const unsigned char *)text;
  size_t widest = 0, width = 0;
  for (size_t at = 0; at < len;) {
    unsigned char c = s[at];
    if (c >= 0x20 && c < 0x7F && (at + 1 == len || s[at + 1] < 0x80)) {
      width++;
      at++;
      continue;
    }
    size_t end = pm_grapheme_end(s, len, at);
    if (c == '\n' || c == '\r') {
      widest = width > widest ? width : widest;
      width = 0;
    } else if (c == '\t') {
      width += tab - width % tab;
    } else {
      width += cluster_width(text + at, text + end);
    }
    at = end;
  }
  return width > widest ? width : widest;
}
