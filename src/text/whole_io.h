/*
 * Reads and writes that are whole: they go on after a signal, and after the
 * system has done a part of them.
 */
#ifndef PM_WHOLE_IO_H
#define PM_WHOLE_IO_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Return 0, or -1 with errno set. */
int pm_write_all(int fd, const char *data, size_t len);
int pm_write_at(int fd, const char *data, size_t len, uint64_t offset);

/* Reads up to `len` bytes from `offset`: fewer only where the file ends.
 * Returns how many, or -1 with errno set. */
ssize_t pm_read_at(int fd, char *data, size_t len, uint64_t offset);

/* The same from the file called `path`. */
ssize_t pm_read_range(const char *path, char *data, size_t len,
                      uint64_t offset);

#endif
