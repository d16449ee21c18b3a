/*
 * A text that grows while it is written.
 *
 * Memory comes from `alloc`, which has the manner of lua_Alloc, so a binding
 * can count it against a state's limit and own it through a userdata
 * (buffer_lua.h). A zeroed buffer uses malloc and has no limit.
 */
#ifndef PM_BUFFER_H
#define PM_BUFFER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef void *pm_alloc(void *ud, void *p, size_t from, size_t to);

typedef struct pm_buffer {
  char *at; /* [room], the first `len` are written */
  size_t len, room;
  size_t max; /* largest room it may have, 0 for no limit */
  pm_alloc *alloc;
  void *ud;
} pm_buffer;

/* Makes room for `extra` more bytes. Returns 0, or -1 when memory or `max`
 * does not allow it: then the buffer is as it was. */
int pm_buffer_grow(pm_buffer *b, size_t extra);

/* Gives the memory back. The buffer is empty then and can be used again. */
void pm_buffer_free(pm_buffer *b);

static inline int pm_buffer_room(pm_buffer *b, size_t extra) {
  return b->room - b->len >= extra ? 0 : pm_buffer_grow(b, extra);
}

static inline int pm_buffer_add(pm_buffer *b, const void *from, size_t len) {
  if (len == 0)
    return 0;
  if (pm_buffer_room(b, len) != 0)
    return -1;
  memcpy(b->at + b->len, from, len);
  b->len += len;
  return 0;
}

#endif
