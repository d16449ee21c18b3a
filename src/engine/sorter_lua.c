/*
 * core.sorter: rows of integers in ascending order, whatever fits in memory.
 * Words compare as unsigned numbers.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "engine/sorter.h"
#include "text/memory_lua.h"

#define SORTER "pumice.sorter"

/* sorter.new(words, memory, folder) --> sorter of rows of so many words, in so
 * many bytes of memory and a file without a name in the folder */
static int sorter_new(lua_State *L) {
  lua_Integer words = luaL_checkinteger(L, 1);
  lua_Integer memory = luaL_checkinteger(L, 2);
  const char *folder = luaL_checkstring(L, 3);
  luaL_argcheck(L, words >= 1 && words <= PM_SORTER_WORDS, 1, "1 to 4 words");
  luaL_argcheck(L, memory >= 0, 2, "memory is at least 0");
  pm_sorter *s = lua_newuserdatauv(L, sizeof *s, 1);
  *s = (pm_sorter){.fd = -1};
  luaL_setmetatable(L, SORTER);
  lua_pushvalue(L, 3); /* the sorter refers to it */
  lua_setiuservalue(L, -2, 1);
  pm_sorter_open(s, (size_t)words, (size_t)memory, folder);
  return 1;
}

static pm_sorter *check(lua_State *L) {
  pm_sorter *s = luaL_checkudata(L, 1, SORTER);
  luaL_argcheck(L, s->words > 0, 1, "sorter is closed");
  return s;
}

static int fail(lua_State *L, const pm_sorter *s) {
  return luaL_error(L, "cannot sort in %s: %s", s->folder, strerror(errno));
}

/* sorter:add(word...): a row; raises when the disk fails */
static int sorter_add(lua_State *L) {
  pm_sorter *s = check(L);
  uint64_t row[PM_SORTER_WORDS];
  for (size_t i = 0; i < s->words; i++)
    row[i] = (uint64_t)luaL_checkinteger(L, (int)i + 2);
  if (pm_sorter_add(s, row) != 0)
    return fail(L, s);
  return 0;
}

/* sorter:next() --> the words of the next row | nothing after the last
 * Raises when the disk fails. */
static int sorter_next(lua_State *L) {
  pm_sorter *s = check(L);
  uint64_t row[PM_SORTER_WORDS];
  int got = pm_sorter_next(s, row);
  if (got < 0)
    return fail(L, s);
  if (got == 0)
    return 0;
  for (size_t i = 0; i < s->words; i++)
    lua_pushinteger(L, (lua_Integer)row[i]);
  return (int)s->words;
}

/* sorter:close(), __close and __gc: as often as they like */
static int sorter_close(lua_State *L) {
  pm_sorter_close(luaL_checkudata(L, 1, SORTER));
  return 0;
}

static int ascending(const void *x, const void *y) {
  lua_Integer a = *(const lua_Integer *)x, b = *(const lua_Integer *)y;
  return (a > b) - (a < b);
}

/* sorter.sort(list of integers): in place, as table.sort and faster */
static int sorter_sort(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  size_t count = lua_rawlen(L, 1);
  lua_Integer *list = pm_memory_push(L, count * sizeof *list);
  for (size_t i = 0; i < count; i++) {
    int is_integer;
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    list[i] = lua_tointegerx(L, -1, &is_integer);
    luaL_argcheck(L, is_integer, 1, "a list of integers");
    lua_pop(L, 1);
  }
  qsort(list, count, sizeof *list, ascending);
  for (size_t i = 0; i < count; i++) {
    lua_pushinteger(L, list[i]);
    lua_rawseti(L, 1, (lua_Integer)i + 1);
  }
  pm_memory_free(L, 2);
  return 0;
}

static const luaL_Reg methods[] = {
    {"add", sorter_add},
    {"next", sorter_next},
    {"close", sorter_close},
    {"__close", sorter_close},
    {"__gc", sorter_close},
    {"__index", NULL},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"new", sorter_new},
    {"sort", sorter_sort},
    {NULL, NULL},
};

int pm_open_sorter(lua_State *L) {
  luaL_newmetatable(L, SORTER);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
