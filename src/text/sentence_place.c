/* Steps over the parts of a place, one function for each. */
#include "text/sentence_place.h"

#include <stddef.h>

#include "text/sentence_item.h"
#include "text/sentence_scan.h"
#include "text/sentence_wrap.h"

/* The class of the character at `at`, as the language has it. */
static inline unsigned class_at(const pm_sentence_scan *z, size_t at,
                                unsigned *size) {
  unsigned c = pm_sentence_class(z->s + at, z->len - at, size);
  if (!z->rules->ends && !z->rules->inner)
    return c;
  const pm_string_set *set =
      pm_sentence_is_terminator(c) ? z->rules->inner : z->rules->ends;
  if (set && pm_string_set_has(set, (const char *)z->s + at, *size))
    return set == z->rules->inner ? PM_SENTENCE_OTHER : PM_SENTENCE_STERM;
  return c;
}

static int is_ellipsis(const pm_sentence_scan *z, size_t at) {
  return z->s[at] == 0xE2 && pm_sentence_is_at(z, at, "\u2026");
}

static int opens(const pm_sentence_scan *z, size_t at) {
  static const char *const marks[] = {"\u201C", "\u2018", "\u201E", "\u201A",
                                      "\u00BF", "\u00A1", "\u300C", "\u300E",
                                      "\uFF08", NULL};
  if (z->s[at] < 0x80)
    return z->s[at] == '(' || z->s[at] == '[' || z->s[at] == '{';
  for (const char *const *m = marks; *m; m++)
    if (z->s[at] == (unsigned char)**m && pm_sentence_is_at(z, at, *m))
      return 1;
  return 0;
}

/* Does the text end or a blank follow? A mark that opens does not stand there:
 * German closes with what English opens with. */
static int is_blank(const pm_sentence_scan *z, size_t at) {
  unsigned size;
  return at == z->len ||
         pm_sentence_is_space(pm_sentence_class(z->s + at, z->len - at, &size));
}

/* A dot before a digit or a small letter ends nothing: "3.5", "core.c". */
static int is_inside(const pm_sentence_scan *z, size_t at) {
  return z->s[at] == '.' && at + 1 < z->len &&
         ((unsigned)(z->s[at + 1] - 'a') < 26 ||
          (unsigned)(z->s[at + 1] - '0') < 10);
}

size_t pm_sentence_find_stop(pm_sentence_scan *z, unsigned *class,
                             unsigned *size) {
  size_t at = z->at;
  for (; (at = z->rules->ends
                   ? pm_sentence_skip_unmarked(z->s, z->len, at)
                   : pm_sentence_skip_plain(z->s, z->len, at)) < z->len;
       at += *size) {
    *size = 1;
    if (is_inside(z, at))
      continue;
    *class = class_at(z, at, size);
    if (*class >= PM_SENTENCE_ATERM || z->s[at] == ')' || is_ellipsis(z, at))
      break;
    z->open += z->s[at] == '(';
  }
  return at;
}

size_t pm_sentence_skip_blanks(pm_sentence_scan *z, size_t at, int *line_end) {
  size_t line_ends = 0, last = 0;
  *line_end = 0;
  while (at < z->len) {
    unsigned size, c = pm_sentence_class(z->s + at, z->len - at, &size);
    if (pm_sentence_is_separator(c)) {
      line_ends += c == PM_SENTENCE_SEP ? 2 : 1;
      last = at;
      at = pm_sentence_after_separator(z->s, z->len, at, c, size);
    } else if (c == PM_SENTENCE_SPACE) {
      at += size;
    } else {
      break;
    }
  }
  if (line_ends == 0 || at == z->len)
    return at;
  unsigned size, c = pm_sentence_class(z->s + at, z->len - at, &size);
  *line_end = line_ends > 1 ||
              pm_sentence_item_at(z->s, z->len, at).kind != PM_ITEM_NONE ||
              (c != PM_SENTENCE_LOWER &&
               !pm_sentence_is_wrapped(z->wrapping, z->s, z->len, last));
  return at;
}

/* Where a guillemet ends that closes after blanks, as in French, at `at`; 0
 * when there is none. One that opens has no blank after it. */
static size_t after_spaced_guillemet(const pm_sentence_scan *z, size_t at) {
  size_t mark = pm_sentence_skip_run(z->s, z->len, at, PM_SENTENCE_SPACE);
  if (mark == at || mark == z->len || z->s[mark] < 0x80)
    return 0;
  size_t end = pm_sentence_is_at(z, mark, "\u00BB")   ? mark + 2
               : pm_sentence_is_at(z, mark, "\u203A") ? mark + 3
                                                      : 0;
  if (end == 0)
    return 0;
  unsigned size, c = PM_SENTENCE_SPACE;
  if (end < z->len)
    c = pm_sentence_class(z->s + end, z->len - end, &size);
  return pm_sentence_is_space(c) || pm_sentence_is_terminator(c) ||
                 c == PM_SENTENCE_CONTINUE || c == PM_SENTENCE_CLOSE
             ? end
             : 0;
}

/* Skips closing marks and references ("[12]") that follow with no blank. */
static size_t skip_closers(pm_sentence_scan *z, size_t at,
                           pm_sentence_place *p) {
  while (at < z->len) {
    unsigned size, c = pm_sentence_class(z->s + at, z->len - at, &size);
    if (z->s[at] == '[') {
      size_t end = at + 1;
      while (end < z->len && end - at < 5 && z->s[end] >= '0' &&
             z->s[end] <= '9')
        end++;
      if (end == at + 1 || end == z->len || z->s[end] != ']')
        break;
      at = end + 1;
    } else if (c == PM_SENTENCE_CLOSE &&
               (!opens(z, at) || is_blank(z, at + size))) {
      p->closed = 1;
      p->parenthesis |= z->s[at] == ')';
      z->open -= z->s[at] == ')' && z->open > 0;
      at = pm_sentence_skip_attached(z->s, z->len, at + size);
    } else {
      size_t end = c == PM_SENTENCE_SPACE ? after_spaced_guillemet(z, at) : 0;
      if (end == 0)
        break;
      p->closed = 1;
      at = pm_sentence_skip_attached(z->s, z->len, end);
    }
  }
  return at;
}

/* Skips a run of terminators, counting them. */
static size_t skip_terminators(const pm_sentence_scan *z, size_t at,
                               pm_sentence_place *p) {
  while (at < z->len) {
    unsigned size, c = class_at(z, at, &size);
    if (c == PM_SENTENCE_ATERM)
      p->dots++;
    else if (is_ellipsis(z, at))
      p->dots += 3;
    else if (c == PM_SENTENCE_STERM)
      p->marks++;
    else
      break;
    p->wide |= c == PM_SENTENCE_STERM && size == 3;
    at = pm_sentence_skip_attached(z->s, z->len, at + size);
  }
  return at;
}

/* Skips the rest of ". . .": a single dot went before. */
static size_t skip_spaced_dots(const pm_sentence_scan *z, size_t at,
                               pm_sentence_place *p) {
  while (at < z->len) {
    size_t next = pm_sentence_skip_run(z->s, z->len, at, PM_SENTENCE_SPACE);
    if (next == at || next == z->len || z->s[next] != '.' ||
        (next + 1 < z->len && z->s[next + 1] == '.'))
      break;
    if (p->spaced++ == 0)
      p->spaced_first = next;
    p->dots++;
    at = next + 1;
  }
  return at;
}

void pm_sentence_read_place(pm_sentence_scan *z, size_t term,
                            pm_sentence_place *p) {
  memset(p, 0, offsetof(pm_sentence_place, before));
  p->term = term;
  size_t at = skip_terminators(z, term, p);
  if (p->dots == 1 && p->marks == 0)
    at = skip_spaced_dots(z, at, p);
  size_t end = skip_closers(z, at, p);
  p->next = pm_sentence_skip_blanks(z, end, &p->line_end);
  p->apart = p->next > end;
  size_t before = z->first;
  p->after_closer = term > z->first &&
                    pm_sentence_class_before(z->s, z->first, term, &before) ==
                        PM_SENTENCE_CLOSE;
  p->first =
      pm_sentence_skip_run(z->s, z->len, z->first, PM_SENTENCE_SPACE) >= term;
  p->head = PM_SENTENCE_OTHER;
  unsigned size = 0;
  for (p->word = p->next; p->word < z->len; p->word += size) {
    p->head = class_at(z, p->word, &size);
    if (p->head != PM_SENTENCE_CLOSE && !opens(z, p->word))
      break;
  }
}

void pm_sentence_read_words(const pm_sentence_scan *z, pm_sentence_place *p) {
  pm_sentence_word_before(&p->before, z->s, z->first, p->term);
  pm_sentence_word_after(&p->after, z->s, z->len, p->word);
}
