#include "data/mark_lua.h"

#include <lauxlib.h>

/* Their addresses are the keys in the registry. */
static const char null_key, array_key, object_key;

static int null_tostring(lua_State *L) {
  lua_pushliteral(L, "null");
  return 1;
}

void pm_null_push(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &null_key) != LUA_TNIL)
    return;
  lua_pop(L, 1);
  lua_newuserdatauv(L, 0, 0);
  lua_createtable(L, 0, 3);
  lua_pushliteral(L, "null");
  lua_setfield(L, -2, "__name");
  lua_pushcfunction(L, null_tostring);
  lua_setfield(L, -2, "__tostring");
  lua_pushliteral(L, "null");
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &null_key);
}

int pm_null_is(lua_State *L, int at) {
  if (lua_type(L, at) != LUA_TUSERDATA)
    return 0;
  const void *p = lua_touserdata(L, at);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &null_key);
  int same = lua_touserdata(L, -1) == p;
  lua_pop(L, 1);
  return same;
}

static void push_metatable(lua_State *L, const char *key, const char *name) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) != LUA_TNIL)
    return;
  lua_pop(L, 1);
  lua_createtable(L, 0, 2);
  lua_pushstring(L, name);
  lua_setfield(L, -2, "__name");
  lua_pushstring(L, name);
  lua_setfield(L, -2, "__metatable");
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void pm_mark_set(lua_State *L, int at, pm_mark mark) {
  at = lua_absindex(L, at);
  switch (mark) {
  case PM_ARRAY: push_metatable(L, &array_key, "json.array"); break;
  case PM_OBJECT: push_metatable(L, &object_key, "json.object"); break;
  case PM_PLAIN: lua_pushnil(L); break;
  }
  lua_setmetatable(L, at);
}

int pm_mark_get(lua_State *L, int at) {
  if (!lua_getmetatable(L, at))
    return PM_PLAIN;
  const void *p = lua_topointer(L, -1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &array_key);
  int is_array = lua_topointer(L, -1) == p;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &object_key);
  int is_object = lua_topointer(L, -1) == p;
  lua_pop(L, 3);
  return is_array ? PM_ARRAY : is_object ? PM_OBJECT : -1;
}
