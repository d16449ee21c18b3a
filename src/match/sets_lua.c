/*
 * core.sets: packed sets of shingles, of more documents than fit in memory.
 */
#include "match/sets_lua.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "core_lua.h"

#define SETS "pumice.sets"

/* sets.new() --> sets, none yet */
static int sets_new(lua_State *L) {
  pm_sets *s = lua_newuserdatauv(L, sizeof *s, 0);
  pm_sets_open(s);
  luaL_setmetatable(L, SETS);
  return 1;
}

pm_sets *pm_sets_check(lua_State *L, int arg) {
  return luaL_checkudata(L, arg, SETS);
}

static int reason_of(lua_State *L) {
  lua_getfield(L, 1, "reason");
  return 1;
}

int pm_sets_raise(lua_State *L, const char *what, const char *folder) {
  int why = errno;
  lua_createtable(L, 0, 2);
  lua_pushliteral(L, "spill");
  lua_setfield(L, -2, "code");
  lua_pushfstring(L, "cannot %s in %s: %s", what, folder, strerror(why));
  lua_setfield(L, -2, "reason");
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, reason_of);
  lua_setfield(L, -2, "__tostring");
  lua_setmetatable(L, -2);
  return lua_error(L);
}

void pm_sets_add_or_raise(lua_State *L, pm_sets *sets, const char *packed,
                          size_t len) {
  const char *folder = getenv("TMPDIR");
  folder = folder && *folder ? folder : "/tmp";
  if (pm_sets_add(sets, packed, len, folder) != 0)
    pm_sets_raise(L, "keep sets", folder);
}

/* sets:add(packed); raises when the disk fails */
static int sets_add(lua_State *L) {
  size_t len;
  pm_sets *s = pm_sets_check(L, 1);
  const char *packed = luaL_checklstring(L, 2, &len);
  pm_sets_add_or_raise(L, s, packed, len);
  return 0;
}

/* #sets */
static int sets_len(lua_State *L) {
  lua_pushinteger(L, pm_sets_check(L, 1)->count);
  return 1;
}

static int sets_gc(lua_State *L) {
  pm_sets_close(pm_sets_check(L, 1));
  return 0;
}

static const luaL_Reg methods[] = {
    {"add", sets_add}, {"__len", sets_len}, {"__close", sets_gc},
    {"__gc", sets_gc}, {"__index", NULL},   {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"new", sets_new},
    {NULL, NULL},
};

int pm_open_sets(lua_State *L) {
  luaL_newmetatable(L, SETS);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
