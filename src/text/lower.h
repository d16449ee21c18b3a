/* Lower case, one character to one: what Unicode calls simple mapping. */
#ifndef PM_TEXT_LOWER_H
#define PM_TEXT_LOWER_H

#include <stddef.h>

/*
 * Writes `text` [len] in lower case to `out` [pm_lower_size(len)] and returns
 * how many bytes that took. Malformed bytes stay as they are.
 */
size_t pm_lower(const char *text, size_t len, char *out);

/* Two bytes become three at most ("Ⱥ"). */
static inline size_t pm_lower_size(size_t len) {
  return len + len / 2;
}

#endif
