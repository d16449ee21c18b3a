#include "text/lines.h"

#include <string.h>

#include "text/class.h"
#include "text/sentences.h"

/* Bytes that are looked at for rarer ends in one go. */
#define AHEAD ((size_t)1 << 10)

/* How long the line end is that stands at s[at], other than LF; 0: none does.
 */
static size_t rarer_end(const unsigned char *s, size_t len, size_t at) {
  size_t left = len - at;
  if (s[at] == '\r')
    return left > 1 && s[at + 1] == '\n' ? 2 : 1;
  if (s[at] == 0xC2)
    return left > 1 && s[at + 1] == 0x85 ? 2 : 0;
  bool separator = s[at] == 0xE2 && left > 2 && s[at + 1] == 0x80 &&
                   (s[at + 2] == 0xA8 || s[at + 2] == 0xA9);
  return separator ? 3 : 0;
}

/* Where from `at` on and before `to` the first end of a line stands that begins
 * with this byte, or `to`. */
static size_t first_end(const pm_lines *it, size_t at, size_t to, int byte) {
  const unsigned char *hit;
  while ((hit = memchr(it->text + at, byte, to - at))) {
    at = (size_t)(hit - it->text);
    if (rarer_end(it->text, it->len, at) > 0)
      return at;
    at++;
  }
  return to;
}

/* Looks further ahead, for one after the other: memchr is several times as fast
 * as any look at single bytes. */
static void look_ahead(pm_lines *it) {
  size_t left = it->len - it->clear;
  size_t far = it->clear + (left < AHEAD ? left : AHEAD), to = far;
  to = first_end(it, it->clear, to, '\r');
  to = first_end(it, it->clear, to, 0xC2);
  to = first_end(it, it->clear, to, 0xE2);
  it->stops = to < far;
  it->clear = to;
}

/* Where the line from `at` on ends, and in `*next` where the next one starts.
 * `at` is where the last line started or a later one does. */
static size_t line_end(pm_lines *it, size_t at, size_t *next) {
  if (at > it->clear) {
    it->clear = at;
    it->stops = false;
  }
  for (;;) {
    const unsigned char *hit = memchr(it->text + at, '\n', it->clear - at);
    if (hit) {
      at = (size_t)(hit - it->text);
      *next = at + 1;
      return at;
    }
    at = it->clear;
    if (it->stops) {
      *next = at + rarer_end(it->text, it->len, at);
      return at;
    }
    if (at == it->len)
      return *next = at;
    look_ahead(it);
  }
}

size_t pm_lines_next(pm_lines *it, pm_span *out, size_t room) {
  size_t count = 0, next;
  while (count < room && it->at < it->len) {
    size_t end = line_end(it, it->at, &next);
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
static size_t paragraph_end(pm_lines *it, size_t at) {
  const unsigned char *s = it->text;
  bool begun = false, over = false;
  while (at < it->len) {
    size_t next, end = line_end(it, at, &next);
    bool parts = next - end == 3 && s[end + 2] == 0xA9; /* PS */
    pm_span line = {(uint32_t)at, (uint32_t)end};
    line = pm_span_trim(s, line);
    bool blank = line.start == line.end;
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
    size_t end = paragraph_end(it, it->at);
    pm_span span = {(uint32_t)it->at, (uint32_t)end};
    if (!it->flags)
      span = pm_span_trim(it->text, span);
    if (span.start < span.end)
      out[count++] = span;
    it->at = end;
  }
  return count;
}
