/*
 * Cuts: where a plain file of lines is cut into blocks. A block ends with the
 * first line that ends at a multiple of `step` or behind it: so each part of
 * the file can be looked at alone, by anybody, and the cuts are the same.
 */
#ifndef PM_CUTS_H
#define PM_CUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The end of a block, and the lines before it from the start of the window. */
typedef struct pm_cuts_end {
  uint64_t offset, lines;
} pm_cuts_end;

typedef struct pm_cuts {
  size_t count;
  uint64_t lines; /* that end in the window */
  bool is_long;   /* there is a line that is too long, behind the last end */
} pm_cuts;

/* Most ends that there are in a window. */
size_t pm_cuts_most(uint64_t from, uint64_t upto, size_t step);

/*
 * Finds the ends for the multiples of `step` (>= 1) behind `from` up to `upto`,
 * a window of the file `fd`. An end may lie behind the window; where the file
 * ends without a line end, there is none.
 *
 *   longest  bytes behind a multiple of `step` in which a line has to end
 *   ends     [pm_cuts_most(from, upto, step)]
 *
 * Returns -1 with errno set when the file cannot be read.
 */
int pm_cuts_find(int fd, uint64_t from, uint64_t upto, size_t step,
                 size_t longest, pm_cuts *cuts, pm_cuts_end *ends);

#endif
