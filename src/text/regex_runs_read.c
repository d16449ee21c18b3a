/*
 * Reading a pattern as runs of classes. What is not one, or would have to go
 * back, is left to PCRE2.
 */
#include <limits.h>

#include "text/regex_part.h"
#include "text/regex_runs.h"

/* Characters that all runs with an end may take together. */
#define BOUNDED_MOST 1024

static const pm_byte_set word_set = {
    {0x03FF000000000000u, 0x07FFFFFE87FFFFFEu, 0, 0}};

static bool is_within(const pm_byte_set *a, const pm_byte_set *b) {
  uint64_t outside = 0;
  for (int i = 0; i < 4; i++)
    outside |= a->bits[i] & ~b->bits[i];
  return outside == 0;
}

static bool is_same(const pm_byte_set *a, const pm_byte_set *b) {
  return is_within(a, b) && is_within(b, a);
}

typedef struct reading {
  pm_regex_runs *runs;
  pm_byte_set set[PM_RUNS_MOST];
  bool owned[PM_RUNS_MOST]; /* gives nothing back */
} reading;

/* One character of any kind that is known exactly. */
static bool read_class(pm_regex_reader *in, uint32_t options,
                       pm_byte_set *set) {
  pm_regex_part p = {0};
  unsigned char c = *in->at++;
  if (c == '\\') {
    p = pm_regex_escape(in, options);
  } else if (c == '[') {
    p = pm_regex_brackets(in, options);
  } else if (c == '.') {
    p.exact = true;
    pm_byte_set_add_any(&p.may);
    if (!(options & PCRE2_DOTALL))
      p.may.bits[0] &= ~((uint64_t)1 << '\n');
  } else if (c < 0x80 && !strchr("()|^$*+?{", c)) {
    char one = (char)c;
    p = pm_regex_character(&one, 1, options);
  }
  *set = p.may;
  return in->known && p.exact && !p.zero;
}

/* Adds a run; one of the same class as the last one is a part of that. */
static bool add_run(reading *all, const pm_byte_set *set, pm_regex_times t) {
  pm_regex_runs *r = all->runs;
  unsigned last = r->count - 1;
  bool fixed = t.least == t.most;
  if (r->count > 0 && fixed && is_same(&all->set[last], set) &&
      r->run[last].least == r->run[last].most) {
    r->run[last].least += t.least;
    r->run[last].most += t.least;
    return true;
  }
  if (r->count == PM_RUNS_MOST)
    return false;
  all->set[r->count] = *set;
  all->owned[r->count] = t.owned;
  r->run[r->count++] = (pm_run){t.least, t.most, false};
  return true;
}

static bool read_runs(reading *all, pm_regex_reader *in, uint32_t options) {
  pm_regex_runs *r = all->runs;
  r->word_start = pm_regex_eat(in, "\\b");
  while (in->at < in->end) {
    pm_byte_set set;
    if (r->count > 0 && in->end - in->at == 2 && pm_regex_eat(in, "\\b")) {
      r->word_end = true;
      return true;
    }
    if (!read_class(in, options, &set))
      return false;
    pm_regex_times t = pm_regex_quantifier(in, options);
    if ((t.lazy && t.least != t.most) || t.least > t.most || t.most == 0 ||
        !add_run(all, &set, t))
      return false;
  }
  return r->count > 0;
}

/* Would it never help to make run `i` shorter? */
static bool is_settled(const reading *all, unsigned i) {
  const pm_regex_runs *r = all->runs;
  if (r->run[i].least == r->run[i].most || all->owned[i])
    return true;
  pm_byte_set behind = {{0}};
  for (unsigned k = i + 1; k < r->count; k++) {
    pm_byte_set_add_all(&behind, &all->set[k]);
    if (r->run[k].least > 0)
      return !pm_byte_set_meet(&all->set[i], &behind);
  }
  return true;
}

/* The same for the last run and a \b behind it: no place inside of a run of
 * word characters, or of others, is a border. */
static bool is_end_settled(const reading *all) {
  const pm_regex_runs *r = all->runs;
  unsigned last = r->count - 1;
  return r->run[last].least > 0 &&
         (is_within(&all->set[last], &word_set) ||
          !pm_byte_set_meet(&all->set[last], &word_set));
}

static bool is_bounded(const reading *all) {
  const pm_regex_runs *r = all->runs;
  uint64_t sum = 0;
  for (unsigned i = 0; i < r->count; i++) {
    bool last = i + 1 == r->count && !r->word_end;
    if (r->run[i].most != UINT32_MAX)
      sum += r->run[i].most;
    else if (i > 0 && !last && pm_byte_set_meet(&all->set[i], &all->set[0]))
      return false;
  }
  return sum <= BOUNDED_MOST;
}

static bool is_ours(const reading *all) {
  const pm_regex_runs *r = all->runs;
  if (r->run[0].least == 0 || (r->word_end && !is_end_settled(all)) ||
      !is_bounded(all))
    return false;
  for (unsigned i = 0; i < r->count; i++)
    if (!is_settled(all, i))
      return false;
  return true;
}

/* Bytes that each match starts with: those of the runs up to the first that
 * need not be taken or may be longer. A character beyond ASCII has more bytes
 * than one. */
static void start_row(const reading *all) {
  pm_regex_runs *r = all->runs;
  pm_byte_set sets[PM_BYTE_ROW_MOST];
  unsigned count = 0, i = 0;
  for (bool more = true; more && i < r->count; i++) {
    bool wide = pm_byte_set_has(&all->set[i], 0x80);
    for (unsigned n = 0; n < r->run[i].least && count < PM_BYTE_ROW_MOST; n++) {
      sets[count++] = all->set[i];
      if (wide)
        break;
    }
    more = !wide && r->run[i].least == r->run[i].most;
  }
  if (r->alone)
    count = 1;
  pm_byte_row_init(&r->row, sets, count, 64);
}

static void prepare(const reading *all) {
  pm_regex_runs *r = all->runs;
  const pm_byte_set *first = &all->set[0], *last = &all->set[r->count - 1];
  r->ascii = true;
  for (unsigned i = 0; i < r->count; i++) {
    bool wide = pm_byte_set_has(&all->set[i], 0x80);
    r->ascii &= !wide;
    r->run[i].counts =
        wide && (r->run[i].least > 1 || r->run[i].most != UINT32_MAX);
    for (unsigned c = 0; c < 256; c++)
      if (pm_byte_set_has(&all->set[i], (unsigned char)c))
        r->takes[c] |= (uint16_t)(1 << i);
  }
  /* A whole word ends at a border anyway. */
  if (is_same(last, &word_set) && r->run[r->count - 1].most == UINT32_MAX)
    r->word_end = false;
  r->word_first = r->word_start && is_within(first, &word_set);
  r->alone = r->count == 1 && r->run[0].least == 1 &&
             r->run[0].most == UINT32_MAX && !r->word_start && !r->word_end;
  start_row(all);
}

void pm_regex_runs_read(pm_regex_runs *r, const char *pattern, size_t len,
                        uint32_t options) {
  memset(r, 0, sizeof *r);
  reading all = {.runs = r};
  pm_regex_reader in = {.at = (const unsigned char *)pattern,
                        .end = (const unsigned char *)pattern + len,
                        .known = true};
  if (options & ~(uint32_t)(PCRE2_MULTILINE | PCRE2_DOTALL) ||
      !read_runs(&all, &in, options) || !is_ours(&all)) {
    r->count = 0;
    return;
  }
  prepare(&all);
}
