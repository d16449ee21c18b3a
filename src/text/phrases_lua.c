/* phrases for Lua. */
#include "text/phrases.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/spans_lua.h"

#define PHRASES "pumice.phrases"
#define ROWS 1024

/* phrases.new(list, caseless, words, overlap) --> phrases */
static int phrases_new(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  int options = (lua_toboolean(L, 2) ? PM_PHRASES_CASELESS : 0) |
                (lua_toboolean(L, 3) ? PM_PHRASES_WORDS : 0) |
                (lua_toboolean(L, 4) ? PM_PHRASES_OVERLAP : 0);
  size_t count = lua_rawlen(L, 1), total = 0;
  luaL_argcheck(L, count < PM_TEXT_MAX / 4, 1, "too many phrases");
  pm_phrase *list = lua_newuserdatauv(L, count * sizeof *list, 0);
  for (size_t i = 0; i < count; i++) {
    /* The table keeps the strings; numbers would be turned in a copy. */
    if (lua_rawgeti(L, 1, (lua_Integer)i + 1) != LUA_TSTRING)
      return luaL_error(L, "phrase %I is a %s, not a string",
                        (lua_Integer)i + 1, luaL_typename(L, -1));
    list[i].text = lua_tolstring(L, -1, &list[i].len);
    if (list[i].len == 0)
      return luaL_error(L, "phrase %I is empty", (lua_Integer)i + 1);
    total += list[i].len;
    lua_pop(L, 1);
  }
  luaL_argcheck(L, total < PM_TEXT_MAX, 1, "phrases longer than 4 GiB");
  pm_phrases *p = lua_newuserdatauv(L, sizeof *p, 0);
  memset(p, 0, sizeof *p);
  luaL_setmetatable(L, PHRASES);
  if (pm_phrases_open(p, list, count, options) != 0)
    return luaL_error(L, "not enough memory for %I phrases",
                      (lua_Integer)count);
  return 1;
}

/* A walk over the text at 2; may push a scratch userdata. */
static pm_phrases_walk walk_over(lua_State *L) {
  pm_phrases *p = luaL_checkudata(L, 1, PHRASES);
  luaL_argcheck(L, p->bytes, 1, "phrases are closed");
  size_t len;
  const char *text = luaL_checklstring(L, 2, &len);
  luaL_argcheck(L, len <= PM_TEXT_MAX, 2, "text longer than 4 GiB");
  if (pm_phrases_must_fold(p)) {
    char *folded = lua_newuserdatauv(L, len, 0);
    pm_phrases_fold(p, text, len, folded);
    text = folded;
  }
  pm_phrases_walk w;
  pm_phrases_begin(&w, p, text, len);
  return w;
}

/* phrases:spans(text) --> Spans, numbers of the phrases */
static int phrases_spans(lua_State *L) {
  lua_settop(L, 2);
  pm_phrases_walk w = walk_over(L);
  pm_spans *spans = pm_spans_new(L, 2);
  lua_newtable(L);
  uint32_t number[ROWS];
  size_t n;
  while ((n = pm_phrases_next(&w, pm_spans_room(L, spans, ROWS), number,
                              ROWS)) > 0) {
    for (size_t i = 0; i < n; i++) {
      lua_pushinteger(L, (lua_Integer)number[i] + 1);
      lua_rawseti(L, -2, (lua_Integer)(spans->count + i + 1));
    }
    spans->count += n;
  }
  return 2;
}

/* phrases:count(text) --> how many */
static int phrases_count(lua_State *L) {
  lua_settop(L, 2);
  pm_phrases_walk w = walk_over(L);
  pm_span spans[ROWS];
  uint32_t number[ROWS];
  lua_Integer count = 0;
  size_t n;
  while ((n = pm_phrases_next(&w, spans, number, ROWS)) > 0)
    count += (lua_Integer)n;
  lua_pushinteger(L, count);
  return 1;
}

/* phrases:test(text) --> boolean */
static int phrases_test(lua_State *L) {
  lua_settop(L, 2);
  pm_phrases_walk w = walk_over(L);
  pm_span span;
  uint32_t number;
  lua_pushboolean(L, pm_phrases_next(&w, &span, &number, 1) > 0);
  return 1;
}

/* phrases:present(text) --> {[number] = true} of those that occur */
static int phrases_present(lua_State *L) {
  lua_settop(L, 2);
  pm_phrases_walk w = walk_over(L);
  size_t left = w.phrases->count, n;
  bool *seen = lua_newuserdatauv(L, w.phrases->given, 0);
  memset(seen, 0, w.phrases->given);
  lua_newtable(L);
  pm_span spans[ROWS];
  uint32_t number[ROWS];
  while (left > 0 && (n = pm_phrases_next(&w, spans, number, ROWS)) > 0) {
    for (size_t i = 0; i < n; i++) {
      if (seen[number[i]])
        continue;
      seen[number[i]] = true;
      left--;
      lua_pushboolean(L, 1);
      lua_rawseti(L, -2, (lua_Integer)number[i] + 1);
    }
  }
  return 1;
}

static int phrases_gc(lua_State *L) {
  pm_phrases_close(luaL_checkudata(L, 1, PHRASES));
  return 0;
}

static const luaL_Reg methods[] = {
    {"spans", phrases_spans},
    {"count", phrases_count},
    {"test", phrases_test},
    {"present", phrases_present},
    {NULL, NULL},
};

int pm_open_phrases(lua_State *L) {
  luaL_newmetatable(L, PHRASES);
  lua_pushcfunction(L, phrases_gc);
  lua_setfield(L, -2, "__gc");
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_newtable(L);
  lua_pushcfunction(L, phrases_new);
  lua_setfield(L, -2, "new");
  return 1;
}
