#include "text/buffer.h"

#include <stdlib.h>

static void *from_malloc(void *ud, void *p, size_t from, size_t to) {
  (void)ud;
  (void)from;
  if (to)
    return realloc(p, to);
  free(p);
  return NULL;
}

int pm_buffer_grow(pm_buffer *b, size_t extra) {
  size_t max = b->max ? b->max : SIZE_MAX / 2;
  if (extra > max || b->len > max - extra)
    return -1;
  size_t need = b->len + extra;
  size_t room = b->room > max / 2 ? max : b->room * 2;
  if (room < need)
    room = need;
  if (room < 64 && max >= 64)
    room = 64;
  if (!b->alloc)
    b->alloc = from_malloc;
  void *at = b->alloc(b->ud, b->at, b->room, room);
  if (!at)
    return -1;
  b->at = at;
  b->room = room;
  return 0;
}

void pm_buffer_free(pm_buffer *b) {
  if (b->at)
    b->alloc(b->ud, b->at, b->room, 0);
  b->at = NULL;
  b->len = b->room = 0;
}
