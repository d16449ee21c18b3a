#include "text/buffer_lua.h"

#include <lauxlib.h>

#define BUFFER "pumice.buffer"

static int buffer_gc(lua_State *L) {
  pm_buffer_free(lua_touserdata(L, 1));
  return 0;
}

pm_buffer *pm_buffer_push(lua_State *L) {
  pm_buffer *b = lua_newuserdatauv(L, sizeof *b, 0);
  *b = (pm_buffer){0};
  b->alloc = lua_getallocf(L, &b->ud);
  if (luaL_newmetatable(L, BUFFER)) {
    lua_pushcfunction(L, buffer_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return b;
}

void pm_buffer_take(lua_State *L, pm_buffer *b) {
  lua_pushlstring(L, b->at ? b->at : "", b->len);
  pm_buffer_free(b);
}
