/*
 * Frames: plain bytes as one gzip member or zstd frame. A file of several is a
 * whole gzip or zstd file, and the same bytes always give the same frame.
 */
#ifndef PM_FRAME_H
#define PM_FRAME_H

#include <stddef.h>

typedef enum pm_packing { PM_PLAIN, PM_GZIP, PM_ZSTD } pm_packing;

/* How a file of that name is packed. */
pm_packing pm_packing_of(const char *path);

/* Most bytes of a frame of `len` plain ones; 0 for PM_PLAIN. */
size_t pm_frame_bound(pm_packing packing, size_t len);

/* Makes a frame of `data` [len] in `out` [room], which is at least
 * pm_frame_bound(packing, len). Returns its length, 0 when memory is short. */
size_t pm_frame_pack(pm_packing packing, const char *data, size_t len,
                     char *out, size_t room);

#endif
