/*
 * pumice.core.language.
 */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/buffer_lua.h"
#include "text/language.h"

/* language.find(text, hint) --> confidence, reliable, letters, then code,
 * share and score of each | nil when there is no letter to go by */
static int language_find(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  const char *hint = luaL_optstring(L, 2, NULL);
  luaL_argcheck(L, len < 1 << 30, 1, "text too long");
  pm_languages found;
  pm_buffer *work = pm_buffer_push(L);
  switch (pm_language_find(text, len, hint, work, &found)) {
  case -1: return luaL_error(L, "not enough memory");
  case 0: return 0;
  }
  pm_buffer_free(work);
  lua_pushnumber(L, found.confidence);
  lua_pushboolean(L, found.reliable);
  lua_pushinteger(L, (lua_Integer)found.letters);
  int n = 0;
  for (; n < PM_LANGUAGES && *found.top[n].code; n++) {
    lua_pushstring(L, found.top[n].code);
    lua_pushnumber(L, found.top[n].share);
    lua_pushnumber(L, found.top[n].score);
  }
  return 3 + 3 * n;
}

static const luaL_Reg functions[] = {
    {"find", language_find},
    {NULL, NULL},
};

int pm_open_language(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
