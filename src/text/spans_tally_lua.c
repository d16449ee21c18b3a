/* Spans: hash, ngrams, frequencies. */
#include <limits.h>

#include <lauxlib.h>
#include <lua.h>
#include <xxhash.h>

#include "text/spans_lua.h"
#include "text/tally.h"

/* spans:hash(seed) --> array of integers */
static int spans_hash(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  const char *text = pm_spans_text(L, 1, NULL);
  uint64_t seed = (uint64_t)luaL_optinteger(L, 2, 0);
  luaL_argcheck(L, s->count <= INT_MAX, 1, "too many spans for a table");
  lua_createtable(L, (int)s->count, 0);
  for (size_t i = 0; i < s->count; i++) {
    pm_span at = s->at[i];
    uint64_t hash =
        XXH3_64bits_withSeed(text + at.start, at.end - at.start, seed);
    lua_pushinteger(L, (lua_Integer)hash);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* spans:ngrams(n) --> Spans, each from the start of one span to the end of the
 * one n - 1 further on */
static int spans_ngrams(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  lua_Integer n = luaL_checkinteger(L, 2);
  luaL_argcheck(L, n >= 1, 2, "n is at least 1");
  pm_spans *grams = pm_spans_over(L, 1);
  if ((lua_Unsigned)n > s->count)
    return 1;
  size_t width = (size_t)n - 1, count = s->count - width;
  pm_span *out = pm_spans_room(L, grams, count);
  for (size_t i = 0; i < count; i++)
    out[i] = (pm_span){s->at[i].start, s->at[i + width].end};
  grams->count = count;
  return 1;
}

/* Pushes a tally in a userdata. */
static pm_tally *new_tally(lua_State *L, size_t slots) {
  size_t size = pm_tally_size(slots);
  if (size == 0)
    luaL_error(L, "too many different strings");
  return pm_tally_init(lua_newuserdatauv(L, size, 0), slots);
}

/* spans:frequencies() --> table of string = how often */
static int spans_frequencies(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  size_t len, slots = 64, done = 0;
  const char *text = pm_spans_text(L, 1, &len);
  pm_tally *tally = new_tally(L, slots);
  while (done < s->count) {
    done += pm_tally_add(tally, text, len, s->at + done, s->count - done);
    if (done == s->count)
      break;
    pm_tally *larger = new_tally(L, slots *= 4);
    pm_tally_move(larger, tally);
    lua_remove(L, -2);
    tally = larger;
  }
  size_t count = pm_tally_count(tally);
  luaL_argcheck(L, count <= INT_MAX, 1, "too many strings for a table");
  lua_createtable(L, 0, (int)count);
  const pm_tally_entry *e;
  for (size_t i = 0; (e = pm_tally_next(tally, &i));) {
    lua_pushlstring(L, text + e->span.start, e->span.end - e->span.start);
    lua_pushinteger(L, e->count);
    lua_rawset(L, -3);
  }
  return 1;
}

const luaL_Reg pm_spans_tallies[] = {
    {"frequencies", spans_frequencies},
    {"hash", spans_hash},
    {"ngrams", spans_ngrams},
    {NULL, NULL},
};
