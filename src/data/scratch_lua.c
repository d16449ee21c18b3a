#include "data/scratch_lua.h"

#include "text/buffer_lua.h"

/* A buffer that grew beyond this is not kept. */
enum { ROOM_KEPT = 1 << 20 };

/* The length of the buffer while nobody has it. After an error it stays lent:
 * the next who asks puts another one in its place. */
#define AT_HOME SIZE_MAX

static const char scratch_key;

pm_buffer *pm_scratch_borrow(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &scratch_key);
  pm_buffer *b = lua_touserdata(L, -1);
  if (!b || b->len != AT_HOME) {
    lua_pop(L, 1);
    b = pm_buffer_push(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &scratch_key);
  }
  b->len = 0;
  return b;
}

void pm_scratch_return(lua_State *L, int at) {
  pm_buffer *b = lua_touserdata(L, at);
  if (b->room > ROOM_KEPT)
    pm_buffer_free(b);
  b->len = AT_HOME;
}
