/*
 * Running: one search, under limits, and the walk over all matches.
 *
 * Matching goes straight to the machine code. When that runs out of its stack
 * the interpreter tries once more, with memory of its own that is given back
 * at once, so one greedy match does not keep 64 MiB for good.
 *
 * PCRE2 counts steps anew at each start, so a pattern that fails slowly at each
 * of many starts would run for hours within its limit. Therefore a search goes
 * by parts: first many starts of a few steps each, and where those are not
 * enough fewer starts of more steps, up to the limit; so it comes back in time
 * to look at the clock. Of a brief pattern it is known that no start costs
 * much.
 *
 * Of loops over groups that give nothing back the machine code counts no steps:
 * a start may read on to the end unseen. So the first part of a text has few
 * starts if the text is long, and how long parts take tells how many the next
 * ones have.
 */
#include <string.h>
#include <time.h>

#include "text/regex_form.h"
#include "text/utf8.h"

/* Another form pays after so many bytes. */
#define FORM_WORTH ((size_t)64 << 10)

/* Starts and steps of a part: the first is not timed; those behind it are. At
 * each level there are 64 times fewer starts and 8 times more steps. */
#define MOST_STARTS ((size_t)64 << 10)
#define FEWEST_STARTS ((size_t)16)
#define PART_STEPS 256u

/* The first part reads so many bytes at most, if each start reads to the end.
 */
#define FIRST_BYTES ((size_t)16 << 20)

/* To try a match takes as long as PCRE2 takes to pass HOP bytes. Hops may have
 * cost so much, in such bytes, or what they gained before, of which so much
 * counts; then there is a pause, in bytes, which doubles each time. */
#define HOP 32L
#define HOPS_COST (64 * HOP)
#define HOPS_GAIN (8192 * HOP)
#define SHORT_PAUSE ((size_t)32 << 10)
#define LONG_PAUSE ((size_t)16 << 20)

/* Parts that took so many seconds are followed by larger or smaller ones. */
#define SHORT_PART 1e-3
#define LONG_PART 10e-3

/* One call of so many is timed, and stands for all. */
#define SAMPLE 256u

/* A search: the match starts from `from` to `last`. */
typedef struct search {
  pm_regex_kind kind; /* of the form */
  const char *text;
  size_t len, from, last;
  uint32_t options;
} search;

/* With match data of its own, given back at once: what the interpreter needs
 * stays with the match data, up to the heap limit. */
static int interpret(pm_regex *re, const pcre2_code *code, const search *s,
                     pcre2_match_context *rules) {
  pcre2_match_data *data = pcre2_match_data_create(re->groups + 1, NULL);
  if (!data)
    return PCRE2_ERROR_NOMEMORY;
  uint32_t options = s->options | PCRE2_NO_JIT | PCRE2_NO_UTF_CHECK;
  int found = pcre2_match(code, (PCRE2_SPTR)s->text, s->len, s->from, options,
                          data, rules);
  if (found > 0)
    memcpy(re->ranges, pcre2_get_ovector_pointer(data),
           2 * ((size_t)re->groups + 1) * sizeof(size_t));
  pcre2_match_data_free(data);
  return found;
}

static inline pm_regex_reach reach_of(const pm_regex *re, const search *s) {
  return s->last >= s->len                    ? PM_REGEX_ON
         : re->hops.may && s->last == s->from ? PM_REGEX_HERE
                                              : PM_REGEX_UP_TO;
}

/* Runs with so many steps for each start. */
static inline int run(pm_regex *re, const search *s, uint32_t steps) {
  pm_regex_reach reach = reach_of(re, s);
  const pm_regex_form *form = &re->form[s->kind][reach];
  if (!form->tried)
    pm_regex_form_of(re, s->kind, reach);
  if (!form->code)
    return PCRE2_ERROR_NOMEMORY;
  bool cut = reach == PM_REGEX_UP_TO;
  pcre2_match_context *rules = re->rules[cut];
  if (re->steps[cut] != steps) {
    pcre2_set_match_limit(rules, steps);
    re->steps[cut] = steps;
  }
  if (cut)
    pcre2_set_offset_limit(rules, s->last);
  int found = PCRE2_ERROR_JIT_STACKLIMIT;
  if (form->fast)
    found = pcre2_jit_match(form->code, (PCRE2_SPTR)s->text, s->len, s->from,
                            s->options | re->match_options, re->data, rules);
  if (found == PCRE2_ERROR_JIT_STACKLIMIT)
    found = interpret(re, form->code, s, rules);
  return found;
}

static double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

/* The start of the next character at `at` or after it, or the end. */
static inline size_t align(const char *text, size_t len, size_t at) {
  while (at < len && ((unsigned char)text[at] & 0xC0) == 0x80)
    at++;
  return at;
}

/* By parts from `level` on, with an eye on the clock. The first part stands for
 * `weight` others. */
__attribute__((noinline)) static int search_in_parts(pm_regex *re, search s,
                                                     unsigned level,
                                                     pm_regex_meter *m,
                                                     double weight) {
  size_t last = s.last, most = re->limits.match;
  double before = cpu_seconds();
  for (;;) {
    uint32_t steps = (uint32_t)most;
    if (re->in_parts) {
      steps = (uint32_t)least(PART_STEPS << 3 * level, most);
      s.last = least(last, s.from + least(m->starts, MOST_STARTS >> 6 * level));
    }
    int found = run(re, &s, steps);
    double now = cpu_seconds();
    m->seconds += (now - before) * weight;
    if (now - before > LONG_PART)
      m->starts = m->starts / 4 < FEWEST_STARTS ? FEWEST_STARTS : m->starts / 4;
    else if (now - before < SHORT_PART)
      m->starts = least(4 * m->starts, MOST_STARTS);
    before = now;
    weight = 1;
    if (m->seconds > m->most)
      return PM_REGEX_TIMELIMIT;
    if (found == PCRE2_ERROR_MATCHLIMIT && steps < most) {
      level++;
    } else if (found != PCRE2_ERROR_NOMATCH || s.last >= last) {
      return found;
    } else {
      s.from = align(s.text, s.len, s.last + 1);
      level -= level > 0;
    }
  }
}

static size_t first_starts(const pm_regex *re, size_t len) {
  size_t starts = least(FIRST_BYTES / (len + 1), re->first_starts);
  return starts < FEWEST_STARTS ? FEWEST_STARTS : starts;
}

static inline int search_for(pm_regex *re, search s, pm_regex_meter *m) {
  if (re->brief)
    return run(re, &s, re->limits.match);
  if (m->starts == 0)
    m->starts = first_starts(re, s.len - s.from);
  if (++m->calls % SAMPLE == 0)
    return search_in_parts(re, s, 0, m, SAMPLE);
  size_t last = s.last;
  uint32_t steps = re->limits.match;
  if (re->in_parts) {
    if (s.len - s.from > m->starts) /* without a cut it goes faster */
      s.last = least(last, s.from + m->starts);
    steps = (uint32_t)least(PART_STEPS, steps);
  }
  int found = run(re, &s, steps);
  unsigned level = 0;
  if (found == PCRE2_ERROR_MATCHLIMIT && steps < re->limits.match)
    level = 1;
  else if (found == PCRE2_ERROR_NOMATCH && s.last < last)
    s.from = align(s.text, s.len, s.last + 1);
  else
    return found;
  s.last = last;
  return search_in_parts(re, s, level, m, 1);
}

/*
 * Stops at each rare byte only. A match has one, and around the first one at
 * or after `from` it reaches back no further than the bytes it may hold; so it
 * starts between there and the rare byte, or later than that.
 */
static int search_near_rare(pm_regex *re, search s, pm_regex_meter *m) {
  const char *text = s.text, *hit;
  while ((hit = memchr(text + s.from, re->rare, s.len - s.from))) {
    size_t at = (size_t)(hit - text), start = at;
    while (start > s.from &&
           pm_byte_set_has(&re->need.may, (unsigned char)text[start - 1]))
      start--;
    s.from = start;
    s.last = at;
    int found = search_for(re, s, m);
    if (found != PCRE2_ERROR_NOMATCH)
      return found;
    s.from = at + 1;
  }
  return PCRE2_ERROR_NOMATCH;
}

static inline bool hops(const pm_regex *re) {
  return re->hops.may && re->hops.rest == 0 && re->seen >= FORM_WORTH;
}

/* Notes that hops passed so many bytes and met so many places to try; when they
 * have cost more than they gained, they rest. */
static void note_hops(pm_regex_hops *h, size_t passed, size_t tries) {
  h->gain += (long)passed - HOP * (long)tries;
  if (h->gain < -HOPS_COST) {
    h->rest = h->pause = least(2 * h->pause + SHORT_PAUSE, LONG_PAUSE);
    h->gain = 0;
  } else if (h->gain > HOPS_GAIN) {
    h->gain = HOPS_GAIN;
    h->pause = 0;
  }
}

/* Tries a match only where its first bytes stand. */
static int search_by_hops(pm_regex *re, search s, pm_regex_meter *m) {
  size_t at = s.from;
  while (hops(re)) {
    uint64_t places;
    size_t before = at;
    at = re->start.find(&re->start, s.text, at, s.len, &places);
    note_hops(&re->hops, at + 64 - before,
              (size_t)__builtin_popcountll(places));
    if (at == s.len)
      return PCRE2_ERROR_NOMATCH;
    for (; places != 0; places &= places - 1) {
      s.from = s.last = at + (size_t)__builtin_ctzll(places);
      if (align(s.text, s.len, s.from) != s.from)
        continue;
      int found = search_for(re, s, m);
      if (found != PCRE2_ERROR_NOMATCH)
        return found;
    }
    at = least(at + 64, s.len);
  }
  s.from = align(s.text, s.len, at);
  s.last = s.len;
  return search_for(re, s, m);
}

/* As pm_regex_match, on valid text and from the start of a character. */
static inline int match_valid(pm_regex *re, const search *s,
                              pm_regex_meter *m) {
  int found = re->rare >= 0 ? search_near_rare(re, *s, m)
              : hops(re)    ? search_by_hops(re, *s, m)
                            : search_for(re, *s, m);
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
    search one = {PM_REGEX_UTF8,
                  s->text + s->start,
                  s->end - s->start,
                  from > s->start ? from - s->start : 0,
                  s->end - s->start,
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
  if ((kind == PM_REGEX_UTF8 && !re->bytewise) || hops(re))
    return PM_REGEX_UTF8;
  if (re->rare < 0 && re->in_parts && !re->brief && left > MOST_STARTS)
    return PM_REGEX_UTF8;
  pm_regex_reach reach = re->rare >= 0 ? PM_REGEX_UP_TO : PM_REGEX_ON;
  if (!re->form[PM_REGEX_ASCII][reach].tried && re->seen < FORM_WORTH)
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
  from = align(s->text, s->len, from);
  if (s->kind == PM_REGEX_BROKEN)
    return match_broken(re, s, from, m);
  pm_regex_kind form = form_for(re, s->kind, s->len - from);
  search one = {form, s->text, s->len, from, s->len, 0};
  int found = match_valid(re, &one, m);
  size_t passed = (found > 0 ? re->ranges[1] : s->len) - from;
  re->seen += passed;
  re->hops.rest -= least(re->hops.rest, passed);
  return found;
}

/* May the pattern be matched as runs of classes in this text? */
static inline bool has_runs(const pm_regex *re, const pm_regex_subject *s) {
  return re->runs.count > 0 && (re->runs.ascii || s->kind != PM_REGEX_BROKEN);
}

static inline int match_runs(pm_regex *re, const pm_regex_subject *s,
                             pm_runs_look *look, size_t from) {
  from = align(s->text, s->len, from);
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
    w->at = *first == *end ? align(s->text, s->len, *end + 1) : *end;
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
    w->at = align(s->text, s->len, w->at);
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
