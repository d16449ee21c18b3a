/*
 * pumice.core.charset: bytes in any charset to UTF-8.
 */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/buffer_lua.h"
#include "text/decode.h"
#include "text/prescan.h"
#include "text/utf8.h"

static const pm_charset *charset_at(lua_State *L, int arg) {
  size_t len;
  const char *label = luaL_optlstring(L, arg, NULL, &len);
  return label ? pm_charset_find(label, len) : NULL;
}

/* A label, or a Content-Type that has one. */
static const pm_charset *hint_at(lua_State *L, int arg) {
  size_t len;
  const char *hint = luaL_optlstring(L, arg, "", &len);
  const pm_charset *label = pm_charset_find(hint, len);
  return label ? label : pm_prescan_value(hint, len, "charset");
}

#define HELD "pumice.charset.held"

static int held_close(lua_State *L) {
  pm_held_close(luaL_checkudata(L, 1, HELD));
  return 0;
}

/* Keeps the converters open from the first text on that is not UTF-8. */
static void hold(lua_State *L) {
  pm_held *held = lua_touserdata(L, lua_upvalueindex(1));
  if (held->count == 0)
    pm_held_open(held);
}

/* charset.name(label) --> name | nil */
static int charset_name(lua_State *L) {
  luaL_checkstring(L, 1);
  const pm_charset *charset = charset_at(L, 1);
  lua_pushstring(L, charset ? charset->name : NULL);
  return 1;
}

/* charset.detect(bytes, hint) --> name, by, confidence, length of the mark */
static int charset_detect(lua_State *L) {
  static const char *const names[] = {
      [PM_BY_MARK] = "mark",         [PM_BY_VALIDITY] = "validity",
      [PM_BY_DECLARED] = "declared", [PM_BY_HINT] = "hint",
      [PM_BY_BYTES] = "bytes",
  };
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  const pm_charset *hint = hint_at(L, 2);
  pm_decoded found;
  pm_buffer *work = pm_buffer_push(L);
  if (pm_utf8_check(text, len) != len)
    hold(L);
  if (pm_decode_detect(text, len, hint, work, &found) != 0)
    return luaL_error(L, "not enough memory");
  pm_buffer_free(work);
  lua_pushstring(L, found.charset->name);
  lua_pushstring(L, names[found.by]);
  lua_pushnumber(L, found.confidence);
  lua_pushinteger(L, (lua_Integer)found.mark);
  return 4;
}

/* charset.decode(bytes, name, skip) --> text, count of invalid places, name of
 * the smallest charset that it is in; nil when iconv does not know it */
static int charset_decode(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  luaL_checkstring(L, 2);
  const pm_charset *charset = charset_at(L, 2);
  lua_Integer skip = luaL_optinteger(L, 3, 0);
  luaL_argcheck(L, charset != NULL, 2, "no such charset");
  luaL_argcheck(L, skip >= 0 && (size_t)skip <= len, 3, "beyond the end");
  text += skip;
  len -= (size_t)skip;
  if (skip == 0 && charset == pm_charset_find("utf-8", 5) &&
      pm_utf8_check(text, len) == len) {
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushstring(L, charset->name);
    return 3;
  }
  pm_buffer *out = pm_buffer_push(L);
  if (charset != pm_charset_find("utf-8", 5))
    hold(L);
  size_t invalid = pm_decode(text, len, charset, out);
  if (invalid == (size_t)-1)
    return luaL_error(L, "cannot decode %s: not enough memory, or unknown here",
                      charset->name);
  pm_buffer_take(L, out);
  lua_pushinteger(L, (lua_Integer)invalid);
  lua_pushstring(L, pm_charset_name(charset, text, len));
  return 3;
}

static const luaL_Reg functions[] = {
    {"decode", charset_decode},
    {"detect", charset_detect},
    {"name", charset_name},
    {NULL, NULL},
};

int pm_open_charset(lua_State *L) {
  luaL_newlibtable(L, functions);
  pm_held *held = lua_newuserdatauv(L, sizeof *held, 0);
  *held = (pm_held){0};
  if (luaL_newmetatable(L, HELD)) {
    lua_pushcfunction(L, held_close);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  luaL_setfuncs(L, functions, 1);
  return 1;
}
