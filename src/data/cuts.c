#include "data/cuts.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "data/line_block.h"

enum { PIECE = 128 * 1024 };

/* A walk through a window; bytes before `at` are behind it. */
typedef struct walk {
  uint64_t at, lines;
  uint64_t multiple; /* of the step, to which the next end belongs */
  uint64_t upto;
  size_t step, longest;
  bool over;
  pm_cuts *cuts;
  pm_cuts_end *ends;
} walk;

size_t pm_cuts_most(uint64_t from, uint64_t upto, size_t step) {
  return (size_t)(upto / step - from / step) + 1;
}

/* Counts up to the place where an end may be, or the window ends. */
static size_t count(walk *w, const char *data, size_t len) {
  uint64_t stop = w->multiple - 1 < w->upto ? w->multiple - 1 : w->upto;
  size_t n = stop - w->at < len ? (size_t)(stop - w->at) : len;
  w->lines += pm_line_feeds(data, n);
  return n;
}

/* Looks for the end of the line, but not across the end of the window. */
static size_t seek(walk *w, const char *data, size_t len) {
  size_t n = len;
  if (w->at < w->upto && w->upto - w->at < len)
    n = (size_t)(w->upto - w->at);
  const char *end = memchr(data, '\n', n);
  if (end)
    n = (size_t)(end - data);
  w->cuts->is_long = w->over = w->at + n - w->multiple + 1 > w->longest;
  if (!end || w->over)
    return n;
  n++;
  w->lines++;
  w->ends[w->cuts->count++] = (pm_cuts_end){w->at + n, w->lines};
  w->multiple = ((w->at + n) / w->step + 1) * w->step;
  return n;
}

static void take(walk *w, const char *data, size_t len) {
  while (len > 0 && !w->over) {
    bool within = w->at < w->upto;
    size_t n =
        w->at < w->multiple - 1 ? count(w, data, len) : seek(w, data, len);
    w->at += n;
    data += n;
    len -= n;
    if (within && w->at >= w->upto)
      w->cuts->lines = w->lines;
    w->over = w->over || (w->at >= w->upto && w->multiple > w->upto);
  }
}

int pm_cuts_find(int fd, uint64_t from, uint64_t upto, size_t step,
                 size_t longest, pm_cuts *cuts, pm_cuts_end *ends) {
  *cuts = (pm_cuts){0};
  walk w = {.at = from,
            .multiple = (from / step + 1) * step,
            .upto = upto,
            .step = step,
            .longest = longest,
            .over = from >= upto,
            .cuts = cuts,
            .ends = ends};
  char data[PIECE];
  while (!w.over) {
    ssize_t n = pread(fd, data, PIECE, (off_t)w.at);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return -1;
    if (n == 0) {
      if (w.at < upto)
        cuts->lines = w.lines;
      return 0;
    }
    take(&w, data, (size_t)n);
  }
  return 0;
}
