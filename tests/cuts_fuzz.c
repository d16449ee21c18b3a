/*
 * A file looked at in windows of any size is cut into blocks where going
 * through all of it byte by byte cuts it, up to the first line that is too
 * long; and each end has the number of lines before it.
 */
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

#include "data/cuts.h"
#include "fuzz.h"

/* What is read at once ends within the input when the long line before the
 * input is there, too. */
enum { FILLED = 128 * 1024 - 40, SIZE = 4096, MOST = SIZE + 2 };

typedef struct plain {
  pm_cuts_end ends[MOST];
  size_t count;
  uint64_t lines; /* of all that was gone through */
  bool is_long;
} plain;

static void cut_plainly(const char *data, size_t from, size_t upto, size_t step,
                        size_t longest, plain *out) {
  uint64_t multiple = (from / step + 1) * step;
  out->count = 0;
  out->lines = 0;
  out->is_long = false;
  for (size_t at = from; at < upto; at++) {
    bool wanted = at + 1 >= multiple, ends = data[at] == '\n';
    out->is_long = wanted && at + (ends ? 0 : 1) - multiple + 1 > longest;
    if (out->is_long)
      return;
    out->lines += ends;
    if (!ends || !wanted)
      continue;
    out->ends[out->count++] = (pm_cuts_end){at + 1, out->lines};
    multiple = ((at + 1) / step + 1) * step;
  }
}

/* A file in memory, the long line and the input. */
static int file_of(const uint8_t *input, size_t size, char *data) {
  static int fd = -1;
  if (fd < 0) {
    memset(data, 'x', FILLED);
    fd = memfd_create("cuts", MFD_CLOEXEC);
    require(fd >= 0 && pwrite(fd, data, FILLED, 0) == FILLED);
  }
  memcpy(data + FILLED, input, size);
  require(pwrite(fd, input, size, FILLED) == (ssize_t)size);
  require(ftruncate(fd, (off_t)(FILLED + size)) == 0);
  return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size) {
  static char data[FILLED + SIZE];
  static plain expected;
  static pm_cuts_end ends[MOST];
  bool is_filled = fuzz_choice(&input, &size) % 64 == 1;
  size_t step = fuzz_choice(&input, &size) + 1;
  size_t window = fuzz_choice(&input, &size) + 1;
  size_t longest = fuzz_choice(&input, &size);
  if (size > SIZE)
    return 0;
  size_t from = FILLED;
  window += size / 4; /* each takes its time */
  if (is_filled) {
    step *= 1024;
    window = window * 1024 + FILLED / 4;
    longest += FILLED / 2;
    from = 0;
  }
  int fd = file_of(input, size, data);
  size_t end = FILLED + size, found = 0;
  cut_plainly(data, from, end, step, longest, &expected);
  uint64_t lines = 0, last = from;
  pm_cuts cuts = {0};
  for (size_t at = from; at < end && !cuts.is_long; at += window) {
    size_t upto = end - at < window ? end : at + window;
    require(pm_cuts_find(fd, at, upto, step, longest, &cuts, ends) == 0);
    require(cuts.count <= pm_cuts_most(at, upto, step));
    for (size_t i = 0; i < cuts.count; i++) {
      if (ends[i].offset <= last)
        continue; /* the window before had it, behind its own end */
      require(found < expected.count);
      last = ends[i].offset;
      require(last == expected.ends[found].offset);
      require(lines + ends[i].lines == expected.ends[found++].lines);
    }
    lines += cuts.lines;
  }
  require(found == expected.count && cuts.is_long == expected.is_long);
  require(cuts.is_long || lines == expected.lines);
  return 0;
}
