/*
 * Lines and paragraphs.
 *
 * A line ends at LF, CR LF, CR, NEL (U+0085), LS (U+2028) or PS (U+2029): where
 * UAX #29 ends a sentence whatever stands there. A last line that is empty is
 * no line. Paragraphs are parted by lines of white space alone and by PS.
 */
#ifndef PM_TEXT_LINES_H
#define PM_TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "text/spans.h"

enum pm_lines_flags {
  PM_LINES_ENDS = 1,     /* with the line ends: together they are the text */
  PM_LINES_NO_EMPTY = 2, /* without the lines that have no character */
};

typedef struct pm_lines {
  const unsigned char *text;
  size_t len;
  size_t at;
  int flags;    /* for paragraphs: `all` */
  size_t clear; /* up to here LF alone ends the lines that are left */
  bool stops;   /* what stands there ends a line, too */
} pm_lines;

/* text [len], len <= PM_TEXT_MAX, any bytes; it must stay while in use. */
static inline pm_lines pm_lines_begin(const char *text, size_t len, int flags) {
  return (pm_lines){
      .text = (const unsigned char *)text, .len = len, .flags = flags};
}

/* Both write the next spans to `out` [room], room >= 1, and return how many; 0
 * at the end. They cannot fail and allocate nothing. */
size_t pm_lines_next(pm_lines *it, pm_span *out, size_t room);

/* Without the white space around them; with `all` each with what precedes the
 * first or follows it, so that together they are the text. */
size_t pm_paragraphs_next(pm_lines *it, pm_span *out, size_t room);

#endif
