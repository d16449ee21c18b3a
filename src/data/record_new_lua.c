/*
 * Making records: of a line, of a table, of another record.
 */
#include <string.h>

#include <lauxlib.h>

#include "data/json_keys_lua.h"
#include "data/json_read_lua.h"
#include "data/keys_lua.h"
#include "data/record_lua.h"

/* Of the functions that make records. */
#define META lua_upvalueindex(1)
#define KEEPS_BYTES lua_upvalueindex(2)
#define KEYS lua_upvalueindex(2)

/* Where there are many fields: a table with the number of each name. */
static void index_fields(lua_State *L, const pm_record *r, int at) {
  lua_createtable(L, 0, (int)r->object.count);
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, at, PM_RECORD_VALUES);
  for (uint32_t i = 0; i < r->object.count; i++) {
    pm_record_push_key(L, r, i);
    lua_pushinteger(L, i);
    lua_rawset(L, -3);
  }
  lua_pop(L, 1);
}

/* Pushes a record over the string at the absolute index `line` and returns it;
 * NULL after filling in the error, then nothing is pushed. `keys` may be NULL.
 */
static pm_record *push(lua_State *L, int line, bool keep_bytes,
                       pm_json_keys *keys, pm_json_error *error) {
  pm_field fields[PM_RECORD_FEW];
  pm_object object;
  size_t len;
  const char *s = lua_tolstring(L, line, &len);
  pm_json_scan scan;
  pm_json_begin(&scan, s, len, keep_bytes, error);
  scan.keys = keys;
  if (pm_record_scan(&scan, &object, fields, PM_RECORD_FEW) != 0)
    return NULL;
  bool all = object.count <= PM_RECORD_FEW;
  size_t bytes = object.count * sizeof *fields;
  int values = all ? (int)object.count : 1;
  pm_record *r =
      lua_newuserdatauv(L, sizeof *r + bytes, PM_RECORD_VALUES - 1 + values);
  *r = (pm_record){.line = s, .len = len, .object = object};
  if (all) {
    memcpy(r->fields, fields, bytes);
  } else {
    scan.keys = NULL; /* they were seen */
    pm_record_scan(&scan, &object, r->fields, object.count);
  }
  lua_pushvalue(L, line);
  lua_setiuservalue(L, -2, PM_RECORD_LINE);
  lua_pushvalue(L, META);
  lua_setmetatable(L, -2);
  if (!all)
    index_fields(L, r, lua_gettop(L));
  return r;
}

/* A record of the fields of the table at 1, by name. */
static int record_from_table(lua_State *L) {
  pm_json_error error;
  lua_settop(L, 1);
  lua_pushliteral(L, "{}");
  pm_record *r = push(L, 2, false, NULL, &error);
  lua_Integer n = pm_keys_sorted(L, 1, 0);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, 4, i);
    luaL_argexpected(L, lua_type(L, 5) == LUA_TSTRING, 1,
                     "table with names as keys");
    lua_pushvalue(L, 5);
    lua_rawget(L, 1);
    pm_record_add(L, r, 3, 5, 6);
    lua_settop(L, 4);
  }
  luaL_argexpected(L, n >= 0, 1, "table with names as keys");
  lua_settop(L, 3);
  return 1;
}

/* Do the options at 2 say that strings may be any bytes? */
static bool keeps_bytes(lua_State *L) {
  if (lua_isnoneornil(L, 2))
    return false;
  lua_pushvalue(L, KEEPS_BYTES);
  lua_pushvalue(L, 2);
  lua_call(L, 1, 1);
  return lua_toboolean(L, -1);
}

static int push_error(lua_State *L, const pm_json_error *error) {
  lua_pushnil(L);
  lua_pushstring(L, error->message);
  lua_pushinteger(L, (lua_Integer)error->at + 1);
  return 3;
}

/* record(line or table or record, options) --> record | nil, message, byte */
static int record_new(lua_State *L) {
  bool keep_bytes = keeps_bytes(L);
  if (lua_type(L, 1) != LUA_TSTRING) {
    if (lua_type(L, 1) == LUA_TTABLE)
      return record_from_table(L);
    if (pm_record_is(L, 1)) {
      pm_record_push_line(L, 1);
      lua_replace(L, 1);
    }
    luaL_checktype(L, 1, LUA_TSTRING);
  }
  pm_json_error error;
  if (push(L, 1, keep_bytes, NULL, &error))
    return 1;
  return push_error(L, &error);
}

/* of_line(line) --> record, key | nil, message, byte
 * The key is one that comes twice in an object, at any depth; nil if none does.
 */
static int record_of_line(lua_State *L) {
  luaL_checktype(L, 1, LUA_TSTRING);
  lua_settop(L, 1);
  pm_json_keys *keys = lua_touserdata(L, KEYS);
  pm_json_error error;
  size_t len;
  const char *line = lua_tolstring(L, 1, &len);
  pm_json_keys_begin(keys, line, len);
  bool made = push(L, 1, false, keys, &error);
  if (keys->failed)
    return luaL_error(L, "not enough memory");
  if (!made)
    return push_error(L, &error);
  if (!keys->twice)
    return 1;
  pm_json_push_string(L, line + keys->place.start,
                      keys->place.end - keys->place.start, keys->escaped);
  return 2;
}

void pm_record_push_of_line(lua_State *L) {
  pm_json_keys_push(L);
  lua_pushcclosure(L, record_of_line, 2);
}

/* maker(keeps_bytes) --> the function that makes records
 * keeps_bytes(options) --> boolean */
int pm_record_maker(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  lua_pushvalue(L, META);
  lua_insert(L, 1);
  lua_pushcclosure(L, record_new, 2);
  return 1;
}
