#include "text/lines.h"

#include "text/class.h"
#include "text/sentences.h"

/* LF, CR, and the first bytes of NEL, LS and PS: a byte that is none of them
 * ends no line. */
static const unsigned char may_end[256] = {
    ['\n'] = 1, ['\r'] = 1, [0xC2] = 1, [0xE2] = 1};

/* Where the line from `at` on ends, and in `*next` where the next one starts;
 * `*parts` is set when that is PS, which ends a paragraph too. */
static size_t line_end(const unsigned char *s, size_t len, size_t at,
                       size_t *next, int *parts) {
  *parts = 0;
  for (; at < len; at++) {
    if (!may_end[s[at]])
      continue;
    size_t left = len - at;
    *next = at;
    if (s[at] == '\n')
      *next = at + 1;
    else if (s[at] == '\r')
      *next = at + 1 + (left > 1 && s[at + 1] == '\n');
    else if (s[at] == 0xC2 && left > 1 && s[at + 1] == 0x85)
      *next = at + 2;
    else if (s[at] == 0xE2 && left > 2 && s[at + 1] == 0x80 &&
             (s[at + 2] == 0xA8 || s[at + 2] == 0xA9)) {
      *next = at + 3;
      *parts = s[at + 2] == 0xA9;
    }
    if (*next > at)
      return at;
  }
  return *next = len;
}

size_t pm_lines_next(pm_lines *it, pm_span *out, size_t room) {
  size_t count = 0, next;
  int parts;
  while (count < room && it->at < it->len) {
    size_t end = line_end(it->text, it->len, it->at, &next, &parts);
    if (end > it->at || !(it->flags & PM_LINES_NO_EMPTY)) {
      if (it->flags & PM_LINES_ENDS)
        end = next;
      out[count++] = (pm_span){(uint32_t)it->at, (uint32_t)end};
    }
    it->at = next;
  }
  return count;
}

/* The end of the paragraph from `at` on, with the blank lines after it. The
 * lines before its first character belong to it. */
static size_t paragraph_end(const unsigned char *s, size_t len, size_t at) {
  int begun = 0, over = 0;
  while (at < len) {
    size_t next;
    int parts;
    size_t end = line_end(s, len, at, &next, &parts);
    pm_span line = {(uint32_t)at, (uint32_t)end};
    line = pm_span_trim(s, line);
    int blank = line.start == line.end;
    if (over && !blank)
      return at;
    begun |= !blank;
    over |= begun && (blank || parts);
    at = next;
  }
  return at;
}

size_t pm_paragraphs_next(pm_lines *it, pm_span *out, size_t room) {
  size_t count = 0;
  while (count < room && it->at < it->len) {
    size_t end = paragraph_end(it->text, it->len, it->at);
    pm_span span = {(uint32_t)it->at, (uint32_t)end};
    if (!it->flags)
      span = pm_span_trim(it->text, span);
    if (span.start < span.end)
      out[count++] = span;
    it->at = end;
  }
  return count;
}
