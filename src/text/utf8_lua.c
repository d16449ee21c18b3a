#include "text/utf8_lua.h"

#include <lauxlib.h>

#include "text/utf8.h"

int pm_utf8_invalid(lua_State *L, const char *text, size_t offset) {
  lua_pushnil(L);
  lua_pushfstring(L, "invalid UTF-8: byte 0x%s at %I",
                  lua_pushfstring(L, "%c%c",
                                  "0123456789ABCDEF"[(text[offset] >> 4) & 15],
                                  "0123456789ABCDEF"[text[offset] & 15]),
                  (lua_Integer)offset + 1);
  lua_remove(L, -2);
  lua_pushinteger(L, (lua_Integer)offset + 1);
  return 3;
}

const char *pm_utf8_valid(lua_State *L, size_t *len) {
  const char *text = luaL_checklstring(L, 1, len);
  size_t good = pm_utf8_check(text, *len);
  if (good == *len)
    return text;
  pm_utf8_invalid(L, text, good);
  return NULL;
}
