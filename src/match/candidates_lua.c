#include "match/candidates.h"

#include <errno.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "match/sets_lua.h"
#include "sketch/shingle_lua.h"
#include "text/memory_lua.h"

/* The integer at `key` of the table at `arg`, `least` to `most`. */
static uint32_t number_at(lua_State *L, int arg, lua_Integer key,
                          lua_Integer least, lua_Integer most) {
  int is_integer;
  lua_rawgeti(L, arg, key);
  lua_Integer n = lua_tointegerx(L, -1, &is_integer);
  lua_pop(L, 1);
  luaL_argcheck(L, is_integer && n >= least && n <= most, arg,
                "a number is missing or wrong");
  return (uint32_t)n;
}

/* Reads the packed sets at 1, which stay there, the numbers of their sources
 * at 2 and their ranks at 3. One of source 0 is taken for empty, and for a page
 * of a source behind the others. */
static pm_candidate *push_documents(lua_State *L, uint32_t count,
                                    lua_Integer sources, unsigned *n) {
  pm_candidate *doc = lua_newuserdatauv(L, count * sizeof *doc, 0);
  const char *at = pm_sets_read(pm_sets_check(L, 1)), *packed;
  luaL_argcheck(L, at, 1, strerror(errno));
  uint64_t all = 0;
  unsigned usual = 0;
  for (uint32_t d = 0; d < count; d++) {
    size_t len, hashes;
    unsigned width, rate;
    at = pm_sets_next(at, &packed, &len);
    const char *wrong = pm_shingle_packed(packed, len, &hashes, &width, &rate);
    luaL_argcheck(L, !wrong, 1, wrong);
    uint32_t source = number_at(L, 2, (lua_Integer)d + 1, 0, sources);
    doc[d] = (pm_candidate){
        .packed = packed,
        .source = source ? source - 1 : (uint32_t)sources,
        .rank = number_at(L, 3, (lua_Integer)d + 1, 1, UINT32_MAX) - 1,
    };
    if (source) {
      doc[d].count = (uint32_t)hashes;
      doc[d].rate = usual = rate;
      *n = width;
      all += hashes;
    }
    luaL_argcheck(L, all < INT32_MAX, 1, "too many hashes for one index");
  }
  for (uint32_t d = 0; d < count; d++)
    if (doc[d].source == sources) /* which no other one has */
      doc[d].rate = usual;
  return doc;
}

/* Sets what document `d` ignores, packed, in the table below the top if it is
 * not there; `false` if that is nothing. */
static void set_ignored(lua_State *L, const pm_index *index, uint32_t d,
                        unsigned n, uint64_t *hash) {
  if (lua_rawgeti(L, -2, (lua_Integer)d + 1) == LUA_TNIL) {
    size_t count = pm_candidates_ignored(index, d, hash);
    if (count)
      pm_shingles_push_packed(L, hash, count, n, index->doc[d].rate);
    else
      lua_pushboolean(L, 0);
    lua_rawseti(L, -4, (lua_Integer)d + 1);
  }
  lua_pop(L, 1);
}

/* candidates.pairs(sets, sources, ranks, count of sources, repeats,
 * repeat_rate, frame_most, least, share): sets of source 0 take no part
 * --> list of {a, b}, and what each of these documents ignores, packed, or
 * false, by its number */
static int candidates_pairs(lua_State *L) {
  uint32_t count = pm_sets_check(L, 1)->count, most = 0;
  luaL_checktype(L, 2, LUA_TTABLE);
  luaL_checktype(L, 3, LUA_TTABLE);
  lua_Integer sources = luaL_checkinteger(L, 4);
  lua_Integer repeats = luaL_checkinteger(L, 5);
  lua_Integer least = luaL_checkinteger(L, 8);
  luaL_argcheck(L, sources >= 0 && sources < INT32_MAX, 4, "a count");
  luaL_argcheck(L, repeats >= 1 && repeats <= UINT32_MAX, 5, "at least 1");
  luaL_argcheck(L, least >= 1 && least <= UINT32_MAX, 8, "at least 1");
  pm_candidates_options options = {
      .repeats = (uint32_t)repeats,
      .repeat_rate = luaL_checknumber(L, 6),
      .frame_most = luaL_checknumber(L, 7),
      .least = (uint32_t)least,
      .share = luaL_checknumber(L, 9),
  };

  unsigned n = 1;
  pm_candidate *doc = push_documents(L, count, sources, &n);
  uint32_t all_sources = (uint32_t)sources + 1;
  for (uint32_t d = 0; d < count; d++)
    most = doc[d].count > most ? doc[d].count : most;
  uint64_t *hash = lua_newuserdatauv(L, most * sizeof *hash, 0);
  uint32_t *other = lua_newuserdatauv(L, count * sizeof *other, 0);
  void *scratch = pm_memory_push(
      L, pm_candidates_scratch(doc, count, all_sources, &options));
  int owner = lua_gettop(L);
  pm_index index;
  pm_candidates_build(&index, doc, count, all_sources, &options, scratch);

  lua_Integer found = 0;
  lua_newtable(L); /* what is ignored */
  lua_newtable(L);
  for (uint32_t b = 0; b < count; b++) {
    uint32_t pairs = pm_candidates_of(&index, b, other);
    for (uint32_t i = 0; i < pairs; i++) {
      set_ignored(L, &index, other[i], n, hash);
      lua_createtable(L, 2, 0);
      lua_pushinteger(L, (lua_Integer)other[i] + 1);
      lua_rawseti(L, -2, 1);
      lua_pushinteger(L, (lua_Integer)b + 1);
      lua_rawseti(L, -2, 2);
      lua_rawseti(L, -2, ++found);
    }
    if (pairs)
      set_ignored(L, &index, b, n, hash);
  }
  pm_memory_free(L, owner);
  lua_insert(L, -2);
  return 2;
}

static const luaL_Reg functions[] = {
    {"pairs", candidates_pairs},
    {NULL, NULL},
};

int pm_open_candidates(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
