/*
 * Sentence ends by rules of a language. The text is scanned for stops alone:
 * terminators, line ends, parentheses. At a terminator everything that counts
 * is read into a place (sentence_place.h), and `ends_*` decides, one function
 * for each kind of terminator.
 */
#include "text/sentence_rules.h"

#include <string.h>

#include "text/sentence_item.h"
#include "text/sentence_place.h"
#include "text/sentence_scan.h"

/* How far the ) of a ( may be, in bytes, for what is between to hold together.
 */
enum { PARENTHESIS_REACH = 600 };

/* The end of the emoticon at `at`, between blanks, or `at`. */
static size_t skip_face(const pm_sentence_scan *z, size_t at) {
  size_t end = at;
  while (end < z->len && z->s[end] > ' ' && z->s[end] < 0x80 && end - at < 8)
    end++;
  return z->rules->faces && (end == z->len || z->s[end] <= ' ') &&
                 pm_string_set_has(z->rules->faces, (const char *)z->s + at,
                                   end - at)
             ? end
             : at;
}

/* An emoticon belongs to the sentence it follows; with its blanks. */
static size_t skip_face_after(const pm_sentence_scan *z, size_t at) {
  size_t end = skip_face(z, at);
  return end == at ? at
                   : pm_sentence_skip_run(z->s, z->len, end, PM_SENTENCE_SPACE);
}

/* Where the sentence ends when the ) at `at` is an emoticon's mouth and a
 * capital follows, or 0. */
static size_t end_after_face(const pm_sentence_scan *z, size_t at) {
  size_t start = at;
  while (start > z->first && at - start < 4 && z->s[start - 1] > ' ')
    start--;
  if (start == z->first || skip_face(z, start) != at + 1)
    return 0;
  size_t next = pm_sentence_skip_run(z->s, z->len, at + 1, PM_SENTENCE_SPACE);
  unsigned size;
  return next < z->len && pm_sentence_class(z->s + next, z->len - next,
                                            &size) == PM_SENTENCE_UPPER
             ? next
             : 0;
}

/* A letter with a dot is no starter but an initial: "W. A. Mozart". */
static int begins_sentence(const pm_sentence_scan *z,
                           const pm_sentence_place *p) {
  size_t end = p->after.start + p->after.len;
  if (p->after.kind == PM_WORD_IS_INITIAL && end < z->len && z->s[end] == '.')
    return 0;
  return pm_sentence_word_in(&p->after, z->rules->starters);
}

/* "I" has its capital everywhere. */
static int is_pronoun(const pm_sentence_place *p) {
  return p->after.len > 0 && p->after.text[0] == 'I' &&
         (p->after.len == 1 || p->after.text[1] == '\'');
}

/* Does ) follow soon, in the same paragraph? */
static int closes_soon(const pm_sentence_scan *z, size_t at) {
  size_t reach =
      z->len - at < PARENTHESIS_REACH ? z->len - at : PARENTHESIS_REACH;
  const unsigned char *end = memchr(z->s + at, ')', reach);
  return end && !memchr(z->s + at, '\n', (size_t)(end - (z->s + at)));
}

/* Is what ends at `term` inside East Asian quotes or parentheses that close
 * soon? */
static int is_quoted(const pm_sentence_scan *z, size_t term) {
  size_t at =
      term - z->first > PARENTHESIS_REACH ? term - PARENTHESIS_REACH : z->first;
  int open = 0;
  for (; at + 2 < term; at++)
    if (z->s[at] >= 0xE3)
      open += pm_sentence_is_at(z, at, "\u300C") +
              pm_sentence_is_at(z, at, "\u300E") +
              pm_sentence_is_at(z, at, "\uFF08") -
              pm_sentence_is_at(z, at, "\u300D") -
              pm_sentence_is_at(z, at, "\u300F") -
              pm_sentence_is_at(z, at, "\uFF09");
  if (open <= 0)
    return 0;
  size_t end =
      z->len - term < PARENTHESIS_REACH ? z->len : term + PARENTHESIS_REACH;
  for (at = term; at + 2 < end && z->s[at] != '\n'; at++)
    if (z->s[at] >= 0xE3 && (pm_sentence_is_at(z, at, "\u300D") ||
                             pm_sentence_is_at(z, at, "\u300F") ||
                             pm_sentence_is_at(z, at, "\uFF09")))
      return 1;
  return 0;
}

/* A sentence in quotes and then what says that it is quoted: "..." he said, in
 * languages that have a particle for that. */
static int is_cited(const pm_sentence_scan *z, const pm_sentence_place *p) {
  if (!p->closed || !z->rules->quoting)
    return 0;
  unsigned size;
  pm_sentence_class(z->s + p->next, z->len - p->next, &size);
  return pm_string_set_has(z->rules->quoting, (const char *)z->s + p->next,
                           size);
}

/* "He said no -- and left": a dash or a comma goes on, unless after the dash
 * something new begins. */
static int goes_on(const pm_sentence_scan *z, const pm_sentence_place *p) {
  unsigned size, c = pm_sentence_class(z->s + p->next, z->len - p->next, &size);
  if (c != PM_SENTENCE_CONTINUE)
    return 0;
  if (z->s[p->next] == ',' || z->s[p->next] == ';' || z->s[p->next] == ':')
    return 1;
  size_t at = pm_sentence_skip_run(z->s, z->len, p->next, PM_SENTENCE_CONTINUE);
  at = pm_sentence_skip_run(z->s, z->len, at, PM_SENTENCE_SPACE);
  return at < z->len &&
         pm_sentence_class(z->s + at, z->len - at, &size) == PM_SENTENCE_LOWER;
}

/* With no blank after it a dot ends a sentence where two words ran together:
 * "home.The". Names, versions and addresses look otherwise. */
static int ends_without_blank(const pm_sentence_scan *z, pm_sentence_place *p) {
  if (p->wide)
    return !is_cited(z, p) && (p->closed || !is_quoted(z, p->term));
  if (p->head != PM_SENTENCE_UPPER)
    return 0;
  pm_sentence_read_words(z, p);
  if (p->spaced || p->dots > 1)
    return p->marks > 0 && p->closed;
  if (p->before.kind != PM_WORD_IS_LETTERS &&
      p->before.kind != PM_WORD_IS_NUMBER)
    return p->marks > 0 && p->closed;
  if (p->before.capital && p->before.shouts)
    return 0;
  size_t start = p->before.start;
  if (start > z->first && z->s[start - 1] != ' ' && z->s[start - 1] != ',')
    return 0;
  return p->marks > 0 || begins_sentence(z, p) ||
         pm_sentence_word_in(&p->after, z->rules->titles);
}

static int ends_in_mark(const pm_sentence_scan *z, const pm_sentence_place *p) {
  if (p->head == PM_SENTENCE_LOWER)
    return !p->closed && z->rules->lower_starts &&
           !pm_sentence_word_in(&p->before, z->rules->exclaimed);
  if (pm_sentence_word_in(&p->before, z->rules->exclaimed) && p->marks == 1 &&
      z->s[p->term] == '!')
    return begins_sentence(z, p);
  return 1;
}

/* "..." and its kin; two dots are a full stop and a slip. */
static int ends_in_dots(const pm_sentence_place *p) {
  if (p->head == PM_SENTENCE_LOWER || p->head == PM_SENTENCE_NUMERIC)
    return 0;
  return p->dots == 2 || p->dots == 4 || !is_pronoun(p);
}

/* Fewer than four words since the sentence began, up to `at`? */
static int is_short(const pm_sentence_scan *z, size_t at) {
  int words = 0;
  for (size_t i = z->first + 1; i < at && words < 3; i++)
    words += z->s[i] == ' ' && z->s[i - 1] != ' ';
  return words < 3;
}

static int ends_in_dot(const pm_sentence_scan *z, const pm_sentence_place *p) {
  const pm_sentence_rules *r = z->rules;
  const pm_sentence_word *w = &p->before;
  int digit = p->head == PM_SENTENCE_NUMERIC;
  int lower = p->head == PM_SENTENCE_LOWER;
  if (pm_sentence_word_in(w, r->titles))
    return 0;
  if (pm_sentence_word_in(w, r->counted) &&
      (digit || p->after.kind == PM_WORD_IS_INITIAL || lower))
    return 0;
  if (lower && p->closed)
    return 0;
  if (pm_sentence_word_in(w, r->times))
    return !lower && !digit && p->head != PM_SENTENCE_OTHER &&
           z->s[p->next] != '(' && !is_short(z, p->term) &&
           !pm_sentence_word_in(&p->after, r->zones);
  if (pm_sentence_word_in(w, r->others) || w->kind == PM_WORD_IS_INITIAL ||
      w->kind == PM_WORD_IS_ACRONYM)
    return begins_sentence(z, p) && (!p->closed || !p->parenthesis);
  if (r->ordinals && w->kind == PM_WORD_IS_NUMBER && w->len <= 3)
    return begins_sentence(z, p);
  if (lower)
    return r->lower_starts && (w->kind == PM_WORD_IS_LETTERS ||
                               w->kind == PM_WORD_IS_NUMBER || p->after_closer);
  return 1;
}

/* Where the sentence ends because of the place, or 0. */
static size_t end_at(pm_sentence_scan *z, pm_sentence_place *p) {
  if (p->next == z->len)
    return z->len;
  if (p->spaced == 3 && p->spaced_first > p->term + 1 &&
      p->head != PM_SENTENCE_LOWER) {
    pm_sentence_read_words(z, p);
    if (p->before.len > 0)
      return p->spaced_first; /* a full stop, and then three dots */
  }
  if (p->line_end)
    return p->next;
  if (p->first || pm_sentence_is_terminator(p->head) ||
      (z->open > 0 && closes_soon(z, p->next)) || goes_on(z, p))
    return 0;
  int ends;
  if (p->apart) {
    pm_sentence_read_words(z, p);
    ends = p->marks > 0  ? ends_in_mark(z, p)
           : p->dots > 1 ? ends_in_dots(p)
                         : ends_in_dot(z, p);
  } else {
    ends = ends_without_blank(z, p);
  }
  return ends ? skip_face_after(z, p->next) : 0;
}

size_t pm_sentence_end_by(const pm_sentence_rules *rules, pm_wrapping *wrapping,
                          const unsigned char *text, size_t len, size_t at) {
  pm_sentence_scan z = {rules, wrapping, text, len, at, at, 0};
  pm_sentence_item item = pm_sentence_item_at(text, len, at);
  z.at = item.end;
  unsigned c, size;
  while ((at = pm_sentence_find_stop(&z, &c, &size)) < len) {
    size_t end = pm_sentence_item_next(&item, text, len, z.first, at);
    if (end > z.first)
      return end;
    z.at = at + size;
    if (text[at] == ')') {
      end = end_after_face(&z, at);
      if (end)
        return end;
      z.open -= z.open > 0;
    } else if (pm_sentence_is_separator(c)) {
      int line_end;
      z.at = pm_sentence_skip_blanks(&z, at, &line_end);
      if (line_end)
        return z.at;
    } else {
      pm_sentence_place p;
      pm_sentence_read_place(&z, at, &p);
      end = end_at(&z, &p);
      if (end)
        return end;
      z.at = p.next > at ? p.next : at + size;
    }
  }
  return len;
}
