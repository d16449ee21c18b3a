/*
 * Spans as Lua sees them: s[i], #s and methods. The text is kept alive in the
 * user value; the array comes from the state's own allocator, so that a
 * memory limit counts it.
 */
#include <limits.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/slice_lua.h"
#include "text/spans_lua.h"
#include "text/string_set_lua.h"

static void *resize(lua_State *L, void *p, size_t from, size_t to) {
  void *ud;
  lua_Alloc alloc = lua_getallocf(L, &ud);
  return alloc(ud, p, from, to);
}

/* Tells the collector of memory it does not see, or a loop that drops many
 * Spans would hold them all. */
static void report_memory(lua_State *L, size_t bytes) {
  size_t kib = bytes >> 10;
  if (kib > 0 && lua_gc(L, LUA_GCISRUNNING))
    lua_gc(L, LUA_GCSTEP, kib > INT_MAX ? INT_MAX : (int)kib);
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

pm_spans *pm_spans_over(lua_State *L, int arg) {
  lua_getiuservalue(L, arg, 1);
  pm_spans *s = pm_spans_new(L, -1);
  lua_remove(L, -2); /* the Spans keeps it */
  return s;
}

pm_span *pm_spans_room(lua_State *L, pm_spans *s, size_t extra) {
  if (extra == 0)
    return s->at; /* there may be no spans at all */
  if (s->room - s->count < extra) {
    size_t room = s->room + s->room / 2;
    if (room < s->count + extra)
      room = s->count + extra;
    if (room > SIZE_MAX / sizeof *s->at)
      luaL_error(L, "not enough memory for %I spans", (lua_Integer)room);
    void *at = resize(L, s->at, s->room * sizeof *s->at, room * sizeof *s->at);
    if (!at)
      luaL_error(L, "not enough memory for %I spans", (lua_Integer)room);
    size_t grown = (room - s->room) * sizeof *s->at;
    s->at = at;
    s->room = room;
    report_memory(L, grown);
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

/* the step of spans:each(): (spans, i) --> i + 1, first, last | nothing */
static int each_step(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 0 || (lua_Unsigned)i >= s->count)
    return 0;
  lua_pushinteger(L, i + 1);
  lua_pushinteger(L, (lua_Integer)s->at[i].start + 1);
  lua_pushinteger(L, (lua_Integer)s->at[i].end);
  return 3;
}

/* spans:each() --> an iterator of i, first, last */
static int spans_each(lua_State *L) {
  pm_spans_check(L, 1);
  lua_pushcfunction(L, each_step);
  lua_pushvalue(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

/* spans:strings() --> array of strings */
static int spans_strings(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  const char *text = pm_spans_text(L, 1, NULL);
  luaL_argcheck(L, s->count <= INT_MAX, 1, "too many spans for a table");
  lua_createtable(L, (int)s->count, 0);
  for (size_t i = 0; i < s->count; i++) {
    lua_pushlstring(L, text + s->at[i].start, s->at[i].end - s->at[i].start);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* spans:join(separator) --> string */
static int spans_join(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  const char *text = pm_spans_text(L, 1, NULL);
  size_t width;
  const char *separator = luaL_optlstring(L, 2, " ", &width);
  size_t size = s->count > 0 ? width * (s->count - 1) : 0;
  for (size_t i = 0; i < s->count; i++)
    size += s->at[i].end - s->at[i].start;
  luaL_Buffer buffer;
  char *out = luaL_buffinitsize(L, &buffer, size);
  for (size_t i = 0; i < s->count; i++) {
    if (i > 0) {
      memcpy(out, separator, width);
      out += width;
    }
    size_t len = s->at[i].end - s->at[i].start;
    memcpy(out, text + s->at[i].start, len);
    out += len;
  }
  luaL_pushresultsize(&buffer, size);
  return 1;
}

/* spans:slice(i, j) --> Spans from the i-th to the j-th; as string.sub has it,
 * negative numbers count from the end and what is outside is left out */
static int spans_slice(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  size_t first, wanted = pm_slice_read(L, s->count, &first);
  pm_spans *part = pm_spans_over(L, 1);
  if (wanted > 0) {
    memcpy(pm_spans_room(L, part, wanted), s->at + first,
           wanted * sizeof *s->at);
    part->count = wanted;
  }
  return 1;
}

/* spans:text() --> the string they lie in */
static int spans_text(lua_State *L) {
  pm_spans_check(L, 1);
  lua_getiuservalue(L, 1, 1);
  return 1;
}

/* tostring(spans) --> "12 spans over 80 bytes" */
static int spans_tostring(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  size_t len;
  pm_spans_text(L, 1, &len);
  lua_pushfstring(L, "%I spans over %I bytes", (lua_Integer)s->count,
                  (lua_Integer)len);
  return 1;
}

static int spans_gc(lua_State *L) {
  pm_spans *s = pm_spans_check(L, 1);
  resize(L, s->at, s->room * sizeof *s->at, 0);
  *s = (pm_spans){0};
  return 0;
}

static const luaL_Reg methods[] = {
    {"each", spans_each},   {"join", spans_join},       {"range", spans_range},
    {"slice", spans_slice}, {"strings", spans_strings}, {"text", spans_text},
    {NULL, NULL},
};

static const luaL_Reg metamethods[] = {
    {"__len", spans_len},
    {"__gc", spans_gc},
    {"__tostring", spans_tostring},
    {NULL, NULL},
};

int pm_open_spans(lua_State *L) {
  luaL_newmetatable(L, PM_SPANS);
  luaL_setfuncs(L, metamethods, 0);
  luaL_newlib(L, methods);
  luaL_setfuncs(L, pm_spans_filters, 0);
  luaL_setfuncs(L, pm_spans_rewrites, 0);
  luaL_setfuncs(L, pm_spans_tallies, 0);
  pm_string_set_register(L);
  lua_pushvalue(L, -1);
  lua_pushcclosure(L, spans_index, 1);
  lua_setfield(L, -3, "__index");
  return 1; /* the table of methods */
}
