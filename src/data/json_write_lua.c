#include "data/json_write_lua.h"

#include <lauxlib.h>
#include <math.h>

#include "data/json.h"
#include "data/keys_lua.h"
#include "data/number.h"
#include "data/quote.h"
#include "data/record_lua.h"
#include "text/utf8.h"

void pm_json_put(pm_json_writer *w, const char *bytes, size_t len) {
  if (pm_buffer_add(w->out, bytes, len) != 0)
    luaL_error(w->L, "not enough memory");
}

static void put_string(pm_json_writer *w, const char *s) {
  pm_json_put(w, s, strlen(s));
}

void pm_json_refuse(pm_json_writer *w, const pm_path *path, const char *what) {
  lua_pushfstring(w->L, "%s, which JSON cannot hold", what);
  pm_path_error(w->L, w->root, path, lua_tostring(w->L, -1));
}

void pm_json_write_string(pm_json_writer *w, int at, const pm_path *path) {
  size_t len;
  const char *s = lua_tolstring(w->L, at, &len);
  bool high = false;
  if (pm_quote_write(w->out, s, len, &high) != 0)
    luaL_error(w->L, "not enough memory");
  size_t valid = high ? pm_utf8_check(s, len) : len;
  if (valid < len) {
    lua_pushfstring(w->L, "has invalid UTF-8 at byte %I",
                    (LUAI_UACINT)(valid + 1));
    pm_path_error(w->L, w->root, path, lua_tostring(w->L, -1));
  }
}

static void write_number(pm_json_writer *w, int at, const pm_path *path) {
  char text[PM_NUMBER_ROOM];
  size_t len;
  if (lua_isinteger(w->L, at)) {
    len = pm_number_write_integer(text, lua_tointeger(w->L, at));
  } else {
    double f = lua_tonumber(w->L, at);
    if (!isfinite(f))
      pm_json_refuse(w, path, isnan(f) ? "is NaN" : "is infinite");
    len = pm_number_write_float(text, f);
  }
  pm_json_put(w, text, len);
}

pm_mark pm_json_kind(lua_State *L, int at, pm_mark empty) {
  int mark = pm_mark_get(L, at);
  if (mark == PM_ARRAY || mark == PM_OBJECT)
    return (pm_mark)mark;
  int first = lua_rawgeti(L, at, 1);
  lua_pop(L, 1);
  if (first != LUA_TNIL)
    return PM_ARRAY;
  lua_pushnil(L);
  if (!lua_next(L, at))
    return empty;
  lua_pop(L, 2);
  return PM_OBJECT;
}

lua_Integer pm_json_count_keys(lua_State *L, int at) {
  lua_Integer n = 0;
  for (lua_pushnil(L); lua_next(L, at); n++)
    lua_pop(L, 1);
  return n;
}

lua_Integer pm_json_array_length(pm_json_writer *w, int at,
                                 const pm_path *path) {
  lua_State *L = w->L;
  lua_Integer n = pm_keys_array(L, at);
  lua_pushnil(L);
  while (lua_next(L, at)) {
    lua_pop(L, 1);
    int whole = lua_isinteger(L, -1);
    lua_Integer i = whole ? lua_tointeger(L, -1) : 0;
    if (whole && i >= 1 && i <= n)
      continue;
    if (whole && i > n)
      lua_pushfstring(L, "has a hole at element %I", (LUAI_UACINT)(n + 1));
    else
      lua_pushfstring(L, "has both elements and the key '%s'",
                      luaL_tolstring(L, -1, NULL));
    pm_json_refuse(w, path, lua_tostring(L, -1));
  }
  return n;
}

static void new_line(pm_json_writer *w, int depth) {
  if (w->indent == 0)
    return;
  pm_json_put(w, "\n", 1);
  for (int i = 0; i < depth * w->indent; i++)
    pm_json_put(w, " ", 1);
}

static void between(pm_json_writer *w, lua_Integer i, int depth) {
  if (i > 1)
    put_string(w, w->indent ? "," : w->comma);
  new_line(w, depth);
}

static void write_array(pm_json_writer *w, int at, pm_path *here, int depth) {
  lua_State *L = w->L;
  lua_Integer n = pm_json_array_length(w, at, here);
  int top = lua_gettop(L);
  pm_json_put(w, "[", 1);
  for (lua_Integer i = 1; i <= n; i++) {
    between(w, i, depth);
    lua_rawgeti(L, at, i);
    here->index = i;
    pm_json_write(w, top + 1, here, depth);
    lua_pop(L, 1);
  }
  if (n > 0)
    new_line(w, depth - 1);
  pm_json_put(w, "]", 1);
}

/* A number is a key only where json.object says so, and an integer. */
static void write_key(pm_json_writer *w, int at, int key, const pm_path *here) {
  lua_State *L = w->L;
  if (lua_type(L, key) == LUA_TSTRING) {
    pm_json_write_string(w, key, here);
    return;
  }
  if (!lua_isinteger(L, key) || pm_mark_get(L, at) != PM_OBJECT) {
    const char *text = luaL_tolstring(L, key, NULL);
    pm_json_refuse(w, here->up,
                   lua_pushfstring(L, "has the %s %s as a key",
                                   luaL_typename(L, key), text));
  }
  lua_pushvalue(L, key);
  lua_tostring(L, -1);
  lua_pushvalue(L, -1);
  if (lua_rawget(L, at) != LUA_TNIL)
    pm_json_refuse(w, here->up,
                   lua_pushfstring(L,
                                   "has both the number %s and its text "
                                   "as keys",
                                   lua_tostring(L, -2)));
  lua_pop(L, 1);
  pm_json_write_string(w, lua_gettop(L), here);
  lua_pop(L, 1);
}

static void write_object(pm_json_writer *w, int at, pm_path *here, int depth) {
  lua_State *L = w->L;
  lua_Integer n = pm_keys_sorted(L, at, 0);
  int keys = lua_gettop(L);
  if (n < 0)
    pm_json_refuse(
        w, here->up,
        lua_pushfstring(L, "has a %s as a key", luaL_typename(L, keys)));
  here->key = keys + 1;
  pm_json_put(w, "{", 1);
  for (lua_Integer i = 1; i <= n; i++) {
    between(w, i, depth);
    lua_rawgeti(L, keys, i);
    write_key(w, at, keys + 1, here);
    put_string(w, w->indent ? ": " : w->colon);
    lua_pushvalue(L, keys + 1);
    lua_rawget(L, at);
    pm_json_write(w, keys + 2, here, depth);
    lua_pop(L, 2);
  }
  if (n > 0)
    new_line(w, depth - 1);
  pm_json_put(w, "}", 1);
  lua_pop(L, 1);
}

static void write_table(pm_json_writer *w, int at, const pm_path *path,
                        int depth) {
  pm_path here = {.up = path, .table = lua_topointer(w->L, at)};
  if (depth > PM_JSON_DEPTH)
    pm_path_error(w->L, w->root, &here, "is nested deeper than 512");
  luaL_checkstack(w->L, 10, "value nested too deeply");
  if (pm_json_kind(w->L, at, PM_OBJECT) == PM_ARRAY)
    write_array(w, at, &here, depth);
  else
    write_object(w, at, &here, depth);
}

void pm_json_write(pm_json_writer *w, int at, const pm_path *path, int depth) {
  lua_State *L = w->L;
  switch (lua_type(L, at)) {
  case LUA_TSTRING: pm_json_write_string(w, at, path); break;
  case LUA_TNUMBER: write_number(w, at, path); break;
  case LUA_TBOOLEAN:
    put_string(w, lua_toboolean(L, at) ? "true" : "false");
    break;
  case LUA_TTABLE: write_table(w, at, path, depth + 1); break;
  default:
    if (pm_null_is(L, at))
      put_string(w, "null");
    else if (pm_record_is(L, at))
      pm_record_write(w, at, path, depth + 1);
    else
      pm_json_refuse(w, path,
                     lua_pushfstring(L, "is a %s", luaL_typename(L, at)));
  }
}
