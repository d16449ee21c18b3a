#include "data/record_lua.h"

#include <string.h>

#include <lauxlib.h>

#include "core_lua.h"
#include "data/json_read_lua.h"
#include "data/keys_lua.h"
#include "data/splice_lua.h"

/* Its address is the key of the metatable in the registry. */
static const char record_key;

static bool few(const pm_record *r) {
  return r->object.count <= PM_RECORD_FEW;
}

void pm_record_push_value(lua_State *L, const pm_record *r, int at,
                          uint32_t i) {
  if (few(r)) {
    lua_getiuservalue(L, at, PM_RECORD_VALUES + (int)i);
    return;
  }
  lua_getiuservalue(L, at, PM_RECORD_VALUES);
  lua_rawgeti(L, -1, (lua_Integer)i + 1);
  lua_remove(L, -2);
}

/* Keeps the value on top of the stack for field i and pops it. */
static void keep_value(lua_State *L, const pm_record *r, int at, uint32_t i) {
  if (few(r)) {
    lua_setiuservalue(L, at, PM_RECORD_VALUES + (int)i);
    return;
  }
  lua_getiuservalue(L, at, PM_RECORD_VALUES);
  lua_insert(L, -2);
  lua_rawseti(L, -2, (lua_Integer)i + 1);
  lua_pop(L, 1);
}

void pm_record_push_key(lua_State *L, const pm_record *r, uint32_t i) {
  const pm_field *f = &r->fields[i];
  pm_json_push_string(L, r->line + f->key, f->key_end - f->key, f->key_escaped);
}

int64_t pm_record_field(lua_State *L, const pm_record *r, int at, int key) {
  if (few(r)) {
    size_t len;
    const char *s = lua_tolstring(L, key, &len);
    return pm_record_find(r->line, r->fields, r->object.count, s, len);
  }
  lua_getiuservalue(L, at, PM_RECORD_VALUES);
  lua_pushvalue(L, key);
  int64_t i = lua_rawget(L, -2) == LUA_TNIL ? -1 : lua_tointeger(L, -1);
  lua_pop(L, 2);
  return i;
}

uint32_t pm_record_last(lua_State *L, const pm_record *r, int at, uint32_t i) {
  const pm_field *f = &r->fields[i];
  int64_t last;
  if (few(r) && !f->key_escaped) {
    last = pm_record_find(r->line, r->fields, r->object.count, r->line + f->key,
                          f->key_end - f->key);
  } else {
    pm_record_push_key(L, r, i);
    last = pm_record_field(L, r, at, lua_gettop(L));
    lua_pop(L, 1);
  }
  return (uint32_t)last;
}

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

/* The metatable of records is the first upvalue of all functions here. */
static pm_record *check_record(lua_State *L) {
  pm_record *r = lua_touserdata(L, 1);
  if (!r || !lua_getmetatable(L, 1) ||
      !lua_rawequal(L, -1, lua_upvalueindex(1)))
    luaL_typeerror(L, 1, "record");
  lua_pop(L, 1);
  return r;
}

bool pm_record_is(lua_State *L, int at) {
  if (lua_type(L, at) != LUA_TUSERDATA || !lua_getmetatable(L, at))
    return false;
  const void *p = lua_topointer(L, -1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &record_key);
  bool same = lua_topointer(L, -1) == p;
  lua_pop(L, 2);
  return same;
}

pm_record *pm_record_push(lua_State *L, int line, bool keep_bytes,
                          pm_json_error *error) {
  pm_field fields[PM_RECORD_FEW];
  pm_object object;
  size_t len;
  const char *s = lua_tolstring(L, line, &len);
  pm_json_scan scan = {
      .text = s, .end = s + len, .keep_bytes = keep_bytes, .error = error};
  if (pm_record_scan(&scan, &object, fields, PM_RECORD_FEW) != 0)
    return NULL;
  line = lua_absindex(L, line);
  bool all = object.count <= PM_RECORD_FEW;
  size_t bytes = object.count * sizeof *fields;
  int values = all ? (int)object.count : 1;
  pm_record *r =
      lua_newuserdatauv(L, sizeof *r + bytes, PM_RECORD_VALUES - 1 + values);
  *r = (pm_record){.line = s, .len = len, .object = object};
  if (all)
    memcpy(r->fields, fields, bytes);
  else
    pm_record_scan(&scan, &object, r->fields, object.count);
  lua_pushvalue(L, line);
  lua_setiuservalue(L, -2, PM_RECORD_LINE);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &record_key);
  lua_setmetatable(L, -2);
  if (!all)
    index_fields(L, r, lua_gettop(L));
  return r;
}

/* Pushes the value of field i as the line has it, and remembers it. */
static void decode_field(lua_State *L, pm_record *r, int at, uint32_t i) {
  pm_field *f = &r->fields[i];
  const char *value = r->line + f->value;
  size_t len = f->value_end - f->value;
  f->state = PM_FIELD_READ;
  if (*value == '"') {
    pm_json_push_string(L, value + 1, len - 2, f->value_escaped);
  } else {
    pm_json_error error;
    pm_json_reader reader = {.scan = {.text = value,
                                      .end = value + len,
                                      .keep_bytes = true,
                                      .error = &error},
                             .L = L};
    pm_json_push(&reader, value, 1); /* checked before: cannot fail */
    if (lua_type(L, -1) == LUA_TTABLE) {
      f->state = reader.repeated ? PM_FIELD_REPEATED : PM_FIELD_TABLE;
      r->changed = true;
    }
  }
  lua_pushvalue(L, -1);
  keep_value(L, r, at, i);
}

static void push_field(lua_State *L, pm_record *r, int at, uint32_t i) {
  switch (r->fields[i].state) {
  case PM_FIELD_RAW: decode_field(L, r, at, i); break;
  case PM_FIELD_REMOVED: lua_pushnil(L); break;
  default: pm_record_push_value(L, r, at, i);
  }
}

/* record[name] --> value | nil */
static int record_index(lua_State *L) {
  pm_record *r = check_record(L);
  if (lua_type(L, 2) != LUA_TSTRING)
    return 0;
  int64_t i = pm_record_field(L, r, 1, 2);
  if (i >= 0) {
    push_field(L, r, 1, (uint32_t)i);
    return 1;
  }
  if (r->added == 0)
    return 0;
  lua_getiuservalue(L, 1, PM_RECORD_ADDED);
  lua_pushvalue(L, 2);
  lua_rawget(L, -2);
  return 1;
}

/* Has field i the value at `value` already, so that setting it changes
 * nothing? A table that was read may have been changed in place, and is
 * compared when it is written. */
static bool has_value(lua_State *L, const pm_record *r, uint32_t i, int value) {
  const pm_field *f = &r->fields[i];
  if (f->state == PM_FIELD_RAW)
    return pm_splice_same(L, r->line + f->value, r->line + f->value_end, value);
  if (f->state == PM_FIELD_SET || f->state == PM_FIELD_REMOVED)
    return false;
  pm_record_push_value(L, r, 1, i);
  bool same = lua_rawequal(L, -1, value) &&
              lua_isinteger(L, -1) == lua_isinteger(L, value);
  lua_pop(L, 1);
  return same;
}

static void set_field(lua_State *L, pm_record *r, uint32_t i) {
  if (has_value(L, r, i, 3))
    return;
  r->changed = true;
  r->fields[i].state = lua_isnil(L, 3) ? PM_FIELD_REMOVED : PM_FIELD_SET;
  keep_value(L, r, 1, i);
}

/* Takes `name` out of the list of new fields at `list`. */
static void forget_added(lua_State *L, const pm_record *r, int list, int name) {
  for (uint32_t i = 1; i <= r->added; i++) {
    lua_rawgeti(L, list, i);
    bool found = lua_rawequal(L, -1, name);
    lua_pop(L, 1);
    if (found) {
      lua_pushboolean(L, 0);
      lua_rawseti(L, list, i);
      return;
    }
  }
}

/* Gives the new field whose name is at `name` the value at `value`. */
static void add_field(lua_State *L, pm_record *r, int at, int name, int value) {
  if (lua_getiuservalue(L, at, PM_RECORD_ADDED) == LUA_TNIL) {
    lua_pop(L, 1);
    if (lua_isnil(L, value))
      return;
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, at, PM_RECORD_ADDED);
  }
  int list = lua_gettop(L);
  r->changed = true;
  lua_pushvalue(L, name);
  bool known = lua_rawget(L, list) != LUA_TNIL;
  if (known && lua_isnil(L, value)) {
    forget_added(L, r, list, name);
  } else if (!known && !lua_isnil(L, value)) {
    lua_pushvalue(L, name);
    lua_rawseti(L, list, (lua_Integer)r->added + 1);
    r->added++;
  }
  lua_pushvalue(L, name);
  lua_pushvalue(L, value);
  lua_rawset(L, list);
  lua_settop(L, list - 1);
}

/* record[name] = value | nil */
static int record_newindex(lua_State *L) {
  pm_record *r = check_record(L);
  if (lua_type(L, 2) != LUA_TSTRING)
    return luaL_error(L, "the name of a field is a string, not a %s",
                      luaL_typename(L, 2));
  lua_settop(L, 3);
  int64_t i = pm_record_field(L, r, 1, 2);
  if (i >= 0)
    set_field(L, r, (uint32_t)i);
  else
    add_field(L, r, 1, 2, 3);
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
      push_field(L, r, 1, i);
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

/* A record of the fields of the table at 1, by name. */
static int record_from_table(lua_State *L) {
  pm_json_error error;
  lua_settop(L, 1);
  lua_pushliteral(L, "{}");
  pm_record *r = pm_record_push(L, 2, false, &error);
  lua_Integer n = pm_keys_sorted(L, 1, 0);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, 4, i);
    luaL_argexpected(L, lua_type(L, 5) == LUA_TSTRING, 1,
                     "table with names as keys");
    lua_pushvalue(L, 5);
    lua_rawget(L, 1);
    add_field(L, r, 3, 5, 6);
    lua_settop(L, 4);
  }
  luaL_argexpected(L, n >= 0, 1, "table with names as keys");
  lua_settop(L, 3);
  return 1;
}

/* new(line or table or record, keep_bytes) --> record | nil, message, byte */
static int record_new(lua_State *L) {
  if (lua_type(L, 1) == LUA_TTABLE)
    return record_from_table(L);
  bool keep_bytes = lua_toboolean(L, 2);
  if (pm_record_is(L, 1))
    pm_record_push_line(L, 1);
  else
    luaL_checktype(L, 1, LUA_TSTRING);
  pm_json_error error;
  if (pm_record_push(L, lua_type(L, 1) == LUA_TSTRING ? 1 : -1, keep_bytes,
                     &error))
    return 1;
  lua_pushnil(L);
  lua_pushstring(L, error.message);
  lua_pushinteger(L, (lua_Integer)error.at + 1);
  return 3;
}

static const luaL_Reg metamethods[] = {
    {"__index", record_index},
    {"__newindex", record_newindex},
    {"__pairs", record_pairs},
    {"__tostring", record_tostring},
    {NULL, NULL},
};

int pm_open_record(lua_State *L) {
  lua_newtable(L);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &record_key);
  lua_pushvalue(L, -1);
  luaL_setfuncs(L, metamethods, 1);
  lua_pushliteral(L, "record");
  lua_setfield(L, -2, "__name");
  lua_pushliteral(L, "record");
  lua_setfield(L, -2, "__metatable");
  lua_newtable(L);
  lua_pushcfunction(L, record_new);
  lua_setfield(L, -2, "new");
  return 1;
}
