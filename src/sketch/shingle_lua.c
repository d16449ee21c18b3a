#include "sketch/shingle_lua.h"

#include <stdbool.h>
#include <string.h>

#include <lauxlib.h>

#include "core_lua.h"
#include "sketch/units_lua.h"
#include "text/memory_lua.h"

pm_shingles *pm_shingles_check(lua_State *L, int arg) {
  return luaL_checkudata(L, arg, PM_SHINGLES);
}

/* Pushes an empty Shingles that has room for `count` hashes. */
static pm_shingles *push(lua_State *L, size_t count, unsigned n, unsigned rate,
                         unsigned kind) {
  pm_shingles *s = lua_newuserdatauv(L, sizeof *s, 2);
  *s = (pm_shingles){.n = n, .rate = rate, .kind = kind};
  luaL_setmetatable(L, PM_SHINGLES);
  s->set = lua_newuserdatauv(L, count * sizeof *s->set, 0);
  lua_setiuservalue(L, -2, 1);
  return s;
}

/* Gives the Shingles on top room for `total` places. */
static void make_places(lua_State *L, pm_shingles *s, size_t total) {
  s->place = lua_newuserdatauv(L, total * sizeof *s->place, 0);
  s->total = total;
  lua_setiuservalue(L, -2, 2);
}

void pm_shingles_push_packed(lua_State *L, const uint64_t *set, size_t count,
                             unsigned n, unsigned rate) {
  luaL_Buffer b;
  size_t size = pm_shingle_packed_size(count);
  pm_shingle_pack(set, count, n, rate, luaL_buffinitsize(L, &b, size));
  luaL_pushresultsize(&b, size);
}

static int build(lua_State *L, size_t (*next)(pm_units *, pm_unit *, size_t),
                 unsigned kind) {
  lua_Integer n = luaL_checkinteger(L, 2);
  luaL_argcheck(L, n >= 1 && n <= PM_SHINGLE_WIDEST, 2, "n is 1 to 64");
  int positions = lua_toboolean(L, 3), counted = lua_toboolean(L, 4);
  size_t units;
  const pm_unit *unit = pm_units_push(L, 1, next, &units);
  int owner = lua_gettop(L);
  size_t total = pm_shingle_count(units, (unsigned)n);
  pm_shingle *all = pm_memory_push(L, 2 * total * sizeof *all);
  pm_shingle_hash(unit, units, (unsigned)n, all);
  pm_memory_free(L, owner++);

  if (counted)
    kind |= PM_SHINGLE_COUNTED;
  pm_shingles *s = push(L, total, (unsigned)n, 0, kind);
  s->units = units;
  if (positions) {
    make_places(L, s, total);
    if (total)
      memcpy(s->place, all, total * sizeof *all);
  }
  pm_shingle_sort(all, total, all + total);
  if (counted && pm_shingle_tell_apart(all, total))
    pm_shingle_sort(all, total, all + total);
  s->count = pm_shingle_set(all, total, s->set);
  pm_memory_free(L, owner);
  return 1;
}

/* shingle.words(text or spans, n, positions, counted) --> Shingles */
static int shingle_words(lua_State *L) {
  return build(L, pm_units_words, 0);
}

/* shingle.chars(text, n, positions, counted) --> Shingles */
static int shingle_chars(lua_State *L) {
  luaL_checkstring(L, 1);
  return build(L, pm_units_chars, PM_SHINGLE_CHARS);
}

/* shingle.unpack(string) --> Shingles | nil, message */
static int shingle_unpack(lua_State *L) {
  size_t len, count;
  unsigned n, rate;
  const char *data = luaL_checklstring(L, 1, &len);
  const char *wrong = pm_shingle_packed(data, len, &count, &n, &rate);
  if (wrong) {
    lua_pushnil(L);
    lua_pushstring(L, wrong);
    return 2;
  }
  pm_shingles *s = push(L, count, n, rate, pm_shingle_packed_kind(data));
  for (size_t i = 0; i < count; i++)
    s->set[i] = pm_shingle_packed_at(data, i);
  s->count = count;
  return 1;
}

/* The two sets of a call, or an error when they are of different things. */
static void check_two(lua_State *L, pm_shingles **a, pm_shingles **b) {
  *a = pm_shingles_check(L, 1);
  *b = luaL_testudata(L, 2, PM_SHINGLES);
  if (!*b)
    luaL_error(L,
               "shingles compare with shingles, as shingle.words makes them, "
               "not with a %s",
               luaL_typename(L, 2));
  if ((*a)->n != (*b)->n || (*a)->kind != (*b)->kind)
    luaL_error(L, "shingles of %d %s and of %d %s do not compare", (int)(*a)->n,
               pm_shingle_kind((*a)->kind), (int)(*b)->n,
               pm_shingle_kind((*b)->kind));
}

/* The two sets of a comparison, or an error when they do not compare. */
static void check_pair(lua_State *L, pm_shingles **a, pm_shingles **b) {
  check_two(L, a, b);
  if ((*a)->rate != (*b)->rate)
    luaL_error(L,
               "samples of one in 2^%d and one in 2^%d do not compare; take "
               "one of the denser one with :sample",
               (int)(*a)->rate, (int)(*b)->rate);
}

/* shingles:shared(other) --> how many hashes both have */
static int shingles_shared(lua_State *L) {
  pm_shingles *a, *b;
  check_pair(L, &a, &b);
  size_t n = pm_shingle_shared(a->set, a->count, b->set, b->count);
  lua_pushinteger(L, (lua_Integer)n);
  return 1;
}

/* shingles:without(other) --> the Shingles that other does not have */
static int shingles_without(lua_State *L) {
  pm_shingles *a, *b;
  check_pair(L, &a, &b);
  pm_shingles *s = push(L, a->count, a->n, a->rate, a->kind);
  s->units = a->units;
  for (size_t i = 0, j = 0; i < a->count; i++) {
    while (j < b->count && b->set[j] < a->set[i])
      j++;
    if (j == b->count || b->set[j] != a->set[i])
      s->set[s->count++] = a->set[i];
  }
  return 1;
}

/* shingles:with(other) --> the Shingles that either has, at the sparser rate */
static int shingles_with(lua_State *L) {
  pm_shingles *a, *b;
  check_two(L, &a, &b);
  unsigned rate = a->rate > b->rate ? a->rate : b->rate;
  pm_shingles *s = push(L, a->count + b->count, a->n, rate, a->kind);
  for (size_t i = 0, j = 0; i < a->count || j < b->count;) {
    bool from_a = j == b->count || (i < a->count && a->set[i] <= b->set[j]);
    uint64_t hash = from_a ? a->set[i] : b->set[j];
    i += i < a->count && a->set[i] == hash;
    j += j < b->count && b->set[j] == hash;
    if (pm_shingle_sampled(hash, rate))
      s->set[s->count++] = hash;
  }
  return 1;
}

/* shingles:sample(rate) --> one in 2^rate of them */
static int shingles_sample(lua_State *L) {
  pm_shingles *a = pm_shingles_check(L, 1);
  lua_Integer rate = luaL_checkinteger(L, 2);
  if (rate < a->rate || rate > PM_SHINGLE_SPARSEST)
    return luaL_error(L,
                      "a sample of one in 2^%I of one in 2^%d: at least that, "
                      "and at most 2^%d",
                      (LUAI_UACINT)rate, (int)a->rate, PM_SHINGLE_SPARSEST);
  pm_shingles *s = push(L, a->count, a->n, (unsigned)rate, a->kind);
  s->units = a->units;
  for (size_t i = 0; i < a->count; i++)
    if (pm_shingle_sampled(a->set[i], s->rate))
      s->set[s->count++] = a->set[i];
  return 1;
}

static void check_places(lua_State *L, const pm_shingles *s) {
  if (!s->place)
    luaL_error(L, "these shingles were made without their places: make them "
                  "with { positions = true }");
}

/* shingles:fingerprint(w) --> the Shingles that winnowing chooses */
static int shingles_fingerprint(lua_State *L) {
  pm_shingles *a = pm_shingles_check(L, 1);
  lua_Integer w = luaL_checkinteger(L, 2);
  check_places(L, a);
  luaL_argcheck(L, w >= 1, 2, "w is at least 1");
  pm_shingle *all = lua_newuserdatauv(L, 3 * a->total * sizeof *all, 0);
  size_t n = pm_shingle_winnow(a->place, a->total, (size_t)w, all);

  pm_shingles *s = push(L, n, a->n, a->rate, a->kind);
  s->units = a->units;
  make_places(L, s, n);
  if (n)
    memcpy(s->place, all, n * sizeof *all);
  pm_shingle_sort(all, n, all + n);
  s->count = pm_shingle_set(all, n, s->set);
  return 1;
}

/* shingles:positions() --> table of hash to the number of its first unit */
static int shingles_positions(lua_State *L) {
  pm_shingles *s = pm_shingles_check(L, 1);
  check_places(L, s);
  lua_newtable(L);
  for (size_t i = s->total; i-- > 0;) {
    lua_pushinteger(L, (lua_Integer)s->place[i].at + 1);
    lua_rawseti(L, -2, (lua_Integer)s->place[i].hash);
  }
  return 1;
}

/* shingles:pack() --> string */
static int shingles_pack(lua_State *L) {
  pm_shingles *s = pm_shingles_check(L, 1);
  luaL_Buffer b;
  size_t size = pm_shingle_packed_size(s->count);
  char *out = luaL_buffinitsize(L, &b, size);
  pm_shingle_pack(s->set, s->count, s->n, s->rate, out);
  pm_shingle_mark(out, s->kind);
  luaL_pushresultsize(&b, size);
  return 1;
}

/* shingles:units() --> how many words or characters the text had */
static int shingles_units(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)pm_shingles_check(L, 1)->units);
  return 1;
}

/* #shingles --> how many distinct ones */
static int shingles_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)pm_shingles_check(L, 1)->count);
  return 1;
}

static const luaL_Reg functions[] = {
    {"words", shingle_words},
    {"chars", shingle_chars},
    {"unpack", shingle_unpack},
    {"sample", shingles_sample},
    {"fingerprint", shingles_fingerprint},
    {NULL, NULL},
};

static const luaL_Reg methods[] = {
    {"shared", shingles_shared},
    {"without", shingles_without},
    {"positions", shingles_positions},
    {"pack", shingles_pack},
    {"units", shingles_units},
    {"with", shingles_with},
    {NULL, NULL},
};

int pm_open_shingle(lua_State *L) {
  luaL_newlib(L, functions);
  luaL_newmetatable(L, PM_SHINGLES);
  lua_pushcfunction(L, shingles_len);
  lua_setfield(L, -2, "__len");
  /* What Lua added to the methods stays when the core is opened again. */
  if (lua_getfield(L, -1, "__index") != LUA_TTABLE) {
    lua_pop(L, 1);
    luaL_newlib(L, methods);
  }
  lua_pushvalue(L, -1);
  lua_setfield(L, -4, "methods");
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  return 1;
}
