/*
 * Lanes: very many rows of bytes that are dealt to lanes, where they lie one
 * behind the other. A lane is a chain of blocks; the blocks are in memory as
 * long as there is room, and those that fill later in a file without a name:
 *
 *   memory | lane 2 | lane 0 | lane 2 | ... | the last block of each lane
 *   file   | lane 0 | lane 2 | lane 2 | ...   in the order in which they filled
 *
 * So it takes 2 MB more than the room at most, whatever is put there (and 4
 * bytes for each block), and no file where these hold all.
 */
#ifndef PM_LANES_H
#define PM_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct pm_lane {
  char *last; /* [room] the last block, which is in memory */
  uint32_t used, room;
  uint32_t *place; /* [blocks] of each block before it */
  uint32_t blocks, places;
} pm_lane;

typedef struct pm_lanes {
  pm_lane *lane;
  uint32_t count, block;    /* lanes, and bytes of a block */
  uint32_t begun;           /* lanes that have a block */
  char *memory;             /* [held_most * block] */
  uint32_t held, held_most; /* blocks in memory */
  int fd;                   /* -1: none */
  uint32_t filed;           /* blocks in the file */
  const char *folder;       /* for the file; the caller's */
} pm_lanes;

/* Makes `count` empty lanes, 1 to 1024, with room for `before` bytes in memory
 * besides the last blocks. Close them in any case. Returns 0, or -1 with errno
 * set. */
int pm_lanes_open(pm_lanes *l, uint32_t count, size_t before,
                  const char *folder);

int pm_lanes_put_slowly(pm_lanes *l, uint32_t lane, const void *row,
                        size_t len);

/* Puts a row behind the others of a lane. Returns 0, or -1 with errno set. */
static inline int pm_lanes_put(pm_lanes *l, uint32_t lane, const void *row,
                               size_t len) {
  pm_lane *x = &l->lane[lane];
  if (len == 0 || len > x->room - x->used)
    return pm_lanes_put_slowly(l, lane, row, len);
  memcpy(x->last + x->used, row, len);
  x->used += (uint32_t)len;
  return 0;
}

/* Bytes in a lane. */
uint64_t pm_lanes_size(const pm_lanes *l, uint32_t lane);

/* Copies the bytes of a lane from `at` on, which are there, to `out` [len].
 * Returns 0, or -1 with errno set. */
int pm_lanes_read(const pm_lanes *l, uint32_t lane, uint64_t at, void *out,
                  size_t len);

/* Gives all back; as often as one likes. Lanes that are all zeros are closed.
 */
void pm_lanes_close(pm_lanes *l);

#endif
