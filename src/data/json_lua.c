#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "data/json_read_lua.h"
#include "data/json_write_lua.h"
#include "data/record_lua.h"
#include "data/scratch_lua.h"

/* decode(text, keep_bytes) --> value | nil, message, byte */
static int json_decode(lua_State *L) {
  size_t len;
  const char *s = luaL_checklstring(L, 1, &len);
  pm_json_error error = {0};
  pm_json_reader r = {.scan = {.text = s,
                               .end = s + len,
                               .keep_bytes = lua_toboolean(L, 2),
                               .error = &error},
                      .L = L};
  const char *p = pm_json_push(&r, pm_json_blanks(s, r.scan.end), 0);
  if (p && (p = pm_json_blanks(p, r.scan.end)) == r.scan.end)
    return 1;
  if (p)
    pm_json_fail(&r.scan, p, "more text behind the value");
  lua_pushnil(L);
  lua_pushstring(L, error.message);
  lua_pushinteger(L, (lua_Integer)error.at + 1);
  return 3;
}

/* The indent that the options at 2 say. */
static lua_Integer indent_of(lua_State *L) {
  lua_settop(L, 2);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 2);
  lua_call(L, 1, 1);
  lua_Integer indent = luaL_checkinteger(L, 2);
  luaL_argcheck(L, indent >= 0 && indent <= 16, 2, "indent is 0 to 16 blanks");
  return indent;
}

/* Is the value at 1 a record? May push something. */
static bool is_record(lua_State *L) {
  return lua_type(L, 1) == LUA_TUSERDATA && lua_getmetatable(L, 1) &&
         lua_rawequal(L, -1, lua_upvalueindex(2));
}

/* encode(value, options) --> text */
static int json_encode(lua_State *L) {
  luaL_checkany(L, 1);
  lua_Integer indent = lua_isnoneornil(L, 2) ? 0 : indent_of(L);
  if (indent == 0 && is_record(L)) {
    pm_record_push_line(L, 1);
    return 1;
  }
  lua_settop(L, 1);
  pm_json_writer w = {.L = L,
                      .out = pm_scratch_borrow(L),
                      .root = "value",
                      .comma = ",",
                      .colon = ":",
                      .indent = (int)indent};
  pm_json_write(&w, 1, NULL, 0);
  lua_pushlstring(L, w.out->at, w.out->len);
  pm_scratch_return(L, 2);
  return 1;
}

/* encoder(indent) --> the function that encodes
 * indent(options) --> integer */
static int json_encoder(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  pm_record_push_meta(L);
  lua_pushcclosure(L, json_encode, 2);
  return 1;
}

/* mark(table, as_array) --> the same table */
static int json_mark(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argcheck(L, pm_mark_get(L, 1) >= 0, 1,
                "the table has a metatable already");
  pm_mark_set(L, 1, lua_toboolean(L, 2) ? PM_ARRAY : PM_OBJECT);
  lua_settop(L, 1);
  return 1;
}

/* type(value) --> "object", "array", "null", ... | nil */
static int json_type(lua_State *L) {
  luaL_checkany(L, 1);
  switch (lua_type(L, 1)) {
  case LUA_TSTRING:
  case LUA_TNUMBER:
  case LUA_TBOOLEAN: lua_pushstring(L, luaL_typename(L, 1)); break;
  case LUA_TTABLE:
    lua_pushstring(L, pm_json_kind(L, 1, PM_OBJECT) == PM_ARRAY ? "array"
                                                                : "object");
    break;
  default:
    if (pm_null_is(L, 1))
      lua_pushliteral(L, "null");
    else if (pm_record_is(L, 1))
      lua_pushliteral(L, "object");
    else
      lua_pushnil(L);
  }
  return 1;
}

static const luaL_Reg functions[] = {
    {"decode", json_decode},
    {"encoder", json_encoder},
    {"mark", json_mark},
    {"type", json_type},
    {NULL, NULL},
};

int pm_open_json(lua_State *L) {
  luaL_newlib(L, functions);
  pm_null_push(L);
  lua_setfield(L, -2, "null");
  return 1;
}
