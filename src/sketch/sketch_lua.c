/* Sketches of Shingles, or of a text: strings, see sketch/packed_sketch.h. */
#include <lauxlib.h>

#include "core_lua.h"
#include "sketch/fast_sketch.h"
#include "sketch/hashes_lua.h"
#include "sketch/minhash.h"
#include "sketch/packed_sketch.h"
#include "sketch/sample_lua.h"
#include "sketch/shingle_lua.h"
#include "sketch/simhash.h"

/* The arguments k, bits and seed, from `arg` on. */
static pm_sketch check_form(lua_State *L, int arg) {
  lua_Integer k = luaL_checkinteger(L, arg);
  lua_Integer bits = luaL_checkinteger(L, arg + 1);
  luaL_argcheck(L, k >= 1 && k <= PM_FAST_SKETCH_MOST, arg, "k is 1 to 4096");
  luaL_argcheck(L, bits == 8 || bits == 32, arg + 1, "bits is 32 or 8");
  return (pm_sketch){.k = (size_t)k,
                     .bits = (unsigned)bits,
                     .seed = (uint64_t)luaL_checkinteger(L, arg + 2)};
}

static int push_sketch(lua_State *L, const pm_sketch *s, const uint32_t *slot) {
  luaL_Buffer b;
  size_t size = pm_sketch_size(s->bits, s->k);
  pm_sketch_pack(s, slot, luaL_buffinitsize(L, &b, size));
  luaL_pushresultsize(&b, size);
  return 1;
}

/* Pushes the sketch by `method` of hashes of shingles of n units. */
static int sketch_hashes(lua_State *L, pm_sketch s, unsigned method,
                         const uint64_t *hash, size_t count) {
  uint32_t slot[PM_FAST_SKETCH_MOST];
  s.method = method;
  s.empty = count == 0;
  if (method == PM_SKETCH_FAST)
    pm_fast_sketch(hash, count, s.seed, slot, s.k);
  else
    pm_minhash(hash, count, s.seed, slot, s.k);
  return push_sketch(L, &s, slot);
}

static int sketch_set(lua_State *L, unsigned method) {
  const pm_shingles *shingles = pm_shingles_check(L, 1);
  pm_sketch s = check_form(L, 2);
  s.n = shingles->n;
  s.rate = shingles->rate;
  s.kind = shingles->kind;
  return sketch_hashes(L, s, method, shingles->set, shingles->count);
}

/* sketch.fast(shingles, k, bits, seed) --> sketch */
static int sketch_fast(lua_State *L) {
  return sketch_set(L, PM_SKETCH_FAST);
}

/* sketch.minhash(shingles, k, bits, seed) --> sketch */
static int sketch_minhash(lua_State *L) {
  return sketch_set(L, PM_SKETCH_MINHASH);
}

/* sketch.text(text or spans, n, k, bits, seed) --> sketch.fast of its words */
static int sketch_text(lua_State *L) {
  unsigned n = pm_hashes_width(L, 2);
  pm_sketch s = check_form(L, 3);
  pm_hashes hashes;
  s.n = n;
  pm_hashes_of(L, 1, n, &hashes);
  return sketch_hashes(L, s, PM_SKETCH_FAST, hashes.at, hashes.count);
}

/* sketch.simhash(shingles) --> integer */
static int sketch_simhash(lua_State *L) {
  const pm_shingles *s = pm_shingles_check(L, 1);
  lua_pushinteger(L, (lua_Integer)pm_simhash(s->set, s->count));
  return 1;
}

static pm_sketch check_sketch(lua_State *L, int arg) {
  size_t len;
  pm_sketch s;
  if (lua_type(L, arg) != LUA_TSTRING)
    luaL_error(L, "a sketch is a string, as shingle.sketch makes it, not a %s",
               luaL_typename(L, arg));
  const char *data = lua_tolstring(L, arg, &len);
  const char *wrong = pm_sketch_read(data, len, &s);
  if (wrong)
    luaL_error(L,
               "a string of %d bytes is %s; shingle.sketch makes one of its "
               "text",
               (int)len, wrong);
  return s;
}

/* Pushes how a sketch was made. */
static const char *push_form(lua_State *L, const pm_sketch *s) {
  return lua_pushfstring(
      L, "%s, k = %d, bits = %d, seed = %I, one in 2^%d shingles of %d %s",
      s->method == PM_SKETCH_FAST ? "sketch" : "minhash", (int)s->k,
      (int)s->bits, (LUAI_UACINT)s->seed, (int)s->rate, (int)s->n,
      pm_shingle_kind(s->kind));
}

/* Two sketches that compare, at 1 and 2. */
static void check_two(lua_State *L, pm_sketch *a, pm_sketch *b) {
  *a = check_sketch(L, 1);
  *b = check_sketch(L, 2);
  const char *wrong = pm_sketch_differ(a, b);
  if (wrong) {
    const char *one = push_form(L, a);
    luaL_error(L, "%s: (%s) and (%s)", wrong, one, push_form(L, b));
  }
}

/* sketch.similarity(sketch, sketch) --> estimate of Jaccard, 0 to 1 */
static int sketch_similarity(lua_State *L) {
  pm_sketch a, b;
  check_two(L, &a, &b);
  lua_pushnumber(L, pm_sketch_similarity(&a, &b));
  return 1;
}

/* sketch.merge(sketch, sketch) --> sketch of both sets as one */
static int sketch_merge(lua_State *L) {
  pm_sketch a, b;
  uint32_t slot[PM_FAST_SKETCH_MOST];
  check_two(L, &a, &b);
  if (a.bits != 32)
    return luaL_error(L,
                      "sketches of 8 bits do not merge; those with bits = 32 "
                      "do");
  for (size_t i = 0; i < a.k; i++) {
    uint32_t x = pm_sketch_slot(&a, i), y = pm_sketch_slot(&b, i);
    slot[i] = x < y ? x : y;
  }
  a.empty = a.empty && b.empty;
  return push_sketch(L, &a, slot);
}

/* sketch.band_keys(sketch, rows) --> packed set, a hash for each band */
static int sketch_band_keys(lua_State *L) {
  pm_sketch s = check_sketch(L, 1);
  lua_Integer rows = luaL_checkinteger(L, 2);
  if (rows < 1 || (size_t)rows > s.k)
    return luaL_error(L,
                      "a band has 1 to %d rows, as many as the sketch has "
                      "slots, not %I",
                      (int)s.k, (LUAI_UACINT)rows);
  uint64_t key[PM_FAST_SKETCH_MOST];
  pm_sketch_bands(&s, (size_t)rows, key);
  pm_shingles_push_packed(L, key, s.k / (size_t)rows, 1, 0);
  return 1;
}

int pm_open_sketch(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"fast", sketch_fast},
      {"minhash", sketch_minhash},
      {"text", sketch_text},
      {"sample", pm_sample_lua},
      {"simhash", sketch_simhash},
      {"similarity", sketch_similarity},
      {"merge", sketch_merge},
      {"band_keys", sketch_band_keys},
      {NULL, NULL},
  };
  luaL_newlib(L, functions);
  return 1;
}
