#include "text/split.h"

#include <string.h>

size_t pm_split_next(pm_split *it, pm_span *out, size_t room) {
  size_t count = 0;
  while (count < room && !it->over) {
    const char *found =
        memmem(it->text + it->at, it->len - it->at, it->separator, it->width);
    size_t end = found ? (size_t)(found - it->text) : it->len;
    out[count++] = (pm_span){(uint32_t)it->at, (uint32_t)end};
    it->at = end + it->width;
    it->over = !found;
  }
  return count;
}
