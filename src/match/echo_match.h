/* Windows that documents told (echo.h), and which of them stood earlier. */
#ifndef PM_ECHO_MATCH_H
#define PM_ECHO_MATCH_H

#include <stddef.h>
#include <stdint.h>

#include "match/places.h"

typedef struct pm_echo_told {
  uint32_t doc;
  const char *windows; /* as pm_echo_windows writes them */
  size_t len;
} pm_echo_told;

/* Bytes of a document that stand in an earlier one, `from`. */
typedef struct pm_echo_found {
  uint32_t doc, from;
  uint32_t start, end; /* `end` excluded */
} pm_echo_found;

/* Returns how many windows a document told; SIZE_MAX when the bytes are none
 * that pm_echo_windows has written. */
size_t pm_echo_told_count(const pm_echo_told *told);

/*
 * Finds the windows that an earlier document has as well, joined where one
 * follows the other byte by byte.
 *
 *   told   [docs]  in ascending order, each document once
 *   place  [2 * windows of all]  scratch
 *   high   [windows]             scratch
 *   from   [windows]             scratch
 *   out    [windows]
 *
 * Returns how many it wrote.
 */
size_t pm_echo_match(const pm_echo_told *told, uint32_t docs, uint32_t min,
                     pm_place *place, uint64_t *high, uint32_t *from,
                     pm_echo_found *out);

#endif
