/*
 * Plain bytes from a descriptor that holds plain, gzip or zstd bytes.
 */
#ifndef PM_INFLATE_H
#define PM_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pm_inflate pm_inflate;

/* Takes over `fd`. NULL when memory is short (`fd` stays the caller's). */
pm_inflate *pm_inflate_new(int fd);
void pm_inflate_free(pm_inflate *z);

/* Reads up to `size` (>= 1) plain bytes into `out`. Returns how many, 0 at a
 * clean end, -1 at an error, which stays. */
ptrdiff_t pm_inflate_read(pm_inflate *z, char *out, size_t size);

/* After an error: goes on at the next gzip member or zstd frame, if the data
 * was damaged and there is one. What is between is lost. */
bool pm_inflate_recover(pm_inflate *z);

/* Whether the bytes come as they stand in the file; known after a read. */
bool pm_inflate_plain(const pm_inflate *z);

/* After an error: whether the file could not be read, whatever is in it. */
bool pm_inflate_unread(const pm_inflate *z);

/* "gzip: the data ends too early, at byte 713 of the file" */
const char *pm_inflate_error(const pm_inflate *z);

/* Bytes taken from the file so far, as they stand there. */
uint64_t pm_inflate_taken(const pm_inflate *z);

#endif
