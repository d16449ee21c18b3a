#include "data/json_keys_lua.h"

#include <sys/random.h>
#include <unistd.h>

#include <lauxlib.h>

#define KEYS "pumice.json_keys"

static int keys_gc(lua_State *L) {
  pm_json_keys_free(lua_touserdata(L, 1));
  return 0;
}

pm_json_keys *pm_json_keys_push(lua_State *L) {
  pm_json_keys *k = lua_newuserdatauv(L, sizeof *k, 0);
  *k = (pm_json_keys){0};
  pm_buffer *buffers[] = {&k->stack, &k->table, &k->plain};
  for (int i = 0; i < 3; i++)
    buffers[i]->alloc = lua_getallocf(L, &buffers[i]->ud);
  if (getentropy(&k->seed, sizeof k->seed) != 0)
    k->seed = (uintptr_t)k;
  if (luaL_newmetatable(L, KEYS)) {
    lua_pushcfunction(L, keys_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return k;
}
