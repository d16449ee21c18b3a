/*
 * Plain bytes from a descriptor that holds plain, gzip or zstd bytes.
 */
#ifndef PM_INFLATE_H
#define PM_INFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pm_inflate pm_inflate;

/* How much memory it takes. */
typedef struct pm_inflate_room {
  size_t kept;    /* >= 16: so many packed bytes that it went through stay at
                     hand to find the next member behind damage; it reads twice
                     as many at a time */
  int window_log; /* >= 10: zstd frames with a larger window are refused */
} pm_inflate_room;

/* 128 MiB of window, as the zstd tool has it. */
extern const pm_inflate_room pm_inflate_usual;

/* Takes over `fd`. Of a file, what is there now is read: not what is appended
 * later. NULL when memory is short (`fd` stays the caller's). */
pm_inflate *pm_inflate_new(int fd, pm_inflate_room room);
void pm_inflate_free(pm_inflate *z);

/* Reads up to `size` (>= 1) plain bytes into `out`. Returns how many, 0 at a
 * clean end, -1 at an error, which stays. */
ptrdiff_t pm_inflate_read(pm_inflate *z, char *out, size_t size);

/* After an error: goes on at the next gzip member or zstd frame, if the data
 * was damaged and there is one. What is between is lost. */
bool pm_inflate_recover(pm_inflate *z);

/* Whether the bytes come as they stand in the file; known after a read. */
bool pm_inflate_plain(const pm_inflate *z);

/* After an error: whether the file could not be read, whatever is in it; also
 * when it became shorter meanwhile. */
bool pm_inflate_unread(const pm_inflate *z);

/* Goes to a byte of the file, where the bytes come as they stand in it.
 * Returns whether that was possible: not in a pipe, nor behind the end. */
bool pm_inflate_seek(pm_inflate *z, uint64_t offset);

/* "gzip: the data ends too early, at byte 713 of the file" */
const char *pm_inflate_error(const pm_inflate *z);

/* Bytes taken from the file so far, as they stand there. */
uint64_t pm_inflate_taken(const pm_inflate *z);

#endif
