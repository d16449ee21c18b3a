#include "data/scratch_lua.h"

#include "text/buffer_lua.h"

/* A buffer that grew beyond this is not kept. */
enum { ROOM_KEPT = 1 << 20 };

static const char scratch_key;

pm_buffer *pm_scratch_borrow(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &scratch_key) != LUA_TUSERDATA) {
    lua_pop(L, 1);
    return pm_buffer_push(L);
  }
  lua_pushboolean(L, 0); /* not nil: the slot stays */
  lua_rawsetp(L, LUA_REGISTRYINDEX, &scratch_key);
  pm_buffer *b = lua_touserdata(L, -1);
  b->len = 0;
  return b;
}

void pm_scratch_return(lua_State *L, int at) {
  pm_buffer *b = lua_touserdata(L, at);
  if (b->room > ROOM_KEPT)
    pm_buffer_free(b);
  lua_pushvalue(L, at);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &scratch_key);
}
