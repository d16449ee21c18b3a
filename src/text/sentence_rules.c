/*
 * Sentence ends by rules of a language. The text is scanned for stops alone:
 * terminators, line ends, parentheses. At a terminator everything that counts
 * is read into a `place`,
 *
 *   ... word  terminators  closers  blanks  openers  word ...
 *       `before`                            | `next` `after`
 *
 * and `ends_*` decides, one function for each kind of terminator.
 */
#include "text/sentence_rules.h"

#include <stddef.h>
#include <string.h>

#include "text/sentence_item.h"
#include "text/sentence_scan.h"
#include "text/sentence_word.h"
#include "text/sentence_wrap.h"

/* How far the ) of a ( may be, in bytes, for what is between to hold together.
 */
enum { PARENTHESIS_REACH = 600 };

typedef struct scan {
  const pm_sentence_rules *rules;
  pm_wrapping *wrapping;
  const unsigned char *s;
  size_t len;
  size_t first; /* where the sentence begins */
  size_t at;
  int open; /* parentheses opened and not closed before `at` */
} scan;

typedef struct place {
  size_t term;             /* the first terminator */
  size_t next;             /* what follows the blanks */
  size_t spaced_first;     /* after the first dot and blanks of ". . ." */
  int dots, spaced, marks; /* how many: dots, those after a blank, others */
  int wide;                /* a terminator that needs no blank after it */
  int closed;              /* a quote or parenthesis was closed after it */
  int parenthesis;         /* it was a parenthesis */
  int after_closer;        /* a quote or parenthesis was closed before it */
  int first;               /* nothing but blanks precede it in the sentence */
  int apart;               /* blanks follow */
  int line_end;            /* a line end that counts follows */
  size_t word;             /* the first character after openers */
  unsigned head;           /* and its class */
  pm_sentence_word before, after; /* when read_words was called */
} place;

static int is_at(const scan *z, size_t at, const char *what) {
  size_t size = strlen(what);
  return z->len - at >= size && memcmp(z->s + at, what, size) == 0;
}

/* The class of the character at `at`, as the language has it. */
static inline unsigned class_at(const scan *z, size_t at, unsigned *size) {
  unsigned c = pm_sentence_class(z->s + at, z->len - at, size);
  if (!z->rules->ends && !z->rules->inner)
    return c;
  const pm_string_set *set =
      pm_sentence_is_terminator(c) ? z->rules->inner : z->rules->ends;
  if (set && pm_string_set_has(set, (const char *)z->s + at, *size))
    return set == z->rules->inner ? PM_SENTENCE_OTHER : PM_SENTENCE_STERM;
  return c;
}

static int is_ellipsis(const scan *z, size_t at) {
  return z->s[at] == 0xE2 && is_at(z, at, "\u2026");
}

static int opens(const scan *z, size_t at) {
  static const char *const marks[] = {"\u201C", "\u2018", "\u201E", "\u201A",
                                      "\u00BF", "\u00A1", "\u300C", "\u300E",
                                      "\uFF08", NULL};
  if (z->s[at] < 0x80)
    return z->s[at] == '(' || z->s[at] == '[' || z->s[at] == '{';
  for (const char *const *m = marks; *m; m++)
    if (z->s[at] == (unsigned char)**m && is_at(z, at, *m))
      return 1;
  return 0;
}

/* Does the text end or a blank follow? A mark that opens does not stand there:
 * German closes with what English opens with. */
static int is_blank(const scan *z, size_t at) {
  unsigned size;
  return at == z->len ||
         pm_sentence_is_space(pm_sentence_class(z->s + at, z->len - at, &size));
}

/* A dot before a digit or a small letter ends nothing: "3.5", "core.c". */
static int is_inside(const scan *z, size_t at) {
  return z->s[at] == '.' && at + 1 < z->len &&
         ((unsigned)(z->s[at + 1] - 'a') < 26 ||
          (unsigned)(z->s[at + 1] - '0') < 10);
}

/* The first stop from z->at on, or len. */
static size_t find_stop(scan *z, unsigned *class, unsigned *size) {
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

/* Skips blanks, and line ends that only wrap; what begins after them. Sets
 * `*line_end` when one that counts was skipped too. */
static size_t skip_blanks(scan *z, size_t at, int *line_end) {
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

/* Skips closing marks and references ("[12]") that follow with no blank. */
static size_t skip_closers(scan *z, size_t at, place *p) {
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
      break;
    }
  }
  return at;
}

/* Skips a run of terminators, counting them. */
static size_t skip_terminators(const scan *z, size_t at, place *p) {
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
static size_t skip_spaced_dots(const scan *z, size_t at, place *p) {
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

/* The end of the emoticon at `at`, between blanks, or `at`. */
static size_t skip_face(const scan *z, size_t at) {
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
static size_t skip_face_after(const scan *z, size_t at) {
  size_t end = skip_face(z, at);
  return end == at ? at
                   : pm_sentence_skip_run(z->s, z->len, end, PM_SENTENCE_SPACE);
}

/* Where the sentence ends when the ) at `at` is an emoticon's mouth and a
 * capital follows, or 0. */
static size_t end_after_face(const scan *z, size_t at) {
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

static void read_place(scan *z, size_t term, place *p) {
  memset(p, 0, offsetof(place, before));
  p->term = term;
  size_t at = skip_terminators(z, term, p);
  if (p->dots == 1 && p->marks == 0)
    at = skip_spaced_dots(z, at, p);
  size_t end = skip_closers(z, at, p);
  p->next = skip_blanks(z, end, &p->line_end);
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

/* The words around it: what most places are decided without. */
static void read_words(const scan *z, place *p) {
  pm_sentence_word_before(&p->before, z->s, z->first, p->term);
  pm_sentence_word_after(&p->after, z->s, z->len, p->word);
}

static int begins_sentence(const scan *z, const place *p) {
  return pm_sentence_word_in(&p->after, z->rules->starters);
}

/* "I" has its capital everywhere. */
static int is_pronoun(const place *p) {
  return p->after.text[0] == 'I' &&
         (p->after.len == 1 || p->after.text[1] == '\'');
}

/* Does ) follow soon, in the same paragraph? */
static int closes_soon(const scan *z, size_t at) {
  size_t reach =
      z->len - at < PARENTHESIS_REACH ? z->len - at : PARENTHESIS_REACH;
  const unsigned char *end = memchr(z->s + at, ')', reach);
  return end && !memchr(z->s + at, '\n', (size_t)(end - (z->s + at)));
}

/* Is what ends at `term` inside East Asian quotes or parentheses that close
 * soon? */
static int is_quoted(const scan *z, size_t term) {
  size_t at =
      term - z->first > PARENTHESIS_REACH ? term - PARENTHESIS_REACH : z->first;
  int open = 0;
  for (; at + 2 < term; at++)
    if (z->s[at] >= 0xE3)
      open += is_at(z, at, "\u300C") + is_at(z, at, "\u300E") +
              is_at(z, at, "\uFF08") - is_at(z, at, "\u300D") -
              is_at(z, at, "\u300F") - is_at(z, at, "\uFF09");
  if (open <= 0)
    return 0;
  size_t end =
      z->len - term < PARENTHESIS_REACH ? z->len : term + PARENTHESIS_REACH;
  for (at = term; at + 2 < end && z->s[at] != '\n'; at++)
    if (z->s[at] >= 0xE3 && (is_at(z, at, "\u300D") || is_at(z, at, "\u300F") ||
                             is_at(z, at, "\uFF09")))
      return 1;
  return 0;
}

/* A sentence in quotes and then what says that it is quoted: "..." he said, in
 * languages that have a particle for that. */
static int is_cited(const scan *z, const place *p) {
  if (!p->closed || !z->rules->quoting)
    return 0;
  unsigned size;
  pm_sentence_class(z->s + p->next, z->len - p->next, &size);
  return pm_string_set_has(z->rules->quoting, (const char *)z->s + p->next,
                           size);
}

/* "He said no -- and left": a dash or a comma goes on, unless after the dash
 * something new begins. */
static int goes_on(const scan *z, const place *p) {
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
static int ends_without_blank(const scan *z, place *p) {
  if (p->wide)
    return !is_cited(z, p) && (p->closed || !is_quoted(z, p->term));
  if (p->head != PM_SENTENCE_UPPER)
    return 0;
  read_words(z, p);
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

static int ends_in_mark(const scan *z, const place *p) {
  if (p->head == PM_SENTENCE_LOWER)
    return !p->closed && z->rules->lower_starts &&
           !pm_sentence_word_in(&p->before, z->rules->exclaimed);
  if (pm_sentence_word_in(&p->before, z->rules->exclaimed) && p->marks == 1 &&
      z->s[p->term] == '!')
    return begins_sentence(z, p);
  return 1;
}

/* "..." and its kin; two dots are a full stop and a slip. */
static int ends_in_dots(const place *p) {
  if (p->head == PM_SENTENCE_LOWER || p->head == PM_SENTENCE_NUMERIC)
    return 0;
  return p->dots == 2 || p->dots == 4 || !is_pronoun(p);
}

/* Fewer than four words since the sentence began, up to `at`? */
static int is_short(const scan *z, size_t at) {
  int words = 0;
  for (size_t i = z->first + 1; i < at && words < 3; i++)
    words += z->s[i] == ' ' && z->s[i - 1] != ' ';
  return words < 3;
}

static int ends_in_dot(const scan *z, const place *p) {
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
static size_t end_at(scan *z, place *p) {
  if (p->next == z->len)
    return z->len;
  if (p->spaced == 3 && p->spaced_first > p->term + 1 &&
      p->head != PM_SENTENCE_LOWER) {
    read_words(z, p);
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
    read_words(z, p);
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
  scan z = {rules, wrapping, text, len, at, at, 0};
  pm_sentence_item item = pm_sentence_item_at(text, len, at);
  z.at = item.end;
  unsigned c, size;
  while ((at = find_stop(&z, &c, &size)) < len) {
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
      z.at = skip_blanks(&z, at, &line_end);
      if (line_end)
        return z.at;
    } else {
      place p;
      read_place(&z, at, &p);
      end = end_at(&z, &p);
      if (end)
        return end;
      z.at = p.next > at ? p.next : at + size;
    }
  }
  return len;
}
