/*
 * core.candidates: pairs of documents worth comparing, as a list that is not
 * made before it is read.
 */
#include "match/candidates.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "match/candidates_pairs.h"
#include "match/sets_lua.h"
#include "sketch/shingle_lua.h"

#define CANDIDATES "pumice.candidates"

typedef struct candidates {
  pm_candidates index;
  pm_candidates_pairs pairs;
  uint64_t *ignored; /* [index.most], when pairs were looked for */
  unsigned n;        /* words in a shingle */
} candidates;

static candidates *check(lua_State *L) {
  return luaL_checkudata(L, 1, CANDIDATES);
}

static int fail(lua_State *L, const candidates *c) {
  return pm_sets_raise(L, "look for pairs", c->index.folder);
}

/* candidates.new(folder) --> candidates, none yet */
static int candidates_new(lua_State *L) {
  const char *folder = luaL_checkstring(L, 1);
  candidates *c = lua_newuserdatauv(L, sizeof *c, 2);
  *c = (candidates){.n = 1};
  luaL_setmetatable(L, CANDIDATES);
  lua_pushvalue(L, 1); /* the index refers to it */
  lua_setiuservalue(L, -2, 1);
  if (pm_candidates_open(&c->index, folder) != 0)
    return fail(L, c);
  return 1;
}

static uint32_t check_count(lua_State *L, int arg, lua_Integer least) {
  lua_Integer n = luaL_checkinteger(L, arg);
  luaL_argcheck(L, n >= least && n < UINT32_MAX, arg, "out of range");
  return (uint32_t)n;
}

/* One that sets may be added to. */
static candidates *check_open(lua_State *L) {
  candidates *c = check(L);
  luaL_argcheck(L, !c->ignored, 1, "pairs were looked for");
  luaL_argcheck(L, !c->index.lent, 1, "all sets were added");
  return c;
}

static void add(lua_State *L, candidates *c, const char *packed, size_t len,
                pm_candidate doc) {
  size_t count;
  unsigned rate;
  const char *wrong = pm_shingle_packed(packed, len, &count, &c->n, &rate);
  luaL_argcheck(L, !wrong, 2, wrong);
  luaL_argcheck(L, count <= INT32_MAX, 2, "too many hashes");
  doc.count = (uint32_t)count;
  doc.rate = (uint8_t)rate;
  if (pm_candidates_add(&c->index, doc, packed) != 0)
    fail(L, c);
}

/* candidates:add(packed set, source, rank, number): sources and ranks count
 * from 1, numbers ascend */
static int candidates_add(lua_State *L) {
  candidates *c = check_open(L);
  size_t len;
  const char *packed = luaL_checklstring(L, 2, &len);
  add(L, c, packed, len,
      (pm_candidate){.source = check_count(L, 3, 1) - 1,
                     .rank = check_count(L, 4, 1) - 1,
                     .number = check_count(L, 5, 1)});
  return 0;
}

/* The integer at `i` of the table at `arg`. */
static uint32_t number_at(lua_State *L, int arg, uint32_t i, uint32_t least) {
  int is_integer;
  lua_rawgeti(L, arg, i);
  lua_Integer n = lua_tointegerx(L, -1, &is_integer);
  lua_pop(L, 1);
  luaL_argcheck(L, is_integer && n >= least && n < UINT32_MAX, arg,
                "a number is missing or wrong");
  return (uint32_t)n;
}

/* candidates:add_all(sets, sources, ranks): the same with all of the sets, by
 * their numbers, instead of one by one; those of source 0 take no part */
static int candidates_add_all(lua_State *L) {
  candidates *c = check_open(L);
  pm_sets *sets = pm_sets_check(L, 2);
  luaL_checktype(L, 3, LUA_TTABLE);
  luaL_checktype(L, 4, LUA_TTABLE);
  const char *at = pm_sets_read(sets), *packed;
  luaL_argcheck(L, at, 2, strerror(errno));
  luaL_argcheck(L, c->index.docs == 0, 1, "some sets were added");
  lua_pushvalue(L, 2); /* the index refers to them */
  lua_setiuservalue(L, 1, 2);
  pm_candidates_lend(&c->index, at);
  for (uint32_t number = 1; number <= sets->count; number++) {
    size_t len;
    at = pm_sets_next(at, &packed, &len);
    uint32_t source = number_at(L, 3, number, 0);
    if (source)
      add(L, c, packed, len,
          (pm_candidate){.source = source - 1,
                         .rank = number_at(L, 4, number, 1) - 1,
                         .number = number});
  }
  return 0;
}

/* candidates:pair(a, b): numbers of two documents, a < b, that are a pair
 * anyhow, with nothing to be left out; they need not have been added */
static int candidates_pair(lua_State *L) {
  candidates *c = check(L);
  uint32_t a = check_count(L, 2, 1), b = check_count(L, 3, 1);
  luaL_argcheck(L, a < b && b < PM_CANDIDATES_NUMBERS, 3, "out of range");
  if (pm_candidates_pairs_add(&c->pairs, a, b, true) != 0)
    return fail(L, c);
  return 0;
}

/* candidates:search(repeats, repeat_rate, frame_most, least, share): from here
 * on it is the list of all pairs */
static int candidates_search(lua_State *L) {
  candidates *c = check(L);
  luaL_argcheck(L, !c->ignored, 1, "pairs were looked for");
  pm_candidates_options options = {
      .repeats = check_count(L, 2, 1),
      .repeat_rate = luaL_checknumber(L, 3),
      .frame_most = luaL_checknumber(L, 4),
      .least = check_count(L, 5, 1),
      .share = luaL_checknumber(L, 6),
  };
  c->ignored = malloc(((size_t)c->index.most + 1) * sizeof *c->ignored);
  if (!c->ignored || pm_candidates_build(&c->index, &options) != 0 ||
      pm_candidates_pairs_find(&c->pairs, &c->index) != 0)
    return fail(L, c);
  return 0;
}

/* Pushes what a document ignores, packed; `false` if that is nothing. */
static bool push_ignored(lua_State *L, candidates *c, uint32_t number) {
  uint32_t d = pm_candidates_find(&c->index, number);
  int64_t count = pm_candidates_ignored(&c->index, d, c->ignored);
  if (count < 0)
    fail(L, c);
  if (count > 0)
    pm_shingles_push_packed(L, c->ignored, (size_t)count, c->n,
                            c->index.doc[d].rate);
  else
    lua_pushboolean(L, 0);
  return count > 0;
}

/* candidates[i] --> {a, b, frames}: numbers of documents, a < b, and what the
 * one and the other ignores, if either does; nil behind the last */
static int candidates_index(lua_State *L) {
  candidates *c = check(L);
  if (lua_type(L, 2) == LUA_TSTRING) {
    luaL_getmetafield(L, 1, lua_tostring(L, 2));
    return 1;
  }
  lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 1 || (lua_Unsigned)i > c->pairs.count)
    return 0;
  pm_candidates_pair pair = c->pairs.pair[i - 1];
  uint32_t number[2] = {pair.a, pair.b};
  lua_createtable(L, 3, 0);
  for (int j = 0; j < 2; j++) {
    lua_pushinteger(L, number[j]);
    lua_rawseti(L, -2, j + 1);
  }
  if (pair.is_given)
    return 1;
  lua_createtable(L, 2, 0);
  bool any = false;
  for (int j = 0; j < 2; j++) {
    any |= push_ignored(L, c, number[j]);
    lua_rawseti(L, -2, j + 1);
  }
  if (any)
    lua_rawseti(L, -2, 3);
  else
    lua_pop(L, 1);
  return 1;
}

/* #candidates: how many pairs */
static int candidates_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check(L)->pairs.count);
  return 1;
}

static int candidates_gc(lua_State *L) {
  candidates *c = check(L);
  pm_candidates_close(&c->index);
  free(c->pairs.pair);
  free(c->ignored);
  *c = (candidates){.n = 1};
  return 0;
}

static const luaL_Reg methods[] = {
    {"add", candidates_add},       {"add_all", candidates_add_all},
    {"pair", candidates_pair},     {"search", candidates_search},
    {"__index", candidates_index}, {"__len", candidates_len},
    {"__gc", candidates_gc},       {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"new", candidates_new},
    {NULL, NULL},
};

int pm_open_candidates(lua_State *L) {
  luaL_newmetatable(L, CANDIDATES);
  luaL_setfuncs(L, methods, 0);
  luaL_newlib(L, functions);
  return 1;
}
