/*
 * A fuzzer whose property is stated in Lua: a file that returns a function of
 * the input, which raises where the property does not hold.
 */
#ifndef PM_FUZZ_LUA_H
#define PM_FUZZ_LUA_H

#include <stdio.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "core_lua.h"
#include "fuzz.h"

/* A module of pumice.core as the fuzzed ones have it: whole, it would bring all
 * of the core. */
static inline void fuzz_open(lua_State *L, const luaL_Reg *modules) {
  luaL_openlibs(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_newtable(L);
  pm_open_options(L); /* of them all */
  lua_setfield(L, -2, "options");
  for (; modules->name; modules++) {
    lua_pushcfunction(L, modules->func);
    lua_call(L, 0, 1);
    lua_setfield(L, -2, modules->name);
  }
  lua_setfield(L, -2, "pumice.core");
  lua_getfield(L, -1, "package");
  lua_pushliteral(L, "lua/?.lua;tests/?.lua");
  lua_setfield(L, -2, "path");
  lua_settop(L, 0);
}

static inline void fuzz_must(lua_State *L, int status) {
  if (status == LUA_OK)
    return;
  fprintf(stderr, "%s\n", lua_tostring(L, -1));
  abort();
}

/* One state for all inputs: making one takes longer than the rest. */
static inline int fuzz_lua(const char *file, const luaL_Reg *modules,
                           const uint8_t *data, size_t size) {
  static lua_State *L;
  if (!L) {
    L = luaL_newstate();
    require(L != NULL);
    lua_gc(L, LUA_GCGEN, 0, 0); /* nothing lives beyond its input */
    fuzz_open(L, modules);
    fuzz_must(L, luaL_dofile(L, file));
  }
  lua_pushvalue(L, 1);
  lua_pushlstring(L, (const char *)data, size);
  fuzz_must(L, lua_pcall(L, 1, 0, 0));
  return 0;
}

#endif
