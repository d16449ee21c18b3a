#include "data/cuts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test.h"
#include "text/scratch.h"

enum { SIZE = 3000, MOST = SIZE + 1 };

/* The ends of a whole file, one byte after the other. */
static size_t plainly(const char *data, size_t len, size_t step,
                      pm_cuts_end *ends) {
  size_t count = 0;
  uint64_t lines = 0, multiple = step;
  for (size_t i = 0; i < len; i++) {
    lines += data[i] == '\n';
    if (data[i] == '\n' && i + 1 >= multiple) {
      ends[count++] = (pm_cuts_end){i + 1, lines};
      multiple = ((i + 1) / step + 1) * step;
    }
  }
  return count;
}

/* Whether windows of a file give the same, those that were given already, by
 * the window before, left out. */
static bool same_in_windows(int fd, const char *data, size_t len, size_t step,
                            size_t window) {
  static pm_cuts_end expected[MOST], ends[MOST];
  size_t count = plainly(data, len, step, expected), found = 0;
  uint64_t lines = 0, last = 0;
  bool same = true;
  for (size_t from = 0; from < len; from += window) {
    size_t upto = from + window < len ? from + window : len;
    pm_cuts cuts;
    if (pm_cuts_find(fd, from, upto, step, SIZE, &cuts, ends) != 0)
      return false;
    same = same && !cuts.is_long;
    for (size_t i = 0; i < cuts.count; i++) {
      if (ends[i].offset <= last)
        continue;
      last = ends[i].offset;
      same = same && found < count && last == expected[found].offset &&
             lines + ends[i].lines == expected[found].lines;
      found++;
    }
    lines += cuts.lines;
  }
  return same && found == count;
}

static int file_of(const char *data, size_t len) {
  int fd = pm_scratch_open("/tmp");
  if (fd < 0 || write(fd, data, len) != (ssize_t)len)
    abort();
  return fd;
}

static void ends_are_the_same_in_any_windows(void) {
  uint64_t state = 7;
  for (int i = 0; i < 200; i++) {
    char data[SIZE];
    size_t longest = 1 + (size_t)i % 90;
    for (size_t k = 0; k < SIZE; k++) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      data[k] = (state >> 33) % longest == 0 ? '\n' : 'x';
    }
    size_t len = SIZE - (size_t)i % 7;
    int fd = file_of(data, len);
    for (size_t step = 1; step < 200; step = step * 2 + 1) {
      check(same_in_windows(fd, data, len, step, step));
      check(same_in_windows(fd, data, len, step, step * 3));
      check(same_in_windows(fd, data, len, step, SIZE));
    }
    close(fd);
  }
}

static void a_line_that_is_too_long_is_told(void) {
  char data[SIZE];
  memset(data, 'x', SIZE);
  data[99] = data[149] = data[1999] = '\n';
  int fd = file_of(data, SIZE);
  pm_cuts cuts;
  pm_cuts_end ends[MOST];
  check(pm_cuts_find(fd, 0, SIZE, 100, 1801, &cuts, ends) == 0);
  check(!cuts.is_long && cuts.count == 2);
  check(ends[1].offset == 2000 && ends[1].lines == 3);
  check(pm_cuts_find(fd, 0, SIZE, 100, 1000, &cuts, ends) == 0);
  check(cuts.is_long && cuts.count == 1 && ends[0].offset == 100);
  check(pm_cuts_find(fd, 0, 0, 100, 1000, &cuts, ends) == 0);
  check(!cuts.is_long && cuts.count == 0 && cuts.lines == 0);
  check(pm_cuts_find(fd, 2500, 9000, 100, 5000, &cuts, ends) == 0);
  check(!cuts.is_long && cuts.count == 0 && cuts.lines == 0);
  close(fd);
  check(pm_cuts_find(-1, 0, 10, 100, 1000, &cuts, ends) == -1);
}

int main(void) {
  ends_are_the_same_in_any_windows();
  a_line_that_is_too_long_is_told();
  return done("cuts");
}
