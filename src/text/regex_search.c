/*
 * One search under limits.
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
#include "text/regex_search.h"

/* Starts and steps of a part: the first is not timed; those behind it are. At
 * each level there are 64 times fewer starts and 8 times more steps. */
#define FEWEST_STARTS ((size_t)16)
#define PART_STEPS 256u

/* The first part reads so many bytes at most, if each start reads to the end.
 */
#define FIRST_BYTES ((size_t)16 << 20)

/* Parts that took so many seconds are followed by larger or smaller ones. */
#define SHORT_PART 1e-3
#define LONG_PART 10e-3

/* One call of so many is timed, and stands for all. */
#define SAMPLE 256u

/* With match data of its own, given back at once: what the interpreter needs
 * stays with the match data, up to the heap limit. */
static int interpret(pm_regex *re, const pcre2_code *code,
                     const pm_regex_search *s, pcre2_match_context *rules) {
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

static inline pm_regex_reach reach_of(const pm_regex *re,
                                      const pm_regex_search *s) {
  return s->last >= s->len                    ? PM_REGEX_ON
         : re->hops.may && s->last == s->from ? PM_REGEX_HERE
                                              : PM_REGEX_UP_TO;
}

/* Runs with so many steps for each start. */
static inline int run(pm_regex *re, const pm_regex_search *s, uint32_t steps) {
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

/* By parts from `level` on, with an eye on the clock. The first part stands for
 * `weight` others. */
__attribute__((noinline)) static int
search_in_parts(pm_regex *re, pm_regex_search s, unsigned level,
                pm_regex_meter *m, double weight) {
  size_t last = s.last, most = re->limits.match;
  double before = cpu_seconds();
  for (;;) {
    uint32_t steps = (uint32_t)most;
    if (re->in_parts) {
      steps = (uint32_t)pm_regex_least(PART_STEPS << 3 * level, most);
      s.last = pm_regex_least(
          last, s.from + pm_regex_least(m->starts,
                                        PM_REGEX_MOST_STARTS >> 6 * level));
    }
    int found = run(re, &s, steps);
    double now = cpu_seconds();
    m->seconds += (now - before) * weight;
    if (now - before > LONG_PART)
      m->starts = m->starts / 4 < FEWEST_STARTS ? FEWEST_STARTS : m->starts / 4;
    else if (now - before < SHORT_PART)
      m->starts = pm_regex_least(4 * m->starts, PM_REGEX_MOST_STARTS);
    before = now;
    weight = 1;
    if (m->seconds > m->most)
      return PM_REGEX_TIMELIMIT;
    if (found == PCRE2_ERROR_MATCHLIMIT && steps < most) {
      level++;
    } else if (found != PCRE2_ERROR_NOMATCH || s.last >= last) {
      return found;
    } else {
      s.from = pm_regex_align(s.text, s.len, s.last + 1);
      level -= level > 0;
    }
  }
}

static size_t first_starts(const pm_regex *re, size_t len) {
  size_t starts = pm_regex_least(FIRST_BYTES / (len + 1), re->first_starts);
  return starts < FEWEST_STARTS ? FEWEST_STARTS : starts;
}

int pm_regex_search_all(pm_regex *re, pm_regex_search s, pm_regex_meter *m) {
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
      s.last = pm_regex_least(last, s.from + m->starts);
    steps = (uint32_t)pm_regex_least(PART_STEPS, steps);
  }
  int found = run(re, &s, steps);
  unsigned level = 0;
  if (found == PCRE2_ERROR_MATCHLIMIT && steps < re->limits.match)
    level = 1;
  else if (found == PCRE2_ERROR_NOMATCH && s.last < last)
    s.from = pm_regex_align(s.text, s.len, s.last + 1);
  else
    return found;
  s.last = last;
  return search_in_parts(re, s, level, m, 1);
}
