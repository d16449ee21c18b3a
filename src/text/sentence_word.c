#include "text/sentence_word.h"

#include <string.h>

#include <utf8proc.h>

#include "text/sentence_scan.h"
#include "text/utf8.h"

/* The end of the apostrophe at `at`, ' or U+2019, or `at`. */
static size_t skip_apostrophe(const unsigned char *s, size_t len, size_t at) {
  if (at < len && s[at] == '\'')
    return at + 1;
  return len - at >= 3 && memcmp(s + at, "\u2019", 3) == 0 ? at + 3 : at;
}

/* Lower case, character by character; what it is may grow by half. */
static void fill_lower(pm_sentence_word *w) {
  const char *p = w->text, *end = w->text + w->len;
  w->lower_len = 0;
  while (p < end) {
    unsigned char c = (unsigned char)*p;
    if (c < 0x80) {
      w->lower[w->lower_len++] = (char)(c + ((unsigned)(c - 'A') < 26u) * 32);
      p++;
    } else {
      int32_t wide = (int32_t)pm_utf8_next(&p);
      w->lower_len += pm_utf8_write(w->lower + w->lower_len,
                                    (uint32_t)utf8proc_tolower(wide));
    }
  }
}

static int kind_of(size_t letters, size_t digits, size_t dots, size_t others,
                   size_t longest) {
  if (digits > 0)
    return letters + dots + others ? PM_WORD_IS_OTHER : PM_WORD_IS_NUMBER;
  if (dots > 0)
    return longest <= 2 && others == 0 ? PM_WORD_IS_ACRONYM : PM_WORD_IS_OTHER;
  if (letters == 1 && others == 0)
    return PM_WORD_IS_INITIAL;
  return letters > 0 ? PM_WORD_IS_LETTERS : PM_WORD_IS_OTHER;
}

/* Fills in the word from the bytes of `text`: what it is like. The characters
 * are letters, marks, digits, dots, apostrophes and &. */
static void classify(pm_sentence_word *w) {
  const unsigned char *s = (const unsigned char *)w->text;
  size_t letters = 0, digits = 0, dots = 0, others = 0, longest = 0, run = 0;
  size_t capitals = 0;
  unsigned size;
  w->capital = 0;
  for (size_t at = 0; at < w->len; at += size) {
    unsigned c = pm_sentence_class(s + at, w->len - at, &size);
    if (pm_sentence_is_letter(c)) {
      w->capital |= at == 0 && c == PM_SENTENCE_UPPER;
      capitals += c == PM_SENTENCE_UPPER;
      letters++;
      run++;
    } else if (c == PM_SENTENCE_NUMERIC) {
      digits++;
    } else if (c == PM_SENTENCE_ATERM) {
      dots++;
      run = 0;
    } else if (!pm_sentence_is_skipped(c)) {
      others++;
    }
    if (run > longest)
      longest = run;
  }
  w->kind = kind_of(letters, digits, dots, others, longest);
  w->shouts = letters > 1 && capitals == letters;
  w->hash = pm_string_set_hash(w->text, w->len);
  if (w->capital || w->shouts) {
    fill_lower(w);
    w->lower_hash = pm_string_set_hash(w->lower, w->lower_len);
  }
}

/* Where the word that ends at `end` begins: its letters, digits and inner
 * dots, apostrophes and &. */
static size_t word_start(const unsigned char *s, size_t first, size_t end) {
  size_t at = end, start = end;
  while (at > first && end - at <= PM_SENTENCE_WORD_MAX) {
    size_t before;
    unsigned c = pm_sentence_class_before(s, first, at, &before);
    at = before;
    if (pm_sentence_is_letter(c) || c == PM_SENTENCE_NUMERIC)
      start = at;
    else if (!(pm_sentence_is_skipped(c) ||
               (start < end && (s[at] == '.' || s[at] == '&' ||
                                skip_apostrophe(s, end, at) > at))))
      break;
  }
  return start;
}

/* Is s[start..end) one letter with its marks? */
static int is_one_letter(const unsigned char *s, size_t start, size_t end) {
  unsigned size;
  return start < end &&
         pm_sentence_is_letter(
             pm_sentence_class(s + start, end - start, &size)) &&
         pm_sentence_skip_attached(s, end, start + size) == end;
}

/* The end of the blank that precedes `at`, in "z. B": `at` when none does. */
static size_t before_blank(const unsigned char *s, size_t first, size_t at) {
  size_t start = at;
  if (at > first &&
      pm_sentence_class_before(s, first, at, &start) == PM_SENTENCE_SPACE)
    return start;
  return at;
}

/* The bytes that an article or preposition takes that lost its vowel, in
 * Italian and French: "l'", "dell'", "qu'". Never all but one letter. */
static size_t elided(const pm_sentence_word *w) {
  const unsigned char *s = (const unsigned char *)w->text;
  for (size_t at = 1; at < w->len && at < 8; at++) {
    size_t end = skip_apostrophe(s, w->len, at);
    if (end > at)
      return strchr("lLdDnNcCsSmMjJtTuU", s[at - 1]) && end + 1 < w->len ? end
                                                                         : 0;
  }
  return 0;
}

static void make_empty(pm_sentence_word *w) {
  w->len = w->tail = 0;
  w->kind = PM_WORD_IS_OTHER;
  w->capital = w->shouts = 0;
}

/* Puts the parts of a spaced acronym, of which the last is the letter from
 * w->start to `at`, in front of each other: "z." and "B" make "z.B". */
static void join_letters(pm_sentence_word *w, const unsigned char *s,
                         size_t first, size_t at) {
  char *const back = w->text + sizeof w->text;
  size_t size = at - w->start;
  char *front = back - size;
  memcpy(front, s + w->start, size);
  for (size_t end = at; is_one_letter(s, w->start, end);) {
    end = before_blank(s, first, w->start);
    if (end == w->start || end == first || s[end - 1] != '.')
      break;
    end--;
    size_t start = word_start(s, first, end);
    size = end - start;
    if (!is_one_letter(s, start, end) || size >= (size_t)(front - w->text))
      break;
    *--front = '.';
    memcpy(front -= size, s + start, size);
    w->start = start;
  }
  w->len = (size_t)(back - front);
  memmove(w->text, front, w->len);
}

void pm_sentence_word_before(pm_sentence_word *w, const unsigned char *s,
                             size_t first, size_t at) {
  w->start = word_start(s, first, at);
  w->len = at - w->start;
  if (w->len == 0 || w->len > PM_SENTENCE_WORD_MAX) {
    make_empty(w);
    return;
  }
  if (is_one_letter(s, w->start, at))
    join_letters(w, s, first, at);
  else
    memcpy(w->text, s + w->start, w->len);
  classify(w);
  w->tail = elided(w);
}

void pm_sentence_word_after(pm_sentence_word *w, const unsigned char *s,
                            size_t len, size_t at) {
  w->start = at;
  size_t end = at, letters = 0;
  while (end < len && end - at < PM_SENTENCE_WORD_MAX) {
    unsigned size, c = pm_sentence_class(s + end, len - end, &size);
    if (!pm_sentence_is_letter(c) && !pm_sentence_is_skipped(c))
      break;
    letters += pm_sentence_is_letter(c) ? 1 : 0;
    end += size;
  }
  w->len = end - at;
  if (w->len == 0) {
    make_empty(w);
    return;
  }
  memcpy(w->text, s + at, w->len);
  w->tail = 0;
  if (letters == 1 && skip_apostrophe(s, len, end) > end)
    w->text[w->len++] = '\'';
  classify(w);
}

int pm_sentence_word_in(const pm_sentence_word *w, const pm_string_set *set) {
  if (!set || w->len == 0)
    return 0;
  if (pm_string_set_holds(set, w->hash, w->text, w->len) ||
      (w->capital &&
       pm_string_set_holds(set, w->lower_hash, w->lower, w->lower_len)))
    return 1;
  if (w->tail > 0 &&
      pm_string_set_has(set, w->text + w->tail, w->len - w->tail))
    return 1;
  if (!w->shouts)
    return 0;
  /* "MR": the capital as it is, the rest in lower case */
  const char *rest = w->text, *lower = w->lower;
  pm_utf8_next(&rest);
  pm_utf8_next(&lower);
  char title[sizeof w->text + sizeof w->lower];
  size_t head = (size_t)(rest - w->text);
  size_t tail = w->lower_len - (size_t)(lower - w->lower);
  memcpy(title, w->text, head);
  memcpy(title + head, lower, tail);
  return pm_string_set_has(set, title, head + tail);
}
