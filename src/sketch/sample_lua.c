#include "sketch/sample_lua.h"

#include <lauxlib.h>

#include "sketch/sample.h"

pm_sample_form pm_sample_check(lua_State *L, int arg) {
  unsigned n = pm_hashes_width(L, arg);
  lua_Integer enough = luaL_checkinteger(L, arg + 1);
  lua_Integer rate = luaL_checkinteger(L, arg + 2);
  luaL_argcheck(L, enough >= 0, arg + 1, "enough is at least 0");
  luaL_argcheck(L, rate >= 0 && rate < 64, arg + 2, "the rate is 0 to 63");
  return (pm_sample_form){n, (size_t)enough, (unsigned)rate};
}

static void sample(lua_State *L, const pm_hashes *hashes, pm_sample_form form,
                   pm_sampled *out) {
  uint64_t few[PM_HASHES_FEW], *set = few;
  pm_shingle few_spare[2 * PM_HASHES_FEW], *spare = few_spare;
  size_t count = hashes->count;
  char *packed = &out->few[0];
  if (count > PM_HASHES_FEW) {
    spare = lua_newuserdatauv(L, 2 * count * sizeof *spare, 0);
    set = lua_newuserdatauv(L, count * sizeof *set, 0);
  }
  size_t kept =
      pm_sample(hashes->at, count, form.enough, &form.rate, spare, set);
  out->len = pm_shingle_packed_size(kept);
  if (kept > PM_HASHES_FEW)
    packed = lua_newuserdatauv(L, out->len, 0);
  pm_shingle_pack(set, kept, form.n, form.rate, packed);
  out->packed = packed;
  out->words = hashes->words;
}

void pm_sample_text(lua_State *L, const char *text, size_t len,
                    pm_sample_form form, pm_sampled *out) {
  pm_hashes hashes;
  pm_hashes_of_text(L, text, len, form.n, &hashes);
  sample(L, &hashes, form, out);
}

int pm_sample_lua(lua_State *L) {
  pm_hashes hashes;
  pm_sampled sampled;
  pm_sample_form form = pm_sample_check(L, 2);
  pm_hashes_of(L, 1, form.n, &hashes);
  sample(L, &hashes, form, &sampled);
  lua_pushlstring(L, sampled.packed, sampled.len);
  lua_pushinteger(L, (lua_Integer)sampled.words);
  return 2;
}
