/* Subjects of each kind, and the walk over all matches. */
#include <string.h>

#include "text/regex_form.h"
#include "text/regex_search.h"
#include "text/utf8.h"

/* As pm_regex_match, on valid text and from the start of a character. */
static inline int match_valid(pm_regex *re, const pm_regex_search *s,
                              pm_regex_meter *m) {
  int found = re->rare >= 0           ? pm_regex_search_near_rare(re, *s, m)
              : pm_regex_hops_now(re) ? pm_regex_search_by_hops(re, *s, m)
                                      : pm_regex_search_all(re, *s, m);
  if (found <= 0)
    return found == PCRE2_ERROR_NOMATCH ? 0 : found;

  size_t *ranges = re->ranges;
  if (ranges[0] < s->from) /* by \K in a group that a lookbehind called */
    ranges[0] = s->from;
  if (ranges[0] > ranges[1]) /* the same, lookahead */
    ranges[0] = ranges[1];
  if ((uint32_t)found <= re->groups)
    for (size_t i = 2 * (size_t)found; i < 2 * ((size_t)re->groups + 1); i++)
      ranges[i] = PCRE2_UNSET;
  return 1;
}

/* Sets start and end of the first stretch of valid text that ends at `from`
 * or later. It is empty only where the text starts or ends. */
static void seek(pm_regex_subject *s, size_t from) {
  size_t at = s->start <= from ? s->start : 0;
  size_t end = s->start <= from ? s->end : 0;
  if (end == 0)
    end = pm_utf8_check(s->text, s->len);
  while (end < s->len && (end < from || (at == end && at > 0))) {
    uint32_t c;
    at = end - (size_t)pm_utf8_read(s->text + end, s->text + s->len, &c);
    end = at + pm_utf8_check(s->text + at, s->len - at);
  }
  s->start = at;
  s->end = end;
}

static int match_broken(pm_regex *re, pm_regex_subject *s, size_t from,
                        pm_regex_meter *m) {
  for (; from <= s->len; from = s->end + 1) {
    seek(s, from);
    size_t len = s->end - s->start;
    size_t skip = from > s->start ? from - s->start : 0;
    pm_regex_search one = {PM_REGEX_UTF8,
                           s->text + s->start,
                           len,
                           pm_regex_align(s->text + s->start, len, skip),
                           len,
                           (s->start > 0 ? PCRE2_NOTBOL : 0u) |
                               (s->end < s->len ? PCRE2_NOTEOL : 0u)};
    int found = match_valid(re, &one, m);
    if (found < 0)
      return found;
    if (found > 0) {
      size_t *ranges = re->ranges;
      for (size_t i = 0; i < 2 * ((size_t)re->groups + 1); i++)
        if (ranges[i] != PCRE2_UNSET)
          ranges[i] += s->start;
      return 1;
    }
  }
  return 0;
}

/* Which form to search so much valid text with: the one for bytes is made when
 * it has been missed for long enough, and is no faster where starts are cut. */
static inline pm_regex_kind form_for(pm_regex *re, pm_regex_kind kind,
                                     size_t left) {
  if ((kind == PM_REGEX_UTF8 && !re->bytewise) || pm_regex_hops_now(re))
    return PM_REGEX_UTF8;
  if (re->rare < 0 && re->in_parts && !re->brief && left > PM_REGEX_MOST_STARTS)
    return PM_REGEX_UTF8;
  pm_regex_reach reach = re->rare >= 0 ? PM_REGEX_UP_TO : PM_REGEX_ON;
  if (!re->form[PM_REGEX_ASCII][reach].tried && re->seen < PM_REGEX_FORM_WORTH)
    return PM_REGEX_UTF8;
  return pm_regex_form_of(re, PM_REGEX_ASCII, reach) ? PM_REGEX_ASCII
                                                     : PM_REGEX_UTF8;
}

bool pm_regex_excludes(const pm_regex *re, const pm_regex_subject *s,
                       size_t from) {
  uint64_t places;
  if (re->rare >= 0)
    return !memchr(s->text + from, re->rare, s->len - from);
  const pm_byte_row *row = re->runs.count > 0 ? &re->runs.row : &re->start;
  return (re->runs.count > 0 || re->starts) &&
         row->find(row, s->text, from, s->len, &places) == s->len;
}

static inline int match(pm_regex *re, pm_regex_subject *s, size_t from,
                        pm_regex_meter *m) {
  if (s->kind == PM_REGEX_BROKEN)
    return match_broken(re, s, from, m);
  from = pm_regex_align(s->text, s->len, from);
  pm_regex_kind form = form_for(re, s->kind, s->len - from);
  pm_regex_search one = {form, s->text, s->len, from, s->len, 0};
  int found = match_valid(re, &one, m);
  size_t passed = (found > 0 ? re->ranges[1] : s->len) - from;
  re->seen += passed;
  re->hops.rest -= passed < re->hops.rest ? passed : re->hops.rest;
  return found;
}

/* May the pattern be matched as runs of classes in this text? */
static inline bool has_runs(const pm_regex *re, const pm_regex_subject *s) {
  return re->runs.count > 0 && (re->runs.ascii || s->kind != PM_REGEX_BROKEN);
}

static inline int match_runs(pm_regex *re, const pm_regex_subject *s,
                             pm_runs_look *look, size_t from) {
  from = pm_regex_align(s->text, s->len, from);
  return pm_regex_runs_next(&re->runs, s->text, s->len, look, from,
                            &re->ranges[0], &re->ranges[1]);
}

int pm_regex_match(pm_regex *re, pm_regex_subject *s, size_t from) {
  pm_runs_look look = {0};
  if (has_runs(re, s))
    return match_runs(re, s, &look, from);
  pm_regex_meter meter = pm_regex_meter_for(re, s->len);
  return match(re, s, from, &meter);
}

void pm_regex_ranges(const pm_regex *re, size_t *out) {
  memcpy(out, re->ranges, 2 * ((size_t)re->groups + 1) * sizeof *out);
}

/* The next match by PCRE2. */
static inline int next(pm_regex_walk *w, size_t *first, size_t *end) {
  const pm_regex_subject *s = &w->subject;
  while (w->at <= s->len) {
    int code = match(w->re, &w->subject, w->at, &w->meter);
    if (code <= 0) {
      w->at = s->len + 1;
      return code;
    }
    const size_t *ranges = w->re->ranges;
    *first = ranges[0];
    *end = ranges[1];
    bool again = *first == *end && *end == w->last;
    w->at = *end + (*first == *end);
    w->last = *end;
    if (!again)
      return 1;
  }
  return 0;
}

int pm_regex_next(pm_regex_walk *w, size_t *first, size_t *end) {
  const pm_regex_subject *s = &w->subject;
  if (!has_runs(w->re, s))
    return next(w, first, end);
  if (w->at > s->len)
    return 0;
  int found = match_runs(w->re, s, &w->look, w->at);
  *first = w->re->ranges[0];
  *end = w->re->ranges[1];
  w->at = found ? *end : s->len + 1; /* no match is empty */
  return found;
}

int pm_regex_fill(pm_regex_walk *w, pm_span *out, size_t room, size_t *count) {
  const pm_regex_subject *s = &w->subject;
  size_t n = 0, first, end;
  int code = 1;
  if (w->at <= s->len && has_runs(w->re, s)) {
    w->at = pm_regex_align(s->text, s->len, w->at);
    n = pm_regex_runs_fill(&w->re->runs, s->text, s->len, &w->look, &w->at, out,
                           room);
    code = w->at <= s->len;
  } else {
    for (; n < room && (code = next(w, &first, &end)) > 0; n++)
      if (out)
        out[n] = (pm_span){(uint32_t)first, (uint32_t)end};
  }
  *count = n;
  return code;
}
