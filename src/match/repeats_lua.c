#include "match/repeats.h"

#include <string.h>
#include <sys/random.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/spans_lua.h"

/* Anchors held at a time: 192 MiB. */
#define ROOM ((size_t)1 << 22)

static uint32_t check_min(lua_State *L, int arg) {
  lua_Integer min = luaL_checkinteger(L, arg);
  luaL_argcheck(L, min >= PM_REPEATS_LEAST && min <= PM_REPEATS_MOST, arg,
                "min is 16 to 65536 bytes");
  return (uint32_t)min;
}

static void push_runs(lua_State *L, const pm_repeats_text *text,
                      const uint64_t *covered) {
  pm_spans *s = pm_spans_new(L, -1);
  pm_span run;
  for (size_t at = 0; pm_repeats_next(text, covered, at, &run); at = run.end) {
    *pm_spans_room(L, s, 1) = run;
    s->count++;
  }
}

/* repeats.find(texts, min, later) --> list of Spans, one for each text */
static int repeats_find(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  pm_repeats_options options = {
      .min = check_min(L, 2), .later = lua_toboolean(L, 3), .room = ROOM};
  lua_Unsigned count = lua_rawlen(L, 1);
  luaL_argcheck(L, count < UINT32_MAX, 1, "too many texts");
  uint32_t texts = (uint32_t)count;
  lua_settop(L, 1);
  pm_repeats_text *text =
      lua_newuserdatauv(L, (texts + (size_t)1) * sizeof *text, 0);
  for (uint32_t i = 0; i < texts; i++) {
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, 1, "texts are strings");
    text[i].at = lua_tolstring(L, -1, &text[i].len);
    luaL_argcheck(L, text[i].len <= PM_TEXT_MAX, 1, "text longer than 4 GiB");
    lua_pop(L, 1);
  }
  size_t words = pm_repeats_bits(text, texts);
  uint64_t *covered = lua_newuserdatauv(L, words * sizeof *covered, 0);
  memset(covered, 0, words * sizeof *covered);
  /* Nobody who writes a text knows the seed; without one it still holds. */
  if (getrandom(&options.seed, sizeof options.seed, GRND_NONBLOCK) < 0)
    options.seed = (uint64_t)(uintptr_t)covered;
  if (pm_repeats_find(text, texts, &options, covered) != 0)
    return luaL_error(L, "not enough memory");
  lua_createtable(L, (int)texts, 0);
  for (uint32_t i = 0; i < texts; i++) {
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    push_runs(L, &text[i], covered);
    lua_rawseti(L, 4, (lua_Integer)i + 1);
    lua_pop(L, 1);
  }
  return 1;
}

static const luaL_Reg functions[] = {
    {"find", repeats_find},
    {NULL, NULL},
};

int pm_open_repeats(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
