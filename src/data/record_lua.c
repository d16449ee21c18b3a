#include "data/record_lua.h"

#include <lauxlib.h>

#include "core_lua.h"

/* Its address is the key of the metatable in the registry. */
static const char record_key;

/* The metatable of records is the first upvalue of the functions that scripts
 * get hold of. */
static pm_record *check_record(lua_State *L) {
  pm_record *r = lua_touserdata(L, 1);
  if (!r || !lua_getmetatable(L, 1) ||
      !lua_rawequal(L, -1, lua_upvalueindex(1)))
    luaL_typeerror(L, 1, "record");
  lua_pop(L, 1);
  return r;
}

/* The metatable is hidden from scripts: Lua itself calls what is in it, with
 * records. To look whether it is one would take a tenth of the time. */
static pm_record *own_record(lua_State *L) {
  pm_record *r = lua_touserdata(L, 1);
  if (!r)
    luaL_typeerror(L, 1, "record");
  return r;
}

void pm_record_push_meta(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &record_key);
}

bool pm_record_is(lua_State *L, int at) {
  if (lua_type(L, at) != LUA_TUSERDATA || !lua_getmetatable(L, at))
    return false;
  const void *p = lua_topointer(L, -1);
  pm_record_push_meta(L);
  bool same = lua_topointer(L, -1) == p;
  lua_pop(L, 2);
  return same;
}

/* record[name] --> value | nil */
static int record_index(lua_State *L) {
  pm_record *r = own_record(L);
  if (lua_type(L, 2) != LUA_TSTRING)
    return 0;
  int64_t i = pm_record_field(L, r, 1, 2);
  if (i >= 0) {
    pm_record_push_field(L, r, 1, (uint32_t)i);
    return 1;
  }
  if (r->added == 0)
    return 0;
  lua_getiuservalue(L, 1, PM_RECORD_ADDED);
  lua_pushvalue(L, 2);
  lua_rawget(L, -2);
  return 1;
}

/* record[name] = value | nil */
static int record_newindex(lua_State *L) {
  pm_record *r = own_record(L);
  if (lua_type(L, 2) != LUA_TSTRING)
    return luaL_error(L, "the name of a field is a string, not a %s",
                      luaL_typename(L, 2));
  pm_record_set(L, r);
  return 0;
}

/* The step of a loop over a record; upvalue 2 counts what was visited. */
static int record_next(lua_State *L) {
  pm_record *r = check_record(L);
  lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
  lua_settop(L, 1);
  for (; at < (lua_Integer)r->object.count + r->added; at++) {
    lua_settop(L, 1);
    if (at < r->object.count) {
      uint32_t i = (uint32_t)at;
      if (r->fields[i].state == PM_FIELD_REMOVED)
        continue;
      if (pm_record_last(L, r, 1, i) != i)
        continue; /* the key comes again: only its last value counts */
      pm_record_push_key(L, r, i);
      pm_record_push_field(L, r, 1, i);
    } else {
      lua_getiuservalue(L, 1, PM_RECORD_ADDED);
      lua_rawgeti(L, 2, at - r->object.count + 1);
      if (!lua_toboolean(L, 3))
        continue;
      lua_pushvalue(L, 3);
      lua_rawget(L, 2);
    }
    lua_pushinteger(L, at + 1);
    lua_replace(L, lua_upvalueindex(2));
    return 2;
  }
  return 0;
}

/* pairs(record) --> in the order of the line, then the new fields */
static int record_pairs(lua_State *L) {
  check_record(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, record_next, 2);
  lua_pushvalue(L, 1);
  return 2;
}

/* tostring(record) --> the line */
static int record_tostring(lua_State *L) {
  check_record(L);
  pm_record_push_line(L, 1);
  return 1;
}

static const luaL_Reg metamethods[] = {
    {"__index", record_index},
    {"__newindex", record_newindex},
    {"__pairs", record_pairs},
    {"__tostring", record_tostring},
    {NULL, NULL},
};

int pm_open_record(lua_State *L) {
  /* Who opens the core twice has the records of both times. */
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &record_key) == LUA_TNIL) {
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &record_key);
  }
  lua_pushvalue(L, -1);
  luaL_setfuncs(L, metamethods, 1);
  lua_pushliteral(L, "record");
  lua_setfield(L, -2, "__name");
  lua_pushliteral(L, "record");
  lua_setfield(L, -2, "__metatable");
  lua_newtable(L);
  lua_insert(L, -2);
  lua_pushvalue(L, -1);
  pm_record_push_of_line(L);
  lua_setfield(L, -3, "of_line");
  lua_pushcclosure(L, pm_record_maker, 1);
  lua_setfield(L, -2, "maker");
  return 1;
}
