/*
 * core.sha256: digests of bytes, of those that come in portions too.
 */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/sha256.h"

#define DIGEST "pumice.sha256"

static int push_hex(lua_State *L, pm_sha256_state *s) {
  char hex[PM_SHA256_HEX];
  pm_sha256_end(s, hex);
  lua_pushlstring(L, hex, PM_SHA256_HEX - 1);
  return 1;
}

static void add_string(lua_State *L, int at, pm_sha256_state *s) {
  size_t len;
  const char *bytes = luaL_checklstring(L, at, &len);
  pm_sha256_add(s, bytes, len);
}

/* sha256.hex(bytes) --> 64 hex digits */
static int sha256_hex(lua_State *L) {
  pm_sha256_state s;
  pm_sha256_begin(&s);
  add_string(L, 1, &s);
  return push_hex(L, &s);
}

/* sha256.new() --> a digest of nothing yet */
static int sha256_new(lua_State *L) {
  pm_sha256_begin(lua_newuserdatauv(L, sizeof(pm_sha256_state), 0));
  luaL_setmetatable(L, DIGEST);
  return 1;
}

/* digest:add(bytes) */
static int digest_add(lua_State *L) {
  add_string(L, 2, luaL_checkudata(L, 1, DIGEST));
  return 0;
}

/* digest:hex() --> 64 hex digits of what was added so far */
static int digest_hex(lua_State *L) {
  pm_sha256_state s = *(pm_sha256_state *)luaL_checkudata(L, 1, DIGEST);
  return push_hex(L, &s);
}

static const luaL_Reg methods[] = {
    {"add", digest_add},
    {"hex", digest_hex},
    {"__index", NULL},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"hex", sha256_hex},
    {"new", sha256_new},
    {NULL, NULL},
};

int pm_open_sha256(lua_State *L) {
  luaL_newmetatable(L, DIGEST);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
