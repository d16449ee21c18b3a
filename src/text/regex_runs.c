/*
 * Matching goes from place to place: `row` says where a match may start, and
 * there the runs are taken one after another. When a first run without an end
 * is followed by what does not fit, no place inside of it can do better.
 */
#include "text/regex_runs.h"

#include "text/regex_part.h"
#include "text/utf8.h"

static inline bool is_word(const char *text, size_t len, size_t at) {
  unsigned char c = at < len ? (unsigned char)text[at] : 0;
  return pm_regex_is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

static inline bool is_border(const char *text, size_t len, size_t at) {
  return (at > 0 && is_word(text, len, at - 1)) != is_word(text, len, at);
}

/* Where run `i` ends that starts at `at`; `at` if it is too short. */
static inline size_t take(const pm_regex_runs *r, unsigned i, const char *text,
                          size_t at, size_t len, bool *enough) {
  const pm_run *run = &r->run[i];
  size_t from = at, count;
  if (run->counts) {
    for (count = 0; count < run->most && at < len &&
                    r->takes[(unsigned char)text[at]] >> i & 1;
         count++)
      at += pm_utf8_length((unsigned char)text[at]);
  } else {
    size_t end = len - at > run->most ? at + run->most : len;
    while (at < end && r->takes[(unsigned char)text[at]] >> i & 1)
      at++;
    count = at - from;
  }
  *enough = count >= run->least;
  return at;
}

/* Does a match start at `at`? Then *end is its end, else the next place where
 * one may. */
static inline bool match_at(const pm_regex_runs *r, const char *text,
                            size_t len, size_t at, size_t *end) {
  *end = at + 1;
  if (r->word_start && !is_border(text, len, at))
    return false;
  bool enough;
  size_t to = take(r, 0, text, at, len, &enough);
  if (r->run[0].most == UINT32_MAX)
    *end = to;
  for (unsigned i = 1; enough && i < r->count; i++)
    to = take(r, i, text, to, len, &enough);
  if (!enough || (r->word_end && !is_border(text, len, to)))
    return false;
  *end = to;
  return true;
}

/* The first place at `at` or later, or `len`. */
static inline size_t place(const pm_regex_runs *r, const char *text, size_t len,
                           pm_runs_look *look, size_t at) {
  for (;;) {
    if (at < look->to) {
      at = at < look->from ? look->from : at;
      uint64_t left = look->places >> (at - look->from);
      if (left)
        return at + (size_t)__builtin_ctzll(left);
    }
    size_t from = at < look->to ? look->to : at;
    if (from >= len)
      return len;
    look->from = r->row.find(&r->row, text, from, len, &look->places);
    look->to = look->from + 64;
    if (r->word_first)
      look->places &= ~(look->places << 1);
    if (look->from >= len)
      return len;
    at = look->from;
  }
}

/* Where the run ends that `at`, a place, is in, when all of it are places. */
static inline size_t run_end(const pm_regex_runs *r, const char *text,
                             size_t len, pm_runs_look *look, size_t at) {
  uint64_t behind = ~look->places >> (at - look->from);
  if (behind)
    return at + (size_t)__builtin_ctzll(behind);
  for (;;) {
    size_t to = look->to;
    if (to >= len)
      return len;
    look->from = r->row.find(&r->row, text, to, len, &look->places);
    look->to = look->from + 64;
    if (look->from != to)
      return to;
    if (~look->places)
      return to + (size_t)__builtin_ctzll(~look->places);
  }
}

static inline bool next(const pm_regex_runs *r, const char *text, size_t len,
                        pm_runs_look *look, size_t at, size_t *first,
                        size_t *end) {
  while ((at = place(r, text, len, look, at)) < len) {
    *first = at;
    if (r->alone) {
      *end = run_end(r, text, len, look, at);
      return true;
    }
    if (pm_utf8_is_tail(text[at])) {
      at++; /* inside of a character */
      continue;
    }
    if (match_at(r, text, len, at, end))
      return true;
    at = *end;
  }
  return false;
}

int pm_regex_runs_next(const pm_regex_runs *r, const char *text, size_t len,
                       pm_runs_look *look, size_t at, size_t *first,
                       size_t *end) {
  return next(r, text, len, look, at, first, end);
}

/* The places of a block from the bit `left` on are runs: adding the lowest bit
 * carries through the first one to where it ends. */
static size_t fill_alone(const pm_regex_runs *r, const char *text, size_t len,
                         pm_runs_look *look, size_t *at, pm_span *out,
                         size_t room) {
  size_t n = 0, first, end = *at;
  while (n < room && (first = place(r, text, len, look, end)) < len) {
    size_t from = look->from;
    uint64_t left = look->places & ~(uint64_t)0 << (first - from);
    while (left && n < room) {
      uint64_t behind = left + (left & -left);
      first = from + (size_t)__builtin_ctzll(left);
      if (behind)
        end = from + (size_t)__builtin_ctzll(behind);
      else
        end = run_end(r, text, len, look, first);
      if (out)
        out[n] = (pm_span){(uint32_t)first, (uint32_t)end};
      n++;
      left = behind & (behind - 1);
    }
  }
  *at = n < room ? len + 1 : end;
  return n;
}

size_t pm_regex_runs_fill(const pm_regex_runs *r, const char *text, size_t len,
                          pm_runs_look *look, size_t *at, pm_span *out,
                          size_t room) {
  if (r->alone)
    return fill_alone(r, text, len, look, at, out, room);
  size_t n = 0, first, end = *at;
  for (; n < room && next(r, text, len, look, end, &first, &end); n++)
    if (out)
      out[n] = (pm_span){(uint32_t)first, (uint32_t)end};
  *at = n < room ? len + 1 : end;
  return n;
}
