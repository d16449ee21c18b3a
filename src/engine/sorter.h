/*
 * A sorter: rows of a few 64-bit words in ascending order, in memory that does
 * not grow with their number. What does not fit is sorted by parts into a file
 * without a name, and the parts are merged when they are read.
 *
 * Source: Knuth, The Art of Computer Programming 3, 5.4, external sorting.
 */
#ifndef PM_SORTER_H
#define PM_SORTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PM_SORTER_WORDS = 4 };

typedef struct pm_sorter_run pm_sorter_run;

typedef struct pm_sorter {
  size_t words; /* in a row, 1 to PM_SORTER_WORDS */
  uint64_t *row;
  size_t count, most; /* rows in memory, and how many may be there */
  const char *folder; /* for the file; the caller's */
  int fd;             /* -1: none yet */
  pm_sorter_run *run; /* parts in the file */
  size_t runs, room;
  size_t *heap; /* of runs, the one with the least row first */
  size_t live;
  uint64_t end; /* of the file */
  size_t at;    /* next row in memory, when it is read */
  bool reading;
} pm_sorter;

/* Makes an empty one that takes about `memory` bytes, and as much again while
 * it sorts. Close it in any case. */
void pm_sorter_open(pm_sorter *s, size_t words, size_t memory,
                    const char *folder);

/* Adds a row [words], before the first is read. Returns 0, or -1 with errno
 * set. */
int pm_sorter_add(pm_sorter *s, const uint64_t *row);

/* Copies the next row in ascending order to `row` [words]. Returns 1, 0 after
 * the last, or -1 with errno set. */
int pm_sorter_next(pm_sorter *s, uint64_t *row);

/* Gives all back; as often as one likes. */
void pm_sorter_close(pm_sorter *s);

#endif
