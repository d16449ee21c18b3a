#include "match/sets.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "text/reserve.h"
#include "text/scratch.h"
#include "text/whole_io.h"

/* Bytes that stay in memory. */
enum { MOST = 1 << 24 };

/* A set is its length (32 bits) and its bytes. */
enum { HEAD = sizeof(uint32_t) };

void pm_sets_open(pm_sets *s) {
  *s = (pm_sets){.fd = -1};
}

static int flush(pm_sets *s, const char *folder) {
  if (s->fd < 0 && (s->fd = pm_scratch_open(folder)) < 0)
    return -1;
  if (pm_write_at(s->fd, s->buffer, s->used, s->end) != 0)
    return -1;
  s->end += s->used;
  s->used = 0;
  return 0;
}

/* Sees to it that `len` bytes of a set have a place in the buffer. */
static bool has_room(pm_sets *s, size_t len) {
  if (s->used + len <= s->room)
    return true;
  size_t room = len > MOST ? len : MOST;
  pm_reserve_free(s->buffer, s->room);
  s->room = 0;
  s->buffer = pm_reserve(room);
  if (!s->buffer)
    return false;
  s->room = room;
  return true;
}

int pm_sets_add(pm_sets *s, const char *packed, size_t len,
                const char *folder) {
  if (s->map || len > UINT32_MAX) {
    errno = EINVAL;
    return -1;
  }
  if (s->used + HEAD + len > MOST && s->used > 0 && flush(s, folder) != 0)
    return -1;
  if (!has_room(s, HEAD + len))
    return -1;
  uint32_t head = (uint32_t)len;
  memcpy(s->buffer + s->used, &head, HEAD);
  memcpy(s->buffer + s->used + HEAD, packed, len);
  s->used += HEAD + len;
  s->count++;
  return 0;
}

const char *pm_sets_read(pm_sets *s) {
  if (s->map || s->fd < 0)
    return s->map ? s->map : s->used ? s->buffer : "";
  if (flush(s, "") != 0)
    return NULL;
  pm_reserve_free(s->buffer, s->room);
  s->buffer = NULL;
  s->room = 0;
  char *map =
      mmap(NULL, (size_t)s->end, PROT_READ, MAP_SHARED, s->fd, (off_t)0);
  if (map == MAP_FAILED)
    return NULL;
  return s->map = map;
}

const char *pm_sets_next(const char *at, const char **packed, size_t *len) {
  uint32_t head;
  memcpy(&head, at, HEAD);
  *len = head;
  *packed = at + HEAD;
  return *packed + head;
}

void pm_sets_close(pm_sets *s) {
  if (s->map)
    munmap(s->map, (size_t)s->end);
  if (s->fd >= 0)
    close(s->fd);
  pm_reserve_free(s->buffer, s->room);
  pm_sets_open(s);
}
