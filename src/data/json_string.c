/*
 * Strings: most bytes of a corpus stand inside of long ones. Blocks of 64
 * bytes become bits, one for each byte: quotes that end a string, backslashes,
 * what is wrong. A block is looked at once, however many strings are in it,
 * and what is wrong with a string is found out byte by byte (json_bytes.c).
 */
#include "data/json.h"

const char *pm_json_string_on(pm_json_scan *s, const char *start) {
  pm_json_window *w = &s->window;
  size_t at = (size_t)(start - s->text), len = (size_t)(s->end - s->text);
  uint64_t high = 0, slash = 0;
  w->quotes = 0;
  if (at < w->start || at >= w->end) {
    w->carry = (pm_json_carry){0};
    w->start = w->end = at;
  }
  while (at < len && s->widest != 1) {
    if (at == w->end)
      pm_json_fill(s, at);
    size_t place = at - w->start;
    const pm_json_block *b = &w->blocks[place / 64];
    uint64_t ours = ~(uint64_t)0 << place % 64, quote = b->quote & ours;
    ours &= quote ^ (quote - 1); /* up to the first one */
    if (b->bad & ours)
      break;
    slash |= b->slash & ours;
    high |= b->high & ours;
    at += 64 - place % 64;
    if (quote == 0)
      continue;
    s->escaped = slash != 0;
    w->block = b;
    w->text = s->text + (at - 64);
    w->quotes = quote & (quote - 1);
    const char *end = w->text + __builtin_ctzll(quote);
    return high && !s->keep_bytes ? pm_json_string_utf8(s, start, end)
                                  : end + 1;
  }
  return pm_json_string_bytes(s, start);
}
