#include "data/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int sync_with(int (*sync)(int), const char *folder) {
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return -1;
  /* Some file systems cannot sync a folder and say EINVAL. */
  int status = sync(fd) != 0 && errno != EINVAL ? -1 : 0;
  close(fd);
  return status;
}

int pm_folder_sync_all(const char *folder) {
  return sync_with(syncfs, folder);
}

int pm_folder_sync(const char *folder) {
  return sync_with(fsync, folder);
}

/* A new name is on the disk only when the folder is. */
int pm_folder_rename(const char *from, const char *to) {
  if (rename(from, to) != 0)
    return -1;
  char *path = strdup(to);
  int status = path ? pm_folder_sync(dirname(path)) : -1;
  free(path);
  return status;
}

bool pm_folder_can_name(const char *path) {
  struct stat there, above;
  if (lstat(path, &there) != 0)
    return errno == ENOENT;
  char *copy = strdup(path);
  int status = copy ? stat(dirname(copy), &above) : -1;
  free(copy);
  if (status != 0)
    return false;
  errno = !S_ISDIR(there.st_mode)        ? ENOTDIR
          : there.st_dev != above.st_dev ? EXDEV
                                         : 0;
  return errno == 0;
}

int pm_folder_hold(const char *folder) {
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return -1;
  struct stat held, named;
  int why = flock(fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
  bool there = why != EWOULDBLOCK && fstat(fd, &held) == 0 &&
               stat(folder, &named) == 0 && held.st_dev == named.st_dev &&
               held.st_ino == named.st_ino;
  if (there)
    return fd;
  close(fd);
  errno = why == EWOULDBLOCK ? EWOULDBLOCK : ENOENT;
  return -1;
}
