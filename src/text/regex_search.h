/*
 * One search of valid text for one match, by PCRE2 and under limits; and the
 * ways to pass over places where no match can start.
 */
#ifndef PM_TEXT_REGEX_SEARCH_H
#define PM_TEXT_REGEX_SEARCH_H

#include "text/regex.h"
#include "text/utf8.h"

/* Another form of a pattern pays after so many bytes. */
#define PM_REGEX_FORM_WORTH ((size_t)64 << 10)

/* The match starts from `from` to `last`. */
typedef struct pm_regex_search {
  pm_regex_kind kind; /* of the form */
  const char *text;
  size_t len, from, last;
  uint32_t options;
} pm_regex_search;

/* Tries all places, one after the other. Returns as pcre2_match, or
 * PM_REGEX_TIMELIMIT. */
int pm_regex_search_all(pm_regex *re, pm_regex_search s, pm_regex_meter *m);

/* The same, but stops at each rare byte only; re->rare >= 0. */
int pm_regex_search_near_rare(pm_regex *re, pm_regex_search s,
                              pm_regex_meter *m);

/* The same, but tries a match only where its first bytes stand; when
 * pm_regex_hops_now, s.last == s.len and s.kind == PM_REGEX_UTF8. */
int pm_regex_search_by_hops(pm_regex *re, pm_regex_search s, pm_regex_meter *m);

static inline bool pm_regex_hops_now(const pm_regex *re) {
  return re->hops.may && re->hops.rest == 0 && re->seen >= PM_REGEX_FORM_WORTH;
}

static inline size_t pm_regex_least(size_t a, size_t b) {
  return a < b ? a : b;
}

/* The start of the next character at `at` or after it, or the end. */
static inline size_t pm_regex_align(const char *text, size_t len, size_t at) {
  while (at < len && pm_utf8_is_tail(text[at]))
    at++;
  return at;
}

#endif
