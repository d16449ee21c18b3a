/*
 * A way through a text, and what it costs in bits to go on by a character: by
 * the kinds of the two (mojibake_table.h), and by what pairs of kinds do not
 * know, a small letter in a word of capitals and a quote that closes one.
 */
#ifndef PM_MOJIBAKE_WAY_H
#define PM_MOJIBAKE_WAY_H

#include "text/mojibake_table.h"
#include "text/utf8.h"

/* Bits of a small letter after two capitals, beyond its own, and of a quote
 * that closes one; how many bytes are looked at for what stood before. */
enum { PM_WAY_IN_CAPITALS = 6, PM_WAY_CLOSING = 3, PM_WAY_BACK = 48 };

/* The cheapest way to a place in a state. */
typedef struct pm_way {
  int bits;
  uint8_t kind, script; /* of the last character; of the last letter */
  uint8_t capitals;     /* that end here, at most 2 */
  uint8_t open;         /* the quote that is to be closed, see pm_quote_of */
  uint32_t way;         /* its last step: index + 1 */
} pm_way;

enum {
  PM_NO_QUOTE,
  PM_LEFT_GUILLEMET,
  PM_RIGHT_GUILLEMET,
  PM_LEFT_SINGLE,
  PM_RIGHT_SINGLE,
  PM_LOW_SINGLE,
  PM_LEFT_DOUBLE,
  PM_RIGHT_DOUBLE,
  PM_LOW_DOUBLE,
};

static inline unsigned pm_quote_of(uint32_t c) {
  switch (c) {
  case 0xAB:
  case 0x2039: return PM_LEFT_GUILLEMET;
  case 0xBB:
  case 0x203A: return PM_RIGHT_GUILLEMET;
  case 0x2018: return PM_LEFT_SINGLE;
  case 0x2019: return PM_RIGHT_SINGLE;
  case 0x201A: return PM_LOW_SINGLE;
  case 0x201C: return PM_LEFT_DOUBLE;
  case 0x201D: return PM_RIGHT_DOUBLE;
  case 0x201E: return PM_LOW_DOUBLE;
  default: return PM_NO_QUOTE;
  }
}

/* By the quote that opens, the set of those that close it in some language. */
static const uint16_t pm_quote_closers[] = {
    [PM_NO_QUOTE] = 0,
    [PM_LEFT_GUILLEMET] = 1 << PM_RIGHT_GUILLEMET,
    [PM_RIGHT_GUILLEMET] = 1 << PM_LEFT_GUILLEMET | 1 << PM_RIGHT_GUILLEMET,
    [PM_LEFT_SINGLE] = 1 << PM_RIGHT_SINGLE,
    [PM_RIGHT_SINGLE] = 1 << PM_RIGHT_SINGLE,
    [PM_LOW_SINGLE] = 1 << PM_LEFT_SINGLE | 1 << PM_RIGHT_SINGLE,
    [PM_LEFT_DOUBLE] = 1 << PM_RIGHT_DOUBLE,
    [PM_RIGHT_DOUBLE] = 1 << PM_RIGHT_DOUBLE,
    [PM_LOW_DOUBLE] = 1 << PM_LEFT_DOUBLE | 1 << PM_RIGHT_DOUBLE,
};

/* The way on by a character and its kind. */
static inline pm_way pm_way_after(pm_way n, uint32_t c, unsigned kind) {
  unsigned script = pm_kind_script[kind], is_case = pm_kind_case[kind];
  int bits = pm_kind_bits[n.kind][kind];
  unsigned quote = c >= 0xAB && c <= 0x203A ? pm_quote_of(c) : PM_NO_QUOTE;
  if (quote && pm_quote_closers[n.open] >> quote & 1) {
    bits = bits < PM_WAY_CLOSING ? bits : PM_WAY_CLOSING;
    n.open = PM_NO_QUOTE;
  } else if (quote && !pm_kind_script[n.kind]) {
    n.open = (uint8_t)quote;
  }
  if (is_case == 1 && n.capitals > 1 && c != 0xDF) /* as in GROßE */
    bits += PM_WAY_IN_CAPITALS;
  n.bits += bits + pm_script_bits[n.script][script];
  n.kind = (uint8_t)kind;
  n.script = (uint8_t)(script ? script : n.script);
  n.capitals = is_case != 2 ? 0 : n.capitals ? 2 : 1;
  return n;
}

static inline const char *pm_way_back(const char *text, const char *p) {
  return p - text > PM_WAY_BACK ? p - PM_WAY_BACK : text;
}

/* The quote that is open before `p`. */
static inline unsigned pm_way_quote(const char *text, const char *p) {
  const char *least = pm_way_back(text, p);
  for (const char *q = p; q > least;) {
    q--;
    if (*q != '\xC2' && *q != '\xE2')
      continue;
    const char *next = q;
    unsigned quote = pm_quote_of(pm_utf8_next(&next));
    if (!quote)
      continue;
    const char *before = q > text ? pm_utf8_back(q) : NULL;
    if (!before || !pm_kind_script[pm_kind_of(pm_utf8_next(&before))])
      return quote;
    if (quote != PM_RIGHT_SINGLE) /* an apostrophe */
      return PM_NO_QUOTE;
  }
  return PM_NO_QUOTE;
}

/* The state of what stands before `p`, but for quotes. */
static inline pm_way pm_way_letters(const char *text, const char *p) {
  pm_way n = {.bits = 0};
  const char *least = pm_way_back(text, p);
  int count = 0, capitals = 0;
  for (const char *q = p; q > least && (!n.script || count < 2); count++) {
    q = pm_utf8_back(q);
    const char *next = q;
    unsigned kind = pm_kind_of(pm_utf8_next(&next));
    if (count == 0)
      n.kind = (uint8_t)kind;
    if (!n.script)
      n.script = pm_kind_script[kind];
    capitals += capitals == count && pm_kind_case[kind] == 2;
  }
  n.capitals = (uint8_t)(capitals < 2 ? capitals : 2);
  return n;
}

/* The way to `p` as the text is written. */
static inline pm_way pm_way_to(const char *text, const char *p) {
  pm_way n = pm_way_letters(text, p);
  n.open = (uint8_t)pm_way_quote(text, p);
  return n;
}

#endif
