#include "match/lanes.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "text/scratch.h"
#include "text/whole_io.h"

/* Bytes of the last blocks of all lanes; what one begins with. */
enum { MEMORY = 2 << 20, LEAST = 256 };

int pm_lanes_open(pm_lanes *l, uint32_t count, const char *folder) {
  *l = (pm_lanes){.count = count,
                  .block = MEMORY / count,
                  .fd = -1,
                  .folder = folder,
                  .lane = calloc(count, sizeof *l->lane)};
  return l->lane ? 0 : -1;
}

static int write_block(pm_lanes *l, pm_lane *x) {
  if (x->blocks == x->places) {
    uint32_t places = x->places * 2 + 8;
    uint32_t *more = realloc(x->place, places * sizeof *more);
    if (!more)
      return -1;
    x->place = more;
    x->places = places;
  }
  if (l->fd < 0 && (l->fd = pm_scratch_open(l->folder)) < 0)
    return -1;
  if (pm_write_at(l->fd, x->last, l->block, (uint64_t)l->blocks * l->block))
    return -1;
  x->place[x->blocks++] = l->blocks++;
  x->used = 0;
  return 0;
}

/* Makes the last block hold `len` more bytes, or as many as it may. */
static int grow(const pm_lanes *l, pm_lane *x, size_t len) {
  size_t room = x->room ? x->room : LEAST;
  while (room < x->used + len && room < l->block)
    room *= 2;
  if (room > l->block)
    room = l->block;
  char *more = realloc(x->last, room);
  if (!more)
    return -1;
  x->last = more;
  x->room = (uint32_t)room;
  return 0;
}

int pm_lanes_put_slowly(pm_lanes *l, uint32_t lane, const void *row,
                        size_t len) {
  pm_lane *x = &l->lane[lane];
  for (const char *at = row; len > 0;) {
    if (x->used == l->block && write_block(l, x) != 0)
      return -1;
    if (len > x->room - x->used && x->room < l->block && grow(l, x, len) != 0)
      return -1;
    size_t part = x->room - x->used < len ? x->room - x->used : len;
    memcpy(x->last + x->used, at, part);
    x->used += (uint32_t)part;
    at += part;
    len -= part;
  }
  return 0;
}

uint64_t pm_lanes_size(const pm_lanes *l, uint32_t lane) {
  return (uint64_t)l->lane[lane].blocks * l->block + l->lane[lane].used;
}

static int read_block(const pm_lanes *l, uint32_t place, size_t from, char *out,
                      size_t len) {
  ssize_t got = pm_read_at(l->fd, out, len, (uint64_t)place * l->block + from);
  if (got >= 0 && (size_t)got < len)
    errno = EIO;
  return got == (ssize_t)len ? 0 : -1;
}

int pm_lanes_read(const pm_lanes *l, uint32_t lane, uint64_t at, void *out,
                  size_t len) {
  const pm_lane *x = &l->lane[lane];
  for (char *to = out; len > 0;) {
    size_t block = (size_t)(at / l->block), from = (size_t)(at % l->block);
    size_t part = l->block - from < len ? l->block - from : len;
    if (block == x->blocks)
      memcpy(to, x->last + from, part);
    else if (read_block(l, x->place[block], from, to, part) != 0)
      return -1;
    at += part;
    to += part;
    len -= part;
  }
  return 0;
}

void pm_lanes_close(pm_lanes *l) {
  if (l->lane && l->fd >= 0)
    close(l->fd);
  for (uint32_t i = 0; l->lane && i < l->count; i++) {
    free(l->lane[i].last);
    free(l->lane[i].place);
  }
  free(l->lane);
  *l = (pm_lanes){0};
}
