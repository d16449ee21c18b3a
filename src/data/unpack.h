/*
 * Packed bytes in memory, unpacked at once.
 */
#ifndef PM_UNPACK_H
#define PM_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "text/buffer.h"

typedef enum pm_packing {
  PM_GZIP,
  PM_DEFLATE, /* with the header of zlib or, as some servers send it, bare */
  PM_ZSTD,
} pm_packing;

typedef enum pm_unpack_status {
  PM_UNPACK_OK,
  PM_UNPACK_CUT, /* the data ends too early; `out` has what there is */
  PM_UNPACK_DAMAGED,
  PM_UNPACK_LONG, /* more than `max` bytes, or a compression bomb: more than
                     200 times the data and 1 MiB */
  PM_UNPACK_MEMORY,
} pm_unpack_status;

/* Whether `data` [len] may be packed so. */
bool pm_unpack_begins(pm_packing packing, const char *data, size_t len);

/* Adds the plain bytes to `out`. Bytes behind the packed data are passed over,
 * members of gzip that follow are not. */
pm_unpack_status pm_unpack(pm_packing packing, const char *data, size_t len,
                           size_t max, pm_buffer *out);

#endif
