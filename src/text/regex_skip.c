/* Places where no match can start are passed over without PCRE2. */
#include <string.h>

#include "text/regex_search.h"

/* To try a match takes as long as PCRE2 takes to pass HOP bytes. Hops may have
 * cost so much, in such bytes, or what they gained before, of which so much
 * counts; then there is a pause, in bytes, which doubles each time. */
#define HOP 32L
#define HOPS_COST (64 * HOP)
#define HOPS_GAIN (8192 * HOP)
#define SHORT_PAUSE ((size_t)32 << 10)
#define LONG_PAUSE ((size_t)16 << 20)

/*
 * Stops at each rare byte only. A match has one, and around the first one at
 * or after `from` it reaches back no further than the bytes it may hold; so it
 * starts between there and the rare byte, or later than that.
 */
int pm_regex_search_near_rare(pm_regex *re, pm_regex_search s,
                              pm_regex_meter *m) {
  const char *text = s.text, *hit;
  while ((hit = memchr(text + s.from, re->rare, s.len - s.from))) {
    size_t at = (size_t)(hit - text), start = at;
    while (start > s.from &&
           pm_byte_set_has(&re->need.may, (unsigned char)text[start - 1]))
      start--;
    s.from = start;
    s.last = at;
    int found = pm_regex_search_all(re, s, m);
    if (found != PCRE2_ERROR_NOMATCH)
      return found;
    s.from = at + 1;
  }
  return PCRE2_ERROR_NOMATCH;
}

/* Notes that hops passed so many bytes and met so many places to try; when they
 * have cost more than they gained, they rest. */
static void note_hops(pm_regex_hops *h, size_t passed, size_t tries) {
  h->gain += (long)passed - HOP * (long)tries;
  if (h->gain < -HOPS_COST) {
    h->rest = h->pause = pm_regex_least(2 * h->pause + SHORT_PAUSE, LONG_PAUSE);
    h->gain = 0;
  } else if (h->gain > HOPS_GAIN) {
    h->gain = HOPS_GAIN;
    h->pause = 0;
  }
}

/* Tries a match only where its first bytes stand. */
int pm_regex_search_by_hops(pm_regex *re, pm_regex_search s,
                            pm_regex_meter *m) {
  size_t at = s.from;
  while (pm_regex_hops_now(re)) {
    uint64_t places;
    size_t before = at;
    at = re->start.find(&re->start, s.text, at, s.len, &places);
    note_hops(&re->hops, at + 64 - before,
              (size_t)__builtin_popcountll(places));
    if (at == s.len)
      return PCRE2_ERROR_NOMATCH;
    for (; places != 0; places &= places - 1) {
      s.from = s.last = at + (size_t)__builtin_ctzll(places);
      if (pm_regex_align(s.text, s.len, s.from) != s.from)
        continue;
      int found = pm_regex_search_all(re, s, m);
      if (found != PCRE2_ERROR_NOMATCH)
        return found;
    }
    at = pm_regex_least(at + 64, s.len);
  }
  s.from = pm_regex_align(s.text, s.len, at);
  s.last = s.len;
  return pm_regex_search_all(re, s, m);
}
