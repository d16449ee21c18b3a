/*
 * The Lua object `Matchable`: the text made (user value 1), the original
 * (user value 2) and the map between them.
 */
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/buffer_lua.h"
#include "text/matchable.h"
#include "text/spans_lua.h"

#define MATCHABLE "pumice.matchable"

enum { TEXT = 1, ORIGINAL = 2, MAP = 3 };

/* matchable.make(s, options) --> matchable; `s` is valid UTF-8 */
static int matchable_make(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  unsigned set = (unsigned)luaL_checkinteger(L, 2);
  luaL_argcheck(L, len <= PM_OFFSETS_MAX, 1, "text longer than 2 GiB");
  lua_newuserdatauv(L, 0, 3);
  int self = lua_gettop(L);
  pm_buffer *map = pm_buffer_push(L);
  pm_buffer *out = pm_buffer_push(L);
  pm_buffer *wide = pm_buffer_push(L);
  out->max = PM_TEXT_MAX;
  if (pm_matchable_make(text, len, set, out, map, wide) != 0)
    return luaL_error(L, "not enough memory for a text of %I bytes",
                      (lua_Integer)len);
  pm_buffer_free(wide);
  /* In a block of Lua's own, so that its collector knows how much there is. */
  memcpy(lua_newuserdatauv(L, map->len, 0), map->at, map->len);
  lua_setiuservalue(L, self, MAP);
  pm_buffer_free(map);
  pm_buffer_take(L, out);
  lua_setiuservalue(L, self, TEXT);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, self, ORIGINAL);
  lua_settop(L, self);
  luaL_setmetatable(L, MATCHABLE);
  return 1;
}

/* The map of the matchable at argument 1; pushes its user value `which`. */
static pm_buffer check(lua_State *L, int which, const char **text,
                       size_t *len) {
  luaL_checkudata(L, 1, MATCHABLE);
  lua_getiuservalue(L, 1, MAP);
  pm_buffer map = {.at = lua_touserdata(L, -1), .len = lua_rawlen(L, -1)};
  lua_pop(L, 1); /* the matchable keeps it */
  lua_getiuservalue(L, 1, TEXT);
  *text = lua_tolstring(L, -1, len);
  lua_pop(L, 1);
  lua_getiuservalue(L, 1, which);
  return map;
}

/* The source of the range in arguments 2 and 3; pushes the original. */
static pm_span source_of(lua_State *L) {
  const char *text;
  size_t len;
  lua_Integer first = luaL_checkinteger(L, 2);
  lua_Integer last = luaL_optinteger(L, 3, first);
  pm_buffer map = check(L, ORIGINAL, &text, &len);
  luaL_argcheck(L, first >= 1 && (lua_Unsigned)first <= len + 1, 2,
                "position outside the text");
  luaL_argcheck(L, last >= first - 1 && (lua_Unsigned)last <= len, 3,
                "position outside the text or before the first one");
  pm_span at = {(uint32_t)(first - 1), (uint32_t)last};
  return pm_offsets_range(&map, text, at);
}

/* matchable:range(first, last) --> first, last in the original */
static int matchable_range(lua_State *L) {
  pm_span source = source_of(L);
  lua_pushinteger(L, (lua_Integer)source.start + 1);
  lua_pushinteger(L, (lua_Integer)source.end);
  return 2;
}

/* matchable:source(first, last) --> that piece of the original */
static int matchable_source(lua_State *L) {
  pm_span source = source_of(L);
  const char *original = lua_tostring(L, -1);
  lua_pushlstring(L, original + source.start, source.end - source.start);
  return 1;
}

/* matchable:spans(spans) --> Spans over the original */
static int matchable_spans(lua_State *L) {
  const char *text;
  size_t len, spans_len;
  const pm_spans *spans = pm_spans_check(L, 2);
  pm_spans_text(L, 2, &spans_len);
  pm_buffer map = check(L, ORIGINAL, &text, &len);
  luaL_argcheck(L, spans_len == len, 2, "not spans over this text");
  pm_spans *sources = pm_spans_new(L, lua_gettop(L));
  pm_span *to = pm_spans_room(L, sources, spans->count);
  for (size_t i = 0; i < spans->count; i++)
    to[i] = pm_offsets_range(&map, text, spans->at[i]);
  sources->count = spans->count;
  return 1;
}

/* matchable.text --> the text made; matchable.name --> a method */
static int matchable_index(lua_State *L) {
  luaL_checkudata(L, 1, MATCHABLE);
  if (lua_type(L, 2) == LUA_TSTRING && !strcmp(lua_tostring(L, 2), "text")) {
    lua_getiuservalue(L, 1, TEXT);
    return 1;
  }
  lua_pushvalue(L, 2);
  lua_rawget(L, lua_upvalueindex(1));
  return 1;
}

static const luaL_Reg methods[] = {
    {"range", matchable_range},
    {"source", matchable_source},
    {"spans", matchable_spans},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"make", matchable_make},
    {NULL, NULL},
};

int pm_open_matchable(lua_State *L) {
  luaL_newmetatable(L, MATCHABLE);
  luaL_newlib(L, methods);
  lua_pushcclosure(L, matchable_index, 1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
