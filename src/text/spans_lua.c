/*
 * Spans as Lua sees them: s[i], #s and methods. The text is kept alive in the
 * user value; the array comes from the state's own allocator, so that a
 * memory limit counts it.
 */
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/spans_lua.h"

static void *resize(lua_State *L, void *p, size_t from, size_t to) {
  void *ud;
  lua_Alloc alloc = lua_getallocf(L, &ud);
  return alloc(ud, p, from, to);
}

pm_spans *pm_spans_new(lua_State *L, int text) {
  size_t len;
  luaL_checklstring(L, text, &len);
  luaL_argcheck(L, len <= PM_TEXT_MAX, text, "text longer than 4 GiB");
  text = lua_absindex(L, text);
  pm_spans *s = lua_newuserdatauv(L, sizeof *s, 1);
  *s = (pm_spans){0};
  luaL_setmetatable(L, PM_SPANS);
  lua_pushvalue(L, text);
  lua_setiuservalue(L, -2, 1);
  return s;
}

pm_span *pm_spans_room(lua_State *L, pm_spans *s, size_t extra) {
  if (s->room - s->count < extra) {
    size_t room = s->room + s->room / 2;
    if (room < s->count + extra)
      room = s->count + extra;
    if (room > SIZE_MAX / sizeof *s->at)
      luaL_error(L, "not enough memory for %I spans", (lua_Integer)room);
    void *at = resize(L, s->at, s->room * sizeof *s->at, room * sizeof *s->at);
    if (!at)
      luaL_error(L, "not enough memory for %I spans", (lua_Integer)room);
    s->at = at;
    s->room = room;
  }
  return s->at + s->count;
}

pm_spans *pm_spans_check(lua_State *L, int arg) {
  return luaL_checkudata(L, arg, PM_SPANS);
}

const char *pm_spans_text(lua_State *L, int arg, size_t *len) {
  lua_getiuservalue(L, arg, 1);
  const char *text = lua_tolstring(L, -1, len);
  lua_pop(L, 1); /* the Spans keeps it */
  return text;
}

/* #spans --> how many */
static int spans_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)pm_spans_check(L, 1)->count);
  return 1;
}

/* spans[i] --> the i-th piece of text | nil; spans.name --> a method */
static int spans_index(lua_State *L) {
  pm_spans *s = pm_spans_check(L, 1);
  if (lua_type(L, 2) != LUA_TNUMBER) {
    lua_pushvalue(L, 2);
    lua_rawget(L, lua_upvalueindex(1));
    return 1;
  }
  lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 1 || (lua_Unsigned)i > s->count)
    return 0;
  pm_span at = s->at[i - 1];
  const char *text = pm_spans_text(L, 1, NULL);
  lua_pushlstring(L, text + at.start, at.end - at.start);
  return 1;
}

/* spans:range(i) --> first, last | nothing past the end */
static int spans_range(lua_State *L) {
  pm_spans *s = pm_spans_check(L, 1);
  lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 1 || (lua_Unsigned)i > s->count)
    return 0;
  lua_pushinteger(L, (lua_Integer)s->at[i - 1].start + 1);
  lua_pushinteger(L, (lua_Integer)s->at[i - 1].end);
  return 2;
}

static int spans_gc(lua_State *L) {
  pm_spans *s = pm_spans_check(L, 1);
  resize(L, s->at, s->room * sizeof *s->at, 0);
  *s = (pm_spans){0};
  return 0;
}

static const luaL_Reg methods[] = {
    {"range", spans_range},
    {NULL, NULL},
};

static const luaL_Reg metamethods[] = {
    {"__len", spans_len},
    {"__gc", spans_gc},
    {NULL, NULL},
};

int pm_open_spans(lua_State *L) {
  luaL_newmetatable(L, PM_SPANS);
  luaL_setfuncs(L, metamethods, 0);
  luaL_newlib(L, methods);
  lua_pushvalue(L, -1);
  lua_pushcclosure(L, spans_index, 1);
  lua_setfield(L, -3, "__index");
  return 1; /* the table of methods */
}
