/*
 * The grapheme rules, a character at a time. Rule numbers are those of
 * UAX #29. A cluster is read from its start, so GB11 and GB12 count from there.
 */
#include "text/graphemes.h"

#include "text/class.h"
#include "text/vector.h"

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

/* A character: the one that ends a cluster begins the next, and is read once.
 */
typedef struct letter {
  unsigned class, size;
} letter;

static inline letter read_letter(const unsigned char *text, size_t len,
                                 size_t at) {
  letter l;
  l.class = pm_grapheme_class(text + at, len - at, &l.size);
  return l;
}

/* The end of the cluster that begins with `*l` at `at`; `*l` becomes the
 * character there, unless the text ends. */
static inline size_t cluster_end(const unsigned char *text, size_t len,
                                 size_t at, letter *l) {
  unsigned before = l->class;
  int odd_flag = before == PM_GRAPHEME_RI;
  int pictograph = before == PM_GRAPHEME_PICT; /* Pict Extend* so far */
  at += l->size;
  if (is_control(before)) { /* GB4, and GB3 */
    at += before == PM_GRAPHEME_CR && at < len && text[at] == '\n';
    if (at < len)
      *l = read_letter(text, len, at);
    return at;
  }

  for (; at < len; at += l->size) {
    *l = read_letter(text, len, at);
    unsigned c = l->class;
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

size_t pm_grapheme_end(const unsigned char *text, size_t len, size_t at) {
  letter l = read_letter(text, len, at);
  return cluster_end(text, len, at, &l);
}

/* How many bytes of the vector at `s` stand alone: ASCII before ASCII, but for
 * CR, which may have an LF after it. The last byte is left for the next time.
 */
static inline unsigned alone(const unsigned char *s) {
  pm_vector v = pm_vector_load((const char *)s);
  pm_vector hit = (v & 0x80) | (pm_vector)(v == '\r');
  if (!pm_vector_any(hit))
    return PM_VECTOR - 1;
  unsigned first = pm_vector_first(hit);
  return first - (first > 0 && s[first] >= 0x80);
}

size_t pm_graphemes_next(pm_graphemes *it, pm_span *out, size_t room) {
  const unsigned char *text = it->text;
  size_t count = 0, at = it->at, len = it->len;
  while (count < room && at < len) {
    if (room - count >= PM_VECTOR && len - at >= PM_VECTOR) {
      unsigned n = alone(text + at);
      for (uint32_t i = 0; i < PM_VECTOR; i++) /* the last ones for nothing */
        out[count + i] = (pm_span){(uint32_t)at + i, (uint32_t)at + i + 1};
      count += n;
      at += n;
      if (n == PM_VECTOR - 1)
        continue;
    }
    /* character by character, up to two of ASCII */
    letter l = read_letter(text, len, at);
    do {
      size_t end = cluster_end(text, len, at, &l);
      out[count++] = (pm_span){(uint32_t)at, (uint32_t)end};
      at = end;
    } while (count < room && at < len && (text[at - 1] | text[at]) >= 0x80);
  }
  it->at = at;
  return count;
}
