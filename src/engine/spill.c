#include "engine/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int pm_spill_create(const char *folder) {
  int fd = open(folder, O_TMPFILE | O_RDWR, 0600);
  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
    return fd;
  /* A file system without nameless files: make one and take its name away. */
  char path[4096];
  int n = snprintf(path, sizeof path, "%s/.pumice-spill.XXXXXX", folder);
  if (n < 0 || (size_t)n >= sizeof path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  fd = mkstemp(path);
  if (fd >= 0)
    unlink(path);
  return fd;
}

int pm_spill_open(const char *path) {
  return open(path, O_RDWR | O_CREAT, 0600);
}

int pm_spill_write(int fd, const char *data, size_t len, uint64_t offset) {
  while (len > 0) {
    ssize_t n = pwrite(fd, data, len, (off_t)offset);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return -1;
    data += n;
    len -= (size_t)n;
    offset += (uint64_t)n;
  }
  return 0;
}

int pm_spill_read(int fd, char *data, size_t len, uint64_t offset) {
  while (len > 0) {
    ssize_t n = pread(fd, data, len, (off_t)offset);
    if (n < 0 && errno == EINTR)
      continue;
    if (n == 0)
      errno = EIO;
    if (n <= 0)
      return -1;
    data += n;
    len -= (size_t)n;
    offset += (uint64_t)n;
  }
  return 0;
}
