#include "match/echo.h"

#include <errno.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "match/echo_match.h"
#include "match/repeats.h"
#include "match/sets_lua.h"
#include "text/spans.h"

static uint32_t check_min(lua_State *L, int arg) {
  lua_Integer min = luaL_checkinteger(L, arg);
  luaL_argcheck(L, min >= PM_REPEATS_LEAST && min <= PM_REPEATS_MOST, arg,
                "min is 16 to 65536 bytes");
  return (uint32_t)min;
}

static const char *check_text(lua_State *L, int arg, size_t *len) {
  const char *text = luaL_checklstring(L, arg, len);
  luaL_argcheck(L, *len <= PM_TEXT_MAX, arg, "text longer than 4 GiB");
  return text;
}

/* echo.marks(text, min) --> the marks it leaves, as bytes, and whether
 * something may repeat within it */
static int echo_marks(lua_State *L) {
  size_t len;
  const char *text = check_text(L, 1, &len);
  uint32_t min = check_min(L, 2);
  void *scratch = lua_newuserdatauv(L, pm_echo_marks_scratch(len, min), 0);
  char *out =
      lua_newuserdatauv(L, pm_echo_marks_room(len, min) * PM_ECHO_MARK, 0);
  bool again;
  size_t count = pm_echo_marks(text, len, min, scratch, out, &again);
  lua_pushlstring(L, out, count * PM_ECHO_MARK);
  lua_pushboolean(L, again);
  return 2;
}

/* Reads the marks of documents in the sets at 1, which stay there. */
static pm_echo_doc *push_docs(lua_State *L, uint32_t docs, size_t *marks) {
  pm_echo_doc *doc = lua_newuserdatauv(L, docs * sizeof *doc, 0);
  const char *at = pm_sets_read(pm_sets_check(L, 1));
  luaL_argcheck(L, at, 1, strerror(errno));
  *marks = 0;
  for (uint32_t d = 0; d < docs; d++) {
    size_t len;
    at = pm_sets_next(at, &doc[d].marks, &len);
    luaL_argcheck(L, len % PM_ECHO_MARK == 0, 1, "these are no marks");
    doc[d].count = len / PM_ECHO_MARK;
    *marks += doc[d].count;
  }
  return doc;
}

static void push_pairs(lua_State *L, const pm_echo_plan *plan) {
  lua_createtable(L, (int)plan->pairs, 0);
  for (size_t i = 0; i < plan->pairs; i++) {
    lua_createtable(L, 2, 0);
    lua_pushinteger(L, (lua_Integer)(plan->pair[i].key & UINT32_MAX) + 1);
    lua_rawseti(L, -2, 1);
    lua_pushinteger(L, (lua_Integer)(plan->pair[i].key >> 32) + 1);
    lua_rawseti(L, -2, 2);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static void push_told(lua_State *L, const pm_echo_plan *plan) {
  lua_newtable(L);
  for (size_t i = 0, end; i < plan->tells; i = end) {
    uint64_t doc = plan->told[i].key >> 32;
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (end = i; end < plan->tells && plan->told[end].key >> 32 == doc;
         end++) {
      uint32_t key = (uint32_t)plan->told[end].key;
      luaL_addlstring(&b, (const char *)&key, sizeof key);
    }
    luaL_pushresult(&b);
    lua_rawseti(L, -2, (lua_Integer)doc + 1);
  }
}

/* echo.plan(sets of marks) --> list of pairs {a, b} to compare, ascending by b
 * and a; keys, packed, of the windows to tell, by the number of the document */
static int echo_plan(lua_State *L) {
  uint32_t docs = pm_sets_check(L, 1)->count;
  size_t marks;
  pm_echo_doc *doc = push_docs(L, docs, &marks);
  pm_place *place = lua_newuserdatauv(L, 2 * marks * sizeof *place, 0);
  pm_echo_plan plan;
  pm_echo_count(doc, docs, place, &plan);
  size_t most = plan.pairs > plan.tells ? plan.pairs : plan.tells;
  luaL_argcheck(L, plan.pairs <= INT32_MAX, 1, "too many pairs");
  plan.pair = lua_newuserdatauv(L, plan.pairs * sizeof *plan.pair, 0);
  plan.told = lua_newuserdatauv(L, plan.tells * sizeof *plan.told, 0);
  pm_place *spare = lua_newuserdatauv(L, most * sizeof *spare, 0);
  pm_echo_plan_all(doc, docs, place, spare, &plan);
  push_pairs(L, &plan);
  push_told(L, &plan);
  return 2;
}

/* echo.windows(text, min, keys) --> the windows with these keys, as bytes */
static int echo_windows(lua_State *L) {
  size_t len, size;
  const char *text = check_text(L, 1, &len);
  uint32_t min = check_min(L, 2);
  const char *packed = luaL_checklstring(L, 3, &size);
  uint32_t *key = lua_newuserdatauv(L, size + sizeof *key, 0);
  memcpy(key, packed, size);
  void *scratch = lua_newuserdatauv(L, pm_echo_windows_scratch(len, min), 0);
  char *out = lua_newuserdatauv(L, pm_echo_windows_room(len), 0);
  size_t count =
      pm_echo_windows(text, len, min, key, size / sizeof *key, scratch, out);
  lua_pushlstring(L, out, count);
  return 1;
}

/* echo.match(list of {document, windows}, ascending, min)
 * --> list of {document, first, last, an earlier document} */
static int echo_match(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  uint32_t min = check_min(L, 2), docs = (uint32_t)lua_rawlen(L, 1);
  pm_echo_told *told = lua_newuserdatauv(L, docs * sizeof *told, 0);
  size_t windows = 0;
  for (uint32_t t = 0; t < docs; t++) {
    lua_rawgeti(L, 1, (lua_Integer)t + 1);
    luaL_checktype(L, -1, LUA_TTABLE);
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    told[t].doc = (uint32_t)lua_tointeger(L, -2);
    luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, 1, "windows are strings");
    told[t].windows = lua_tolstring(L, -1, &told[t].len);
    size_t count = pm_echo_told_count(&told[t]);
    luaL_argcheck(L, count < UINT32_MAX - windows, 1, "these are no windows");
    windows += count;
    lua_pop(L, 3);
  }
  pm_place *place = lua_newuserdatauv(L, 2 * windows * sizeof *place, 0);
  uint64_t *high = lua_newuserdatauv(L, windows * sizeof *high, 0);
  uint32_t *from = lua_newuserdatauv(L, windows * sizeof *from, 0);
  pm_echo_found *found = lua_newuserdatauv(L, windows * sizeof *found, 0);
  size_t count = pm_echo_match(told, docs, min, place, high, from, found);
  lua_newtable(L);
  for (size_t i = 0; i < count; i++) {
    const lua_Integer row[4] = {found[i].doc, (lua_Integer)found[i].start + 1,
                                found[i].end, found[i].from};
    lua_createtable(L, 4, 0);
    for (int j = 0; j < 4; j++) {
      lua_pushinteger(L, row[j]);
      lua_rawseti(L, -2, j + 1);
    }
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static const luaL_Reg functions[] = {
    {"marks", echo_marks}, {"plan", echo_plan}, {"windows", echo_windows},
    {"match", echo_match}, {NULL, NULL},
};

int pm_open_echo(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
