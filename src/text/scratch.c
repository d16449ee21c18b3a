#include "text/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int pm_scratch_open(const char *folder) {
  int fd = open(folder, O_TMPFILE | O_RDWR, 0600);
  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
    return fd;
  /* A file system without nameless files: make one and take its name away. */
  char path[4096];
  int n = snprintf(path, sizeof path, "%s/.pumice-scratch.XXXXXX", folder);
  if (n < 0 || (size_t)n >= sizeof path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  fd = mkstemp(path);
  if (fd >= 0)
    unlink(path);
  return fd;
}
