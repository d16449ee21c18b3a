/*
 * A block of lines: those of it that are not blank, one after the other.
 */
#ifndef PM_LINE_BLOCK_H
#define PM_LINE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pm_line_block {
  const char *data; /* [len] */
  size_t len, at;
  uint64_t number; /* of the line at `at` */
} pm_line_block;

typedef struct pm_line {
  size_t first, len; /* without its line feed */
  size_t size;       /* with it */
  uint64_t number;
} pm_line;

/* The next line with more than spaces, tabs and carriage returns; false when
 * there is none. */
bool pm_line_block_next(pm_line_block *lines, pm_line *line);

/* How many line feeds there are in `data` [len]. */
uint64_t pm_line_feeds(const char *data, size_t len);

#endif
