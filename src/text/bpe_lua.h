/*
 * An encoder as Lua holds it, and what its two bindings share: bpe_lua.c uses
 * it, bpe_build_lua.c makes it in steps, by one owner: ranks or tokens, rules,
 * finish, names, special.
 */
#ifndef PM_BPE_LUA_H
#define PM_BPE_LUA_H

#include <lauxlib.h>
#include <lua.h>

#include "text/bpe.h"

#define PM_BPE "pumice.bpe"

typedef struct pm_encoder {
  pm_bpe bpe;
  pm_buffer out; /* of the latest call */
  bool finished;
} pm_encoder;

/* The encoder at 1, or an error. */
static inline pm_encoder *pm_encoder_check(lua_State *L) {
  return luaL_checkudata(L, 1, PM_BPE);
}

static inline pm_encoder *pm_encoder_finished(lua_State *L) {
  pm_encoder *e = pm_encoder_check(L);
  luaL_argcheck(L, e->finished, 1, "the encoder is not finished");
  return e;
}

/* The methods that make an encoder. */
extern const luaL_Reg pm_bpe_building[];

#endif
