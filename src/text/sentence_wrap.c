#include "text/sentence_wrap.h"

#include <string.h>

#include "text/sentence_scan.h"

enum { NARROWEST = 40, WIDEST = 100 };

static int is_line_end(unsigned char c) {
  return c == '\n' || c == '\r';
}

typedef struct line {
  size_t next;       /* where the next line starts */
  size_t characters; /* without the white space at its ends */
  size_t first_word; /* characters of its first word */
} line;

static line read_line(const unsigned char *s, size_t len, size_t at) {
  line l = {0};
  size_t blanks = 0;
  int in_first = 1;
  for (; at < len && !is_line_end(s[at]); at++) {
    if (s[at] == ' ' || s[at] == '\t') {
      blanks += l.characters > 0 ? 1 : 0;
      in_first &= l.characters == 0;
    } else if ((s[at] & 0xC0) != 0x80) {
      l.characters += blanks + 1;
      blanks = 0;
      l.first_word += (size_t)in_first;
    }
  }
  if (at < len)
    at += s[at] == '\r' && at + 1 < len && s[at + 1] == '\n' ? 2 : 1;
  l.next = at;
  return l;
}

/* The start of the line that `at` is in. */
static size_t line_start(const unsigned char *s, size_t first, size_t at) {
  while (at > first && !is_line_end(s[at - 1]))
    at--;
  return at;
}

/* Measures the paragraph that the line from `start` on begins, up to its blank
 * line. Two passes: the width, then how many lines are full. */
static pm_wrapping measure(const unsigned char *s, size_t len, size_t start) {
  size_t width = 0, at = start;
  for (line l; at < len; at = l.next) {
    l = read_line(s, len, at);
    if (l.characters == 0 && at > start)
      break;
    if (l.characters > width)
      width = l.characters;
  }
  pm_wrapping w = {at, 0};
  if (width < NARROWEST || width > WIDEST)
    return w;
  size_t lines = 0, full = 0;
  line l = read_line(s, len, start);
  for (at = l.next; at < w.end; at = l.next) {
    line next = read_line(s, len, at);
    lines++;
    full += l.characters + 1 + next.first_word > width;
    l = next;
  }
  if (lines >= 2 && full * 5 >= lines * 4)
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
