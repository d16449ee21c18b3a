#include "engine/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/types.h>

#include "text/whole_io.h"

int pm_spill_open(const char *path) {
  return open(path, O_RDWR | O_CREAT, 0600);
}

int pm_spill_read(int fd, char *data, size_t len, uint64_t offset) {
  ssize_t got = pm_read_at(fd, data, len, offset);
  if (got >= 0 && (size_t)got < len)
    errno = EIO;
  return got == (ssize_t)len ? 0 : -1;
}
