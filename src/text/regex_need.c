/*
 * A pattern is read by recursive descent. Each part of it gives the
 * bytes it must and may match: in a sequence both add up, between alternatives
 * `must` is what they share, and a part that may be left out needs
 * nothing.
 */
#include <math.h>

#include "text/regex_part.h"

#define DEPTH 50

static pm_regex_part alternatives(pm_regex_reader *r, uint32_t options);

/* Reads i, m, s, x, n, U and - behind "(?"; false when it is none of those. */
static bool inline_options(pm_regex_reader *r, uint32_t *options) {
  const unsigned char *s = r->at;
  bool on = true;
  uint32_t set = *options;
  for (; s < r->end && *s != ')' && *s != ':'; s++) {
    uint32_t bit = *s == 'i'   ? PCRE2_CASELESS
                   : *s == 's' ? PCRE2_DOTALL
                   : *s == 'x' ? PCRE2_EXTENDED
                               : 0;
    if (*s == '-')
      on = false;
    else if (!strchr("imsxnU", *s) || (s > r->at && s[-1] == 'x' && *s == 'x'))
      return false;
    set = on ? set | bit : set & ~bit;
  }
  if (s == r->end)
    return false;
  r->at = s;
  *options = set;
  return true;
}

/* A group, behind its parenthesis. (?i) changes *options. */
static pm_regex_part group(pm_regex_reader *r, uint32_t *options) {
  uint32_t inner = *options;
  bool zero = false;
  if (pm_regex_has_next(r, 1) && *r->at == '*')
    return pm_regex_give_up(r);
  if (pm_regex_eat(r, "?=") || pm_regex_eat(r, "?!") ||
      pm_regex_eat(r, "?<=") || pm_regex_eat(r, "?<!")) {
    zero = r->looks = true;
  } else if (pm_regex_eat(r, "?:") || pm_regex_eat(r, "?>") ||
             pm_regex_eat(r, "?|")) {
    /* plain groups */
  } else if (pm_regex_eat(r, "?<") || pm_regex_eat(r, "?P<")) {
    if (!pm_regex_has_next(r, 1) || *r->at == '*' ||
        !pm_regex_skip_past(r, '>'))
      return pm_regex_give_up(r);
  } else if (pm_regex_eat(r, "?'")) {
    if (!pm_regex_skip_past(r, '\''))
      return pm_regex_give_up(r);
  } else if (pm_regex_eat(r, "?")) {
    if (!inline_options(r, &inner))
      return pm_regex_give_up(r);
    if (pm_regex_eat(r, ")")) {
      *options = inner;
      return (pm_regex_part){.zero = true};
    }
    pm_regex_eat(r, ":");
  }
  if (++r->depth > DEPTH)
    return pm_regex_give_up(r);
  pm_regex_part p = alternatives(r, inner);
  r->depth--;
  if (!pm_regex_eat(r, ")"))
    return pm_regex_give_up(r);
  if (zero) {
    bool endless = p.cost.open || p.cost.runs > 0;
    double steps = endless ? INFINITY : p.cost.steps;
    return (pm_regex_part){.zero = true, .cost = {.steps = steps}};
  }
  return p;
}

static pm_regex_part atom(pm_regex_reader *r, uint32_t *options) {
  pm_regex_part p = {0};
  unsigned c = *r->at++;
  switch (c) {
  case '\\': return pm_regex_escape(r, *options);
  case '[': return pm_regex_brackets(r, *options);
  case '(': return group(r, options);
  case '^':
  case '$': p.zero = r->looks = true; return p;
  case '.':
    pm_byte_set_add_any(&p.may);
    if (!(*options & PCRE2_DOTALL))
      p.may.bits[0] &= ~((uint64_t)1 << '\n');
    return p;
  default: break;
  }
  const char *text = (const char *)r->at - 1;
  pm_regex_end_character(r, c);
  return pm_regex_character(text, (size_t)((const char *)r->at - text),
                            *options);
}

static void keep_best(pm_regex_part *p, const char *literal, size_t len,
                      bool caseless) {
  if (len <= p->best_len)
    return;
  memcpy(p->best, literal, len);
  p->best_len = len;
  p->best_caseless = caseless;
}

static pm_regex_part sequence(pm_regex_reader *r, uint32_t *options) {
  pm_regex_part all = {.head = pm_regex_head_none()};
  char run[PM_LITERAL_MOST]; /* characters that follow each other */
  size_t len = 0;
  bool run_caseless = false;
  for (;;) {
    pm_regex_skip_blanks(r, *options);
    if (!pm_regex_has_next(r, 1) || *r->at == '|' || *r->at == ')')
      break;
    bool caseless = *options & PCRE2_CASELESS;
    pm_regex_part p = atom(r, options);
    pm_regex_times times = pm_regex_quantifier(r, *options);
    if (!r->known)
      return all;
    pm_regex_add_cost(&all.cost, &p, times);
    pm_regex_head head = pm_regex_head_of(&p, times);
    pm_regex_head_then(&all.head, &head);
    r->beyond |= p.may.bits[2] || p.may.bits[3];
    pm_byte_set_add_all(&all.may, &p.may);
    if (times.least > 0)
      pm_byte_set_add_all(&all.must, &p.must);
    if (p.zero)
      continue;
    bool fits = p.one_len > 0 && times.least > 0 &&
                len + p.one_len <= sizeof run &&
                (len == 0 || run_caseless == caseless);
    if (fits) {
      memcpy(run + len, p.one, p.one_len);
      len += p.one_len;
      run_caseless = caseless;
    }
    if (!fits || times.least != 1 || times.most != 1) {
      keep_best(&all, run, len, run_caseless);
      len = 0;
    }
    if (times.least > 0)
      keep_best(&all, p.best, p.best_len, p.best_caseless);
  }
  keep_best(&all, run, len, run_caseless);
  all.cost.steps += all.cost.steps == 0; /* of an empty one, too */
  return all;
}

static pm_regex_part alternatives(pm_regex_reader *r, uint32_t options) {
  pm_regex_part all = sequence(r, &options);
  while (r->known && pm_regex_eat(r, "|")) {
    pm_regex_part other = sequence(r, &options);
    for (int i = 0; i < 4; i++)
      all.must.bits[i] &= other.must.bits[i];
    pm_byte_set_add_all(&all.may, &other.may);
    pm_regex_either_cost(&all.cost, &other.cost);
    pm_regex_head_or(&all.head, &other.head);
    all.best_len = 0;
  }
  all.one_len = 0;
  return all;
}

int pm_regex_needs(const char *pattern, size_t len, uint32_t options,
                   pm_regex_need *need) {
  pm_regex_reader r = {.at = (const unsigned char *)pattern,
                       .end = (const unsigned char *)pattern + len,
                       .known = true};
  pm_regex_part all = alternatives(&r, options);
  if (!r.known || r.at != r.end)
    return 0;
  need->must = all.must;
  need->may = all.may;
  need->head = all.head;
  memcpy(need->literal, all.best, all.best_len);
  need->literal_len = all.best_len;
  need->caseless = all.best_caseless;
  need->steps = all.cost.steps;
  need->length = all.cost.length;
  need->runs = all.cost.runs;
  need->run_bytes = all.cost.run_bytes;
  need->beyond = r.beyond;
  need->looks = r.looks;
  return 1;
}

int pm_regex_rare(const pm_regex_need *need) {
  /* What prose is made of, and code that stands in it; not worth a stop. */
  static const char common[] =
      "etaoinshrdlucmfwypvbgk ,.\n-'\"0123456789TASICMBWPHDRNELFOGU";
  int best = -1;
  for (int c = 127; c >= 0; c--)
    if (pm_byte_set_has(&need->must, (unsigned char)c) &&
        !memchr(common, c, sizeof common - 1))
      best = c; /* among equals any will do */
  return best;
}
