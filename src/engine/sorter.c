#include "engine/sorter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/spill.h"
#include "text/scratch.h"
#include "text/whole_io.h"

/* A part of the file; when it is read, its share of the memory is a window
 * over it. */
struct pm_sorter_run {
  uint64_t offset, left; /* bytes of it, rows of it that are still there */
  uint64_t *window;
  size_t at, filled; /* rows in the window */
};

enum { LEAST_ROWS = 64 };

void pm_sorter_open(pm_sorter *s, size_t words, size_t memory,
                    const char *folder) {
  *s = (pm_sorter){.words = words, .folder = folder, .fd = -1};
  s->most = memory / (words * sizeof *s->row);
  if (s->most < LEAST_ROWS)
    s->most = LEAST_ROWS;
}

static int compare(const void *x, const void *y, void *words) {
  const uint64_t *a = x, *b = y;
  for (size_t i = 0; i < *(const size_t *)words; i++)
    if (a[i] != b[i])
      return a[i] < b[i] ? -1 : 1;
  return 0;
}

static size_t row_size(const pm_sorter *s) {
  return s->words * sizeof *s->row;
}

static void sort_rows(pm_sorter *s) {
  if (s->count)
    qsort_r(s->row, s->count, row_size(s), compare, &s->words);
}

/* Makes the array hold one more of `size` bytes; returns it, or NULL. */
static void *grow(void *array, size_t count, size_t *room, size_t size) {
  if (count < *room)
    return array;
  size_t more = *room ? *room * 2 : 16;
  void *larger = realloc(array, more * size);
  if (larger)
    *room = more;
  return larger;
}

/* Writes the rows in memory to the file as one more part of it. */
static int write_run(pm_sorter *s) {
  if (s->fd < 0 && (s->fd = pm_scratch_open(s->folder)) < 0)
    return -1;
  pm_sorter_run *runs = grow(s->run, s->runs, &s->room, sizeof *runs);
  if (!runs)
    return -1;
  s->run = runs;
  sort_rows(s);
  size_t bytes = s->count * row_size(s);
  if (pm_write_at(s->fd, (const char *)s->row, bytes, s->end) != 0)
    return -1;
  runs[s->runs++] = (pm_sorter_run){.offset = s->end, .left = s->count};
  s->end += bytes;
  s->count = 0;
  return 0;
}

int pm_sorter_add(pm_sorter *s, const uint64_t *row) {
  if (s->reading) {
    errno = EINVAL;
    return -1;
  }
  if (!s->row && !(s->row = malloc(s->most * row_size(s))))
    return -1;
  if (s->count == s->most && write_run(s) != 0)
    return -1;
  memcpy(s->row + s->count++ * s->words, row, row_size(s));
  return 0;
}

/* Reads the next rows of a part into its window. */
static int fill(pm_sorter *s, pm_sorter_run *r, size_t rows) {
  r->at = 0;
  r->filled = r->left < rows ? (size_t)r->left : rows;
  size_t bytes = r->filled * row_size(s);
  if (pm_spill_read(s->fd, (char *)r->window, bytes, r->offset) != 0)
    return -1;
  r->offset += bytes;
  r->left -= r->filled;
  return 0;
}

/* Rows in the window of a part. */
static size_t share(const pm_sorter *s) {
  size_t rows = s->most / s->runs;
  return rows ? rows : 1;
}

static const uint64_t *head(const pm_sorter *s, size_t run) {
  const pm_sorter_run *r = &s->run[run];
  return r->window + r->at * s->words;
}

static bool is_less(pm_sorter *s, size_t a, size_t b) {
  return compare(head(s, s->heap[a]), head(s, s->heap[b]), &s->words) < 0;
}

static void sink(pm_sorter *s, size_t i) {
  for (size_t child; (child = 2 * i + 1) < s->live; i = child) {
    if (child + 1 < s->live && is_less(s, child + 1, child))
      child++;
    if (!is_less(s, child, i))
      return;
    size_t run = s->heap[i];
    s->heap[i] = s->heap[child];
    s->heap[child] = run;
  }
}

/* Gives each part its share of the memory and brings the heap in order. */
static int begin_merge(pm_sorter *s) {
  if (write_run(s) != 0)
    return -1;
  size_t rows = share(s);
  if (rows * s->runs > s->most) { /* very many parts */
    uint64_t *larger = realloc(s->row, rows * s->runs * row_size(s));
    if (!larger)
      return -1;
    s->row = larger;
  }
  if (!(s->heap = malloc(s->runs * sizeof *s->heap)))
    return -1;
  for (size_t i = 0; i < s->runs; i++) {
    s->run[i].window = s->row + i * rows * s->words;
    if (fill(s, &s->run[i], rows) != 0)
      return -1;
    s->heap[s->live++] = i;
  }
  for (size_t i = s->live / 2; i-- > 0;)
    sink(s, i);
  return 0;
}

static int next_merged(pm_sorter *s, uint64_t *row) {
  if (s->live == 0)
    return 0;
  pm_sorter_run *r = &s->run[s->heap[0]];
  memcpy(row, head(s, s->heap[0]), row_size(s));
  if (++r->at == r->filled) {
    if (r->left == 0)
      s->heap[0] = s->heap[--s->live];
    else if (fill(s, r, share(s)) != 0)
      return -1;
  }
  sink(s, 0);
  return 1;
}

int pm_sorter_next(pm_sorter *s, uint64_t *row) {
  if (!s->reading) {
    s->reading = true;
    if (s->runs == 0)
      sort_rows(s);
    else if (begin_merge(s) != 0)
      return -1;
  }
  if (s->runs > 0)
    return next_merged(s, row);
  if (s->at == s->count)
    return 0;
  memcpy(row, s->row + s->at++ * s->words, row_size(s));
  return 1;
}

void pm_sorter_close(pm_sorter *s) {
  if (s->fd >= 0)
    close(s->fd);
  free(s->row);
  free(s->run);
  free(s->heap);
  *s = (pm_sorter){.fd = -1};
}
