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

/* Fills in the word from the bytes of `text`: what it is like. The characters
 * are letters, marks, digits, dots, apostrophes and &. */
static void classify(pm_sentence_word *w) {
  const unsigned char *s = (const unsigned char *)w->text;
  size_t letters = 0, digits = 0, dots = 0, others = 0, longest = 0, run = 0;
  size_t capitals = 0;
  unsigned size;
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
    if (w->lower_len + size > sizeof w->lower - 4)
      break;
    const char *p = w->text + at;
    w->lower_len += pm_utf8_write(
        w->lower + w->lower_len,
        (uint32_t)utf8proc_tolower((utf8proc_int32_t)pm_utf8_next(&p)));
  }
  w->shouts = letters > 1 && capitals == letters;
  if (digits > 0)
    w->kind = letters + dots + others ? PM_WORD_IS_OTHER : PM_WORD_IS_NUMBER;
  else if (dots > 0)
    w->kind =
        longest <= 2 && others == 0 ? PM_WORD_IS_ACRONYM : PM_WORD_IS_OTHER;
  else if (letters > 0)
    w->kind =
        letters == 1 && others == 0 ? PM_WORD_IS_INITIAL : PM_WORD_IS_LETTERS;
}

/* Where the word that ends at `end` begins: its letters, digits and inner
 * dots, apostrophes and &. */
static size_t word_start(const unsigned char *s, size_t first, size_t end) {
  size_t at = end, start = end;
  while (at > first && end - at < PM_SENTENCE_WORD_MAX) {
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

pm_sentence_word pm_sentence_word_before(const unsigned char *s, size_t first,
                                         size_t at) {
  pm_sentence_word w = {.start = word_start(s, first, at)};
  size_t size = at - w.start;
  if (size == 0 || size > sizeof w.text - 8)
    return w;

  /* Parts of a spaced acronym are put in front: "z." and "B" make "z.B". */
  char *front = w.text + sizeof w.text - size;
  memcpy(front, s + w.start, size);
  for (size_t end = at; is_one_letter(s, w.start, end);) {
    end = before_blank(s, first, w.start);
    if (end == w.start || end == first || s[end - 1] != '.')
      break;
    end--;
    size_t start = word_start(s, first, end);
    size = end - start;
    if (!is_one_letter(s, start, end) || size >= (size_t)(front - w.text))
      break;
    *--front = '.';
    memcpy(front -= size, s + start, size);
    w.start = start;
  }
  w.len = (size_t)(w.text + sizeof w.text - front);
  memmove(w.text, front, w.len);
  classify(&w);
  return w;
}

pm_sentence_word pm_sentence_word_after(const unsigned char *s, size_t len,
                                        size_t at) {
  pm_sentence_word w = {.start = at};
  size_t end = at, letters = 0;
  while (end < len && end - at < sizeof w.text - 8) {
    unsigned size, c = pm_sentence_class(s + end, len - end, &size);
    if (!pm_sentence_is_letter(c) && !pm_sentence_is_skipped(c))
      break;
    letters += pm_sentence_is_letter(c) ? 1 : 0;
    end += size;
  }
  w.len = end - at;
  memcpy(w.text, s + at, w.len);
  if (letters == 1 && skip_apostrophe(s, len, end) > end)
    w.text[w.len++] = '\'';
  classify(&w);
  return w;
}

int pm_sentence_word_in(const pm_sentence_word *w, const pm_string_set *set) {
  if (!set || w->len == 0)
    return 0;
  if (pm_string_set_has(set, w->text, w->len) ||
      (w->capital && pm_string_set_has(set, w->lower, w->lower_len)))
    return 1;
  if (!w->shouts)
    return 0;
  /* "MR": the capital as it is, the rest in lower case */
  const char *rest = w->text, *lower = w->lower;
  pm_utf8_next(&rest);
  pm_utf8_next(&lower);
  char title[PM_SENTENCE_WORD_MAX];
  size_t head = (size_t)(rest - w->text);
  size_t tail = w->lower_len - (size_t)(lower - w->lower);
  memcpy(title, w->text, head);
  memcpy(title + head, lower, tail);
  return pm_string_set_has(set, title, head + tail);
}
