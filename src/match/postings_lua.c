#include "match/postings.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "match/vault_lua.h"

#define POSTINGS "pumice.postings"

/* Segments lie in the file of a vault, which the user value keeps alive, until
 * its generation is another one. */
typedef struct growing {
  pm_postings p;
  pm_vault *vault;
  uint64_t generation;
} growing;

static growing *check(lua_State *L) {
  growing *x = luaL_checkudata(L, 1, POSTINGS);
  luaL_argcheck(L, !x->vault || x->generation == x->vault->generation, 1,
                "the index was saved or closed");
  return x;
}

static pm_packed packed_at(lua_State *L, int arg) {
  size_t len, count;
  unsigned n;
  pm_packed set;
  set.data = luaL_checklstring(L, arg, &len);
  const char *wrong = pm_shingle_packed(set.data, len, &count, &n, &set.rate);
  luaL_argcheck(L, !wrong, arg, wrong);
  luaL_argcheck(L, count < UINT32_MAX, arg, "too many hashes");
  set.count = (uint32_t)count;
  return set;
}

/* A number from 1, as one from 0. */
static uint32_t number_at(lua_State *L, int arg, uint32_t most) {
  lua_Integer n = luaL_checkinteger(L, arg);
  luaL_argcheck(L, n >= 1 && n <= most, arg, "no such number");
  return (uint32_t)(n - 1);
}

/* postings.new(vault or nil) --> postings */
static int postings_new(lua_State *L) {
  pm_vault *vault = lua_isnoneornil(L, 1) ? NULL : pm_vault_check(L, 1);
  lua_settop(L, 1);
  growing *x = lua_newuserdatauv(L, sizeof *x, 1);
  *x = (growing){.vault = vault, .generation = vault ? vault->generation : 0};
  luaL_setmetatable(L, POSTINGS);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, 2, 1);
  return 1;
}

/* Reads segment `number` of kind "s" of the vault. Returns what is wrong. */
static const char *segment_of(pm_vault *v, lua_Integer number, pm_segment *s) {
  pm_vault_value value;
  int found = pm_vault_get(v, 's', (uint32_t)number, &value);
  if (found <= 0)
    return found < 0 ? v->problem : "damaged: a segment is missing";
  return pm_segment_read(s, value.bytes, value.len);
}

/* postings:attach(number of a segment, documents at most)
 * --> true | nil, message */
static int postings_attach(lua_State *L) {
  growing *x = check(L);
  pm_segment s;
  luaL_argcheck(L, x->vault, 1, "an index in memory has no segments");
  const char *wrong = segment_of(x->vault, luaL_checkinteger(L, 2), &s);
  lua_Integer limit = luaL_checkinteger(L, 3);
  luaL_argcheck(L, limit >= 0 && limit <= INT32_MAX, 3, "a count");
  if (!wrong)
    wrong = pm_postings_attach(&x->p, &s, (uint32_t)limit);
  if (wrong) {
    lua_pushnil(L);
    lua_pushstring(L, wrong);
    return 2;
  }
  lua_pushboolean(L, 1);
  return 1;
}

/* postings:add(source, gone, set) --> number */
static int postings_add(lua_State *L) {
  growing *x = check(L);
  uint32_t source = number_at(L, 2, INT32_MAX);
  if (pm_postings_add(&x->p, source, lua_toboolean(L, 3), packed_at(L, 4)) != 0)
    return luaL_error(L, "not enough memory, or too many documents");
  lua_pushinteger(L, x->p.docs);
  return 1;
}

/* postings:drop(number) */
static int postings_drop(lua_State *L) {
  growing *x = check(L);
  pm_postings_drop(&x->p, number_at(L, 2, x->p.docs));
  return 0;
}

/* postings:is_gone(number) */
static int postings_is_gone(lua_State *L) {
  growing *x = check(L);
  lua_pushboolean(L, pm_postings_is_gone(&x->p, number_at(L, 2, x->p.docs)));
  return 1;
}

/* #postings: documents, those that are gone too */
static int postings_len(lua_State *L) {
  lua_pushinteger(L, check(L)->p.docs);
  return 1;
}

/* postings:freeze(numbers of the last segments) --> one segment of these and of
 * what was added | nil, message */
static int postings_freeze(lua_State *L) {
  enum { MOST = 63 };
  growing *x = check(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_Integer count = luaL_len(L, 2);
  luaL_argcheck(L, count <= MOST && (count == 0 || x->vault), 2,
                "at most 63 segments of a file");
  pm_segment part[MOST + 1];
  for (lua_Integer i = 0; i < count; i++) {
    lua_rawgeti(L, 2, i + 1);
    const char *wrong = segment_of(x->vault, lua_tointeger(L, -1), &part[i]);
    lua_pop(L, 1);
    if (wrong) {
      lua_pushnil(L);
      lua_pushstring(L, wrong);
      return 2;
    }
  }
  size_t size = pm_postings_frozen(&x->p);
  char *live = lua_newuserdatauv(L, size, 0);
  if (pm_postings_freeze(&x->p, live) != 0)
    return luaL_error(L, "not enough memory");
  pm_segment_read(&part[count], live, size);
  luaL_Buffer b;
  size = pm_segments_joined(part, (uint32_t)count + 1);
  char *out = luaL_buffinitsize(L, &b, size);
  pm_segments_join(part, (uint32_t)count + 1, out);
  luaL_pushresultsize(&b, size);
  return 1;
}

/* The options of a search at `arg` and after. */
static pm_candidates_options options_at(lua_State *L, int arg) {
  lua_Integer repeats = luaL_checkinteger(L, arg);
  lua_Integer least = luaL_checkinteger(L, arg + 3);
  luaL_argcheck(L, repeats >= 1 && repeats <= UINT32_MAX, arg, "at least 1");
  luaL_argcheck(L, least >= 1 && least <= UINT32_MAX, arg + 3, "at least 1");
  return (pm_candidates_options){.repeats = (uint32_t)repeats,
                                 .repeat_rate = luaL_checknumber(L, arg + 1),
                                 .frame_most = luaL_checknumber(L, arg + 2),
                                 .least = (uint32_t)least,
                                 .share = luaL_checknumber(L, arg + 4)};
}

/* Pushes the hashes of the frame, packed, or false. */
static void push_hashes(lua_State *L, pm_packed set, const uint8_t *ignored,
                        uint32_t count) {
  if (count == 0) {
    lua_pushboolean(L, 0);
    return;
  }
  uint64_t *hash = lua_newuserdatauv(L, count * sizeof *hash, 0);
  uint32_t n = 0;
  for (uint32_t i = 0; i < set.count; i++)
    if (ignored[i])
      hash[n++] = pm_shingle_packed_at(set.data, i);
  luaL_Buffer b;
  size_t size = pm_shingle_packed_size(n);
  char *out = luaL_buffinitsize(L, &b, size);
  pm_shingle_pack(hash, n, (unsigned char)set.data[2], set.rate, out);
  luaL_pushresultsize(&b, size);
  lua_remove(L, -2);
}

/* Pushes flags of what a set from a source, from 0, has of its frame, and those
 * hashes, packed, or false; returns the flags. In what is mostly frame nothing
 * is ignored. */
static uint8_t *push_frame(lua_State *L, const pm_postings *p, pm_packed set,
                           uint32_t source, const pm_candidates_options *o) {
  uint8_t *ignored = lua_newuserdatauv(L, set.count + (size_t)1, 0);
  uint32_t count = pm_postings_frame(p, set, source, o, ignored);
  push_hashes(L, set, ignored, count);
  if (count > o->frame_most * set.count)
    memset(ignored, 0, set.count);
  return ignored;
}

/* postings:meet(set, source, options...) --> numbers of documents, flags of
 * what the set ignores, the hashes of its frame or false */
static int postings_meet(lua_State *L) {
  growing *x = check(L);
  pm_packed set = packed_at(L, 2);
  uint32_t source = number_at(L, 3, INT32_MAX);
  pm_candidates_options o = options_at(L, 4);
  double enough = luaL_checknumber(L, 9);
  lua_settop(L, 9);
  uint8_t *ignored = push_frame(L, &x->p, set, source, &o);
  uint32_t met = pm_postings_meet(&x->p, set, ignored, o.least, enough);
  lua_createtable(L, (int)met, 0);
  for (uint32_t i = 0; i < met; i++) {
    lua_pushinteger(L, (lua_Integer)x->p.met[i] + 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_insert(L, -3);
  return 3;
}

/* postings:worth(set, flags, document, set of the document, options...)
 * --> nothing, or the hashes of the document's frame, or false */
static int postings_worth(lua_State *L) {
  growing *x = check(L);
  pm_packed set = packed_at(L, 2), other = packed_at(L, 5);
  luaL_checktype(L, 3, LUA_TUSERDATA);
  const uint8_t *flags = lua_touserdata(L, 3);
  luaL_argcheck(L, lua_rawlen(L, 3) == set.count + (size_t)1, 3,
                "flags of another set");
  uint32_t doc = number_at(L, 4, x->p.docs);
  pm_candidates_options o = options_at(L, 6);
  lua_settop(L, 10);
  uint8_t *ignored =
      push_frame(L, &x->p, other, pm_postings_source(&x->p, doc), &o);
  return pm_postings_worth(set, flags, other, ignored, &o);
}

static int postings_gc(lua_State *L) {
  growing *x = luaL_checkudata(L, 1, POSTINGS);
  pm_postings_free(&x->p);
  return 0;
}

static const luaL_Reg methods[] = {
    {"attach", postings_attach},
    {"add", postings_add},
    {"drop", postings_drop},
    {"is_gone", postings_is_gone},
    {"freeze", postings_freeze},
    {"meet", postings_meet},
    {"worth", postings_worth},
    {"__len", postings_len},
    {"__gc", postings_gc},
    {"__index", NULL},
    {NULL, NULL},
};

int pm_open_postings(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"new", postings_new},
      {NULL, NULL},
  };
  luaL_newmetatable(L, POSTINGS);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
