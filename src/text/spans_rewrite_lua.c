/* Spans: lower and replace, which make a new text. */
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "text/lower.h"
#include "text/spans_lua.h"

/* Rewriting is from left to right: raises when a span begins before the last
 * one has ended, as those of n-grams do. */
static void check_apart(lua_State *L, const pm_spans *s, size_t i) {
  if (i > 0 && s->at[i].start < s->at[i - 1].end)
    luaL_error(L, "spans %I and %I overlap", (lua_Integer)i,
               (lua_Integer)i + 1);
}

/* spans:lower() --> Spans over a text where these pieces are in lower case */
static int spans_lower(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  size_t len, at = 0;
  const char *text = pm_spans_text(L, 1, &len);
  pm_spans *lower = pm_spans_over(L, 1);
  pm_spans_room(L, lower, s->count);

  luaL_Buffer buffer;
  char *out = luaL_buffinitsize(L, &buffer, pm_lower_size(len)), *to = out;
  for (size_t i = 0; i < s->count; i++) {
    check_apart(L, s, i);
    pm_span here = s->at[i];
    memcpy(to, text + at, here.start - at);
    to += here.start - at;
    size_t size = pm_lower(text + here.start, here.end - here.start, to);
    if ((size_t)(to - out) + size > PM_TEXT_MAX)
      luaL_error(L, "text longer than 4 GiB");
    lower->at[i].start = (uint32_t)(to - out);
    to += size;
    lower->at[i].end = (uint32_t)(to - out);
    at = here.end;
  }
  lower->count = s->count;
  memcpy(to, text + at, len - at);
  luaL_pushresultsize(&buffer, (size_t)(to - out) + len - at);
  lua_setiuservalue(L, -2, 1);
  return 1;
}

/* Pushes what stands for the i-th piece: argument 2 itself, or what it has or
 * gives for the string; false or nil keep the piece. */
static int push_replacement(lua_State *L, const char *piece, size_t len,
                            size_t i) {
  switch (lua_type(L, 2)) {
  case LUA_TFUNCTION:
    lua_pushvalue(L, 2);
    lua_pushlstring(L, piece, len);
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_call(L, 2, 1);
    break;
  case LUA_TTABLE:
    lua_pushlstring(L, piece, len);
    lua_gettable(L, 2);
    break;
  default: lua_pushvalue(L, 2);
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    return 0;
  }
  if (!lua_isstring(L, -1))
    luaL_error(L, "a span is replaced by a string, not by a %s",
               luaL_typename(L, -1));
  return 1;
}

/* spans:replace(string | table | function) --> string */
static int spans_replace(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  size_t len, at = 0;
  const char *text = pm_spans_text(L, 1, &len);
  int type = lua_type(L, 2);
  luaL_argcheck(L,
                type == LUA_TSTRING || type == LUA_TNUMBER ||
                    type == LUA_TTABLE || type == LUA_TFUNCTION,
                2, "a string, a table or a function expected");
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (size_t i = 0; i < s->count; i++) {
    check_apart(L, s, i);
    pm_span here = s->at[i];
    luaL_addlstring(&buffer, text + at, here.start - at);
    size_t size = here.end - here.start;
    if (push_replacement(L, text + here.start, size, i))
      luaL_addvalue(&buffer);
    else
      luaL_addlstring(&buffer, text + here.start, size);
    at = here.end;
  }
  luaL_addlstring(&buffer, text + at, len - at);
  luaL_pushresult(&buffer);
  return 1;
}

const luaL_Reg pm_spans_rewrites[] = {
    {"lower", spans_lower},
    {"replace", spans_replace},
    {NULL, NULL},
};
