#include <lauxlib.h>
#include <lua.h>

#include "text/string_set_lua.h"

/* The string that the pair (key, value) on top of the stack stands for, or
 * NULL when its value is false. */
static const char *member(lua_State *L, int arg, size_t *len) {
  int list = lua_isinteger(L, -2);
  if (lua_type(L, list ? -1 : -2) != LUA_TSTRING)
    luaL_argerror(L, arg,
                  "a set is a list of strings, or strings as keys with true");
  if (!list && !lua_toboolean(L, -1))
    return NULL;
  return lua_tolstring(L, list ? -1 : -2, len);
}

pm_string_set *pm_string_set_new(lua_State *L, int arg) {
  luaL_checktype(L, arg, LUA_TTABLE);
  arg = lua_absindex(L, arg);
  size_t count = 0, bytes = 0, len;
  for (lua_pushnil(L); lua_next(L, arg); lua_pop(L, 1)) {
    if (member(L, arg, &len)) {
      count++;
      bytes += len;
    }
  }
  size_t size = pm_string_set_size(count, bytes);
  luaL_argcheck(L, size > 0, arg, "set too large");
  pm_string_set *set = pm_string_set_init(lua_newuserdatauv(L, size, 0), count);
  for (lua_pushnil(L); lua_next(L, arg); lua_pop(L, 1)) {
    const char *s = member(L, arg, &len);
    if (s)
      pm_string_set_add(set, s, len);
  }
  luaL_setmetatable(L, PM_STRING_SET);
  return set;
}

/* set[string] --> true | false */
static int set_index(lua_State *L) {
  const pm_string_set *set = luaL_checkudata(L, 1, PM_STRING_SET);
  size_t len;
  const char *s = luaL_checklstring(L, 2, &len);
  lua_pushboolean(L, pm_string_set_has(set, s, len));
  return 1;
}

/* #set --> how many strings */
static int set_len(lua_State *L) {
  const pm_string_set *set = luaL_checkudata(L, 1, PM_STRING_SET);
  lua_pushinteger(L, (lua_Integer)pm_string_set_count(set));
  return 1;
}

static const luaL_Reg metamethods[] = {
    {"__index", set_index},
    {"__len", set_len},
    {NULL, NULL},
};

void pm_string_set_register(lua_State *L) {
  luaL_newmetatable(L, PM_STRING_SET);
  luaL_setfuncs(L, metamethods, 0);
  lua_pop(L, 1);
}
