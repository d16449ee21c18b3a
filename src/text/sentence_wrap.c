#include "text/sentence_wrap.h"

#include <string.h>

#include "text/utf8.h"
#include "text/vector.h"

enum { NARROWEST = 40, WIDEST = 100, KEPT = 64 };

static int is_line_end(unsigned char c) {
  return c == '\n' || c == '\r';
}

typedef struct line {
  size_t next;       /* where the next line starts */
  size_t characters; /* without the white space at its ends */
  size_t first_word; /* characters of its first word */
} line;

static int is_blank(unsigned char c) {
  return c == ' ' || c == '\t';
}

static size_t find_line_end(const unsigned char *s, size_t len, size_t at) {
  for (; len - at >= PM_VECTOR; at += PM_VECTOR) {
    pm_vector v = pm_vector_load((const char *)s + at);
    pm_vector hit = (pm_vector)(v == '\n') | (pm_vector)(v == '\r');
    if (pm_vector_any(hit))
      return at + pm_vector_first(hit);
  }
  while (at < len && !is_line_end(s[at]))
    at++;
  return at;
}

/* Eight bytes at a time: those that continue a character have bit 7 and not
 * bit 6. */
static size_t count_characters(const unsigned char *s, size_t at, size_t end) {
  const uint64_t ones = 0x0101010101010101;
  size_t count = end - at;
  for (; end - at >= 8; at += 8) {
    uint64_t x;
    memcpy(&x, s + at, 8);
    count -= ((x & ~(x << 1)) >> 7 & ones) * ones >> 56;
  }
  for (; at < end; at++)
    count -= (size_t)pm_utf8_is_tail(s[at]);
  return count;
}

static line read_line(const unsigned char *s, size_t len, size_t at) {
  line l = {0};
  size_t end = find_line_end(s, len, at);
  l.next = end;
  if (end < len)
    l.next += s[end] == '\r' && end + 1 < len && s[end + 1] == '\n' ? 2 : 1;
  while (at < end && (is_blank(s[at]) || pm_utf8_is_tail(s[at])))
    at++;
  while (at < end && (is_blank(s[end - 1]) || pm_utf8_is_tail(s[end - 1])))
    end--;
  l.characters = count_characters(s, at, end);
  for (; at < end && !is_blank(s[at]); at++)
    l.first_word += (size_t)!pm_utf8_is_tail(s[at]);
  return l;
}

/* The start of the line that `at` is in. */
static size_t line_start(const unsigned char *s, size_t first, size_t at) {
  while (at > first && !is_line_end(s[at - 1]))
    at--;
  return at;
}

/* Measures the paragraph that the line from `start` on begins, up to its blank
 * line: first the width, then how many lines are full. Lines are kept for that,
 * or read again when there are many. */
static pm_wrapping measure(const unsigned char *s, size_t len, size_t start) {
  line kept[KEPT];
  size_t width = 0, at = start, count = 0;
  for (line l; at < len; at = l.next) {
    l = read_line(s, len, at);
    if (l.characters == 0 && at > start)
      break;
    if (l.characters > width)
      width = l.characters;
    if (count < KEPT)
      kept[count] = l;
    count++;
  }
  pm_wrapping w = {at, 0};
  if (count < 3 || width < NARROWEST || width > WIDEST)
    return w;
  size_t full = 0;
  line l = kept[0];
  for (size_t i = 1; i < count; i++) {
    line next = i < KEPT ? kept[i] : read_line(s, len, l.next);
    full += l.characters + 1 + next.first_word > width;
    l = next;
  }
  if (full * 5 >= (count - 1) * 4)
    w.width = width;
  return w;
}

int pm_sentence_is_wrapped(pm_wrapping *w, const unsigned char *text,
                           size_t len, size_t at) {
  if (at >= w->end) /* the last paragraph measured ends before a blank line */
    *w = measure(text, len, line_start(text, w->end, at));
  if (w->width == 0)
    return 0;
  line this = read_line(text, len, line_start(text, 0, at));
  line next = read_line(text, len, this.next);
  return this.characters + 1 + next.first_word > w->width;
}
