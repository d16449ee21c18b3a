/*
 * pumice.core.text. Texts that come out as they went in are the same Lua
 * string: nothing is copied.
 */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/buffer_lua.h"
#include "text/normal.h"
#include "text/utf8.h"

/* Pushes nil, message, position of the bad byte at `offset`. */
static int invalid(lua_State *L, const char *text, size_t offset) {
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

/* text.check(s) --> true | nil, message, position */
static int text_check(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  size_t good = pm_utf8_check(text, len);
  if (good < len)
    return invalid(L, text, good);
  lua_pushboolean(L, 1);
  return 1;
}

/* text.normalize(s, form) --> text | nil, message, position */
static int text_normalize(lua_State *L) {
  static const char *const names[] = {"NFC",  "NFD",         "NFKC", "NFKD",
                                      "fold", "fold simple", NULL};
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  pm_form form = (pm_form)luaL_checkoption(L, 2, "NFC", names);
  size_t good = pm_utf8_check(text, len);
  if (good < len)
    return invalid(L, text, good);
  lua_settop(L, 1);
  if (pm_normal_span(text, len, form) == len)
    return 1;
  pm_buffer *out = pm_buffer_push(L);
  pm_buffer *wide = pm_buffer_push(L);
  if (pm_normalize(text, len, form, out, wide) != 0)
    return luaL_error(L, "not enough memory to normalize %I bytes",
                      (lua_Integer)len);
  pm_buffer_free(wide);
  pm_buffer_take(L, out);
  return 1;
}

static const luaL_Reg functions[] = {
    {"check", text_check},
    {"normalize", text_normalize},
    {NULL, NULL},
};

int pm_open_text(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
