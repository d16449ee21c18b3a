/* Steps over text by sentence class, for the files that find sentence ends. */
#ifndef PM_TEXT_SENTENCE_SCAN_H
#define PM_TEXT_SENTENCE_SCAN_H

#include "text/class.h"
#include "text/vector.h"

/*
 * Is it, or does it begin, a character that may end a sentence or a line, or a
 * parenthesis? Of the bytes that begin a longer character those that begin one
 * which does.
 */
static inline int pm_sentence_may_stop(unsigned char c) {
  static const unsigned char stops[256] = {
      ['\n'] = 1,          ['\r'] = 1, ['!'] = 1,  ['('] = 1,  [')'] = 1,
      ['.'] = 1,           ['?'] = 1,  [0xC2] = 1, [0xD6] = 1, [0xD8] = 1,
      [0xDB] = 1,          [0xDC] = 1, [0xDF] = 1, [0xEA] = 1, [0xEF] = 1,
      [0xE0 ... 0xE3] = 1, [0xF0] = 1,
  };
  return stops[c];
}

/* Skips bytes that may not stop: nearly all. */
static inline size_t pm_sentence_skip_plain(const unsigned char *s, size_t len,
                                            size_t at) {
  for (; len - at >= PM_VECTOR; at += PM_VECTOR) {
    pm_vector v = pm_vector_load((const char *)s + at);
    pm_vector hit = (pm_vector)(v == '.') | (pm_vector)(v == '\n') |
                    (pm_vector)((v & 0xFE) == '(') | (pm_vector)(v == '?') |
                    (pm_vector)(v == '!') | (pm_vector)(v == '\r') | (v & 0x80);
    if (pm_vector_any(hit)) {
      at += pm_vector_first(hit);
      break;
    }
  }
  while (at < len && !pm_sentence_may_stop(s[at]))
    at++;
  return at;
}

/* The same where other ASCII marks may end sentences, too. */
static inline size_t pm_sentence_skip_unmarked(const unsigned char *s,
                                               size_t len, size_t at) {
  while (at < len && (s[at] == ' ' || (unsigned)(s[at] - '0') < 10 ||
                      (unsigned)((s[at] | 0x20) - 'a') < 26 ||
                      (s[at] >= 0x80 && !pm_sentence_may_stop(s[at]))))
    at++;
  return at;
}

static inline int pm_sentence_is_skipped(unsigned c) { /* SB5 */
  return c == PM_SENTENCE_EXTEND || c == PM_SENTENCE_FORMAT;
}

static inline int pm_sentence_is_separator(unsigned c) {
  return c >= PM_SENTENCE_SEP;
}

static inline int pm_sentence_is_terminator(unsigned c) {
  return c == PM_SENTENCE_ATERM || c == PM_SENTENCE_STERM;
}

static inline int pm_sentence_is_letter(unsigned c) {
  return c >= PM_SENTENCE_LOWER && c <= PM_SENTENCE_LETTER;
}

/* The end of what SB5 attaches to the character that ends at `at`. */
static inline size_t pm_sentence_skip_attached(const unsigned char *s,
                                               size_t len, size_t at) {
  while (at < len) {
    unsigned size;
    if (!pm_sentence_is_skipped(pm_sentence_class(s + at, len - at, &size)))
      break;
    at += size;
  }
  return at;
}

/* The end of a run of characters of class `wanted`. */
static inline size_t pm_sentence_skip_run(const unsigned char *s, size_t len,
                                          size_t at, unsigned wanted) {
  while (at < len) {
    unsigned size;
    if (pm_sentence_class(s + at, len - at, &size) != wanted)
      break;
    at = pm_sentence_skip_attached(s, len, at + size);
  }
  return at;
}

/* The class of the character that ends at `at` > first, and its start. */
static inline unsigned pm_sentence_class_before(const unsigned char *s,
                                                size_t first, size_t at,
                                                size_t *start) {
  *start = at - 1;
  unsigned size = 1;
  if (s[at - 1] < 0x80)
    return pm_sentence_class(s + at - 1, 1, &size);
  size = pm_class_before(s, first, at);
  *start = at - size;
  return pm_sentence_class(s + *start, size, &size);
}

/* The end of a separator of this class and size at `at`: CR LF is one. */
static inline size_t pm_sentence_after_separator(const unsigned char *s,
                                                 size_t len, size_t at,
                                                 unsigned class,
                                                 unsigned size) {
  at += size;
  return at + (class == PM_SENTENCE_CR && at < len && s[at] == '\n');
}

#endif
