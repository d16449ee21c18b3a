#include "text/memory_lua.h"

#include <lauxlib.h>

#define MEMORY "pumice.memory"

typedef struct memory {
  void *bytes;
  size_t size;
} memory;

void *pm_memory_resize(lua_State *L, void *p, size_t from, size_t to) {
  void *context;
  lua_Alloc allocate = lua_getallocf(L, &context);
  return allocate(context, p, from, to);
}

static void *take(lua_State *L, size_t size) {
  return pm_memory_resize(L, NULL, LUA_TUSERDATA, size);
}

void pm_memory_free(lua_State *L, int at) {
  memory *m = lua_touserdata(L, at);
  if (m->bytes)
    pm_memory_resize(L, m->bytes, m->size, 0);
  *m = (memory){0};
}

static int memory_gc(lua_State *L) {
  pm_memory_free(L, 1);
  return 0;
}

void *pm_memory_push(lua_State *L, size_t size) {
  memory *m = lua_newuserdatauv(L, sizeof *m, 0);
  *m = (memory){.size = size ? size : 1};
  if (luaL_newmetatable(L, MEMORY)) {
    lua_pushcfunction(L, memory_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  m->bytes = take(L, m->size);
  if (!m->bytes) {
    lua_gc(L, LUA_GCCOLLECT);
    m->bytes = take(L, m->size);
  }
  if (!m->bytes) {
    lua_pushliteral(L, "not enough memory"); /* as Lua itself does */
    lua_error(L);
  }
  return m->bytes;
}
