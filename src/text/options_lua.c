/* Options of a call, for Lua: see lua/pumice/options.lua. */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"

/* Whether the value on top may be the option whose default is below it. */
static int fits(lua_State *L, int any) {
  return lua_rawequal(L, -2, any) || lua_type(L, -1) == lua_type(L, -2);
}

/* options.fill(given or nil, defaults, any) --> the values | nil when something
 * is wrong with what is given, or it has a metatable. Every call that takes
 * options reads them here. */
static int options_fill(lua_State *L) {
  enum { GIVEN = 1, DEFAULTS, ANY, VALUES, ROOM = 4 };
  luaL_checktype(L, DEFAULTS, LUA_TTABLE);
  lua_settop(L, ANY);
  lua_createtable(L, 0, ROOM);
  lua_pushnil(L);
  while (lua_next(L, DEFAULTS)) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    if (lua_rawequal(L, -1, ANY))
      lua_pop(L, 2);
    else
      lua_rawset(L, VALUES);
  }
  if (lua_isnil(L, GIVEN))
    return 1;
  if (!lua_istable(L, GIVEN) || lua_getmetatable(L, GIVEN))
    return 0;
  lua_pushnil(L);
  while (lua_next(L, GIVEN)) {
    lua_pushvalue(L, -2);
    if (lua_rawget(L, DEFAULTS) == LUA_TNIL)
      return 0;
    lua_pushvalue(L, -2);
    if (!fits(L, ANY))
      return 0;
    lua_pushvalue(L, -4);
    lua_insert(L, -2);
    lua_rawset(L, VALUES);
    lua_pop(L, 2);
  }
  return 1;
}

int pm_open_options(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"fill", options_fill},
      {NULL, NULL},
  };
  luaL_newlib(L, functions);
  return 1;
}
