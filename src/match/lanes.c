#include "match/lanes.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "text/reserve.h"
#include "text/scratch.h"
#include "text/whole_io.h"

/* Bytes of the last blocks of all lanes. */
enum { LAST = 2 << 20 };

/* Set in the place of a block that is in the file. */
#define FILED ((uint32_t)1 << 31)

static size_t memory_size(const pm_lanes *l) {
  return (size_t)l->held_most * l->block;
}

int pm_lanes_open(pm_lanes *l, uint32_t count, size_t before,
                  const char *folder) {
  uint32_t block = LAST / count;
  *l = (pm_lanes){.count = count,
                  .block = block,
                  .held_most = count + (uint32_t)(before / block),
                  .fd = -1,
                  .folder = folder,
                  .lane = calloc(count, sizeof *l->lane)};
  if (!l->lane)
    return -1;
  l->memory = pm_reserve(memory_size(l));
  return l->memory ? 0 : -1;
}

static int write_block(pm_lanes *l, const char *block) {
  if (l->fd < 0 && (l->fd = pm_scratch_open(l->folder)) < 0)
    return -1;
  return pm_write_at(l->fd, block, l->block, (uint64_t)l->filed * l->block);
}

static int note_place(pm_lane *x, uint32_t place) {
  if (x->blocks == x->places) {
    uint32_t places = x->places * 2 + 8;
    uint32_t *more = realloc(x->place, places * sizeof *more);
    if (!more)
      return -1;
    x->place = more;
    x->places = places;
  }
  x->place[x->blocks++] = place;
  return 0;
}

static void begin_block(pm_lanes *l, pm_lane *x) {
  x->last = l->memory + (size_t)l->held++ * l->block;
  x->room = l->block;
}

/* Puts the last block, which is full, in front of an empty one. It stays where
 * it is if each lane without a block can have its first all the same. */
static int pass_block(pm_lanes *l, pm_lane *x) {
  bool stays = l->held_most - l->held > l->count - l->begun;
  uint32_t held = (uint32_t)((size_t)(x->last - l->memory) / l->block);
  if (!stays && write_block(l, x->last) != 0)
    return -1;
  if (note_place(x, stays ? held : l->filed | FILED) != 0)
    return -1;
  if (stays)
    begin_block(l, x);
  else
    l->filed++;
  x->used = 0;
  return 0;
}

int pm_lanes_put_slowly(pm_lanes *l, uint32_t lane, const void *row,
                        size_t len) {
  pm_lane *x = &l->lane[lane];
  if (x->room == 0) {
    l->begun++;
    begin_block(l, x);
  }
  for (const char *at = row; len > 0;) {
    if (x->used == x->room && pass_block(l, x) != 0)
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
  if (!(place & FILED)) {
    memcpy(out, l->memory + (size_t)place * l->block + from, len);
    return 0;
  }
  uint64_t at = (uint64_t)(place & ~FILED) * l->block + from;
  ssize_t got = pm_read_at(l->fd, out, len, at);
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
  for (uint32_t i = 0; l->lane && i < l->count; i++)
    free(l->lane[i].place);
  pm_reserve_free(l->memory, memory_size(l));
  free(l->lane);
  *l = (pm_lanes){0};
}
