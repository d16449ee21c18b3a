/*
 * An input over a fuzzer's bytes. All of them read the same file in memory,
 * one at a time, as standard input, which is never closed: to make files takes
 * longer than to read them.
 */
#ifndef PM_FUZZ_INPUT_H
#define PM_FUZZ_INPUT_H

#include <sys/mman.h>
#include <unistd.h>

#include "data/input.h"
#include "fuzz.h"

static inline pm_input *fuzz_input(const void *data, size_t size,
                                   size_t max_record) {
  static size_t written = SIZE_MAX;
  if (written == SIZE_MAX) {
    int fd = memfd_create("input", MFD_CLOEXEC);
    require(fd >= 0 && dup2(fd, STDIN_FILENO) == STDIN_FILENO);
    close(fd);
  }
  require(pwrite(STDIN_FILENO, data, size, 0) == (ssize_t)size);
  require(written <= size || ftruncate(STDIN_FILENO, (off_t)size) == 0);
  written = size;
  lseek(STDIN_FILENO, 0, SEEK_SET);
  pm_input *in =
      pm_input_new(STDIN_FILENO, max_record, (pm_inflate_room){32, 12});
  require(in != NULL);
  return in;
}

#endif
