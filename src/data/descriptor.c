#include "data/descriptor.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The number that `digits` write, or -1. */
static int number_of(const char *digits) {
  char *end;
  long n = strtol(digits, &end, 10);
  bool plain = *digits >= '0' && *digits <= '9' && *end == 0;
  return plain && n <= INT_MAX ? (int)n : -1;
}

int pm_descriptor_of(const char *path) {
  static const char *const names[] = {"stdin", "stdout", "stderr"};
  const char *slash = strrchr(path, '/');
  char folder[PATH_MAX], parent[PATH_MAX], ours[64];
  if (strcmp(path, "-") == 0)
    return STDOUT_FILENO;
  if (!slash || slash - path >= PATH_MAX)
    return -1;
  memcpy(parent, path, (size_t)(slash - path));
  parent[slash - path] = 0;
  if (!realpath(parent, folder))
    return -1;
  for (int i = 0; i < 3 && strcmp(folder, "/dev") == 0; i++)
    if (strcmp(slash + 1, names[i]) == 0)
      return i;
  snprintf(ours, sizeof ours, "/proc/%ld/fd", (long)getpid());
  return strcmp(folder, ours) == 0 ? number_of(slash + 1) : -1;
}
