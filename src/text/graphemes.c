/*
 * The grapheme rules, a character at a time. Rule numbers are those of
 * UAX #29. A cluster is read from its start, so GB11 and GB12 count from there.
 */
#include "text/graphemes.h"

#include "text/class.h"

static int is_control(unsigned c) {
  return c >= PM_GRAPHEME_CONTROL && c <= PM_GRAPHEME_LF;
}

static int is_attached(unsigned c) { /* GB9, GB9a */
  return c >= PM_GRAPHEME_EXTEND && c <= PM_GRAPHEME_ZWJ;
}

static int joins_hangul(unsigned before, unsigned c) {
  switch (before) {
  case PM_GRAPHEME_L: /* GB6 */
    return c == PM_GRAPHEME_L || c == PM_GRAPHEME_V || c == PM_GRAPHEME_LV ||
           c == PM_GRAPHEME_LVT;
  case PM_GRAPHEME_LV:
  case PM_GRAPHEME_V: /* GB7 */ return c == PM_GRAPHEME_V || c == PM_GRAPHEME_T;
  case PM_GRAPHEME_LVT:
  case PM_GRAPHEME_T: /* GB8 */ return c == PM_GRAPHEME_T;
  default: return 0;
  }
}

size_t pm_grapheme_end(const unsigned char *text, size_t len, size_t at) {
  unsigned size, before = pm_grapheme_class(text + at, len - at, &size);
  int odd_flag = before == PM_GRAPHEME_RI;
  int pictograph = before == PM_GRAPHEME_PICT; /* Pict Extend* so far */
  at += size;
  if (is_control(before)) /* GB4, and GB3 */
    return at + (before == PM_GRAPHEME_CR && at < len && text[at] == '\n');

  for (; at < len; at += size) {
    unsigned c = pm_grapheme_class(text + at, len - at, &size);
    if (is_attached(c)) {
      pictograph &= c != PM_GRAPHEME_SPACING_MARK && before != PM_GRAPHEME_ZWJ;
    } else if (c == PM_GRAPHEME_PICT && pictograph &&
               before == PM_GRAPHEME_ZWJ) {                       /* GB11 */
    } else if (before == PM_GRAPHEME_PREPEND && !is_control(c)) { /* GB9b */
      odd_flag = c == PM_GRAPHEME_RI;
      pictograph = c == PM_GRAPHEME_PICT;
    } else if (odd_flag && before == c) { /* GB12 */
      odd_flag = 0;
    } else if (!joins_hangul(before, c)) {
      break;
    }
    before = c;
  }
  return at;
}

size_t pm_graphemes_next(pm_graphemes *it, pm_span *out, size_t room) {
  size_t count = 0;
  while (count < room && it->at < it->len) {
    /* ASCII before ASCII stands alone, but for CR */
    const unsigned char *s = it->text + it->at;
    size_t end = it->at + 1;
    if (end == it->len || (s[0] | s[1]) >= 0x80 || s[0] == '\r')
      end = pm_grapheme_end(it->text, it->len, it->at);
    out[count++] = (pm_span){(uint32_t)it->at, (uint32_t)end};
    it->at = end;
  }
  return count;
}
