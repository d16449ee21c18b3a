/* The pieces of a text between separators. */
#ifndef PM_TEXT_SPLIT_H
#define PM_TEXT_SPLIT_H

#include <stddef.h>

#include "text/spans.h"

typedef struct pm_split {
  const char *text;
  size_t len;
  const char *separator;
  size_t width; /* of the separator, >= 1 */
  size_t at;
  int over; /* the last piece was given */
} pm_split;

/* text [len], len <= PM_TEXT_MAX, and separator [width] must stay in use. */
static inline pm_split pm_split_begin(const char *text, size_t len,
                                      const char *separator, size_t width) {
  return (pm_split){text, len, separator, width, 0, 0};
}

/* Writes the next pieces, empty ones too, to `out` [room], room >= 1, and
 * returns how many; 0 at the end. There is one more piece than separators. */
size_t pm_split_next(pm_split *it, pm_span *out, size_t room);

#endif
