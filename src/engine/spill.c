#include "engine/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

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
