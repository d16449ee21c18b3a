/*
 * A spill: a file without a name that holds what a barrier must keep of the
 * documents, in compressed chunks. The parent appends; workers inherit the
 * descriptor and read any chunk back.
 */
#ifndef PM_SPILL_H
#define PM_SPILL_H

#include <stddef.h>
#include <stdint.h>

/* Opens the spill called `path`, made if need be; pm_scratch_open gives one
 * without a name. Returns a descriptor, which child processes inherit, or -1
 * with errno set. */
int pm_spill_open(const char *path);

/* Reads exactly `len` bytes from `offset`. Returns 0, or -1 with errno set
 * (EIO when the file ends before). */
int pm_spill_read(int fd, char *data, size_t len, uint64_t offset);

#endif
