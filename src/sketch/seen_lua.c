#include "sketch/seen.h"

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"

#define SEEN "pumice.seen"

/* seen.key(bytes) --> 16 bytes */
static int seen_key(lua_State *L) {
  size_t len;
  const char *bytes = luaL_checklstring(L, 1, &len);
  unsigned char key[PM_SEEN_KEY];
  pm_seen_key(bytes, len, key);
  lua_pushlstring(L, (const char *)key, sizeof key);
  return 1;
}

/* seen.new() --> an exact set; seen.new(capacity, rate) --> a filter */
static int seen_new(lua_State *L) {
  lua_Integer capacity = luaL_optinteger(L, 1, 0);
  lua_Number rate = luaL_optnumber(L, 2, 0);
  bool exact = lua_isnoneornil(L, 1);
  luaL_argcheck(L, exact || capacity >= 1, 1, "capacity is at least 1");
  luaL_argcheck(L, exact || (rate > 0 && rate < 1), 2,
                "rate is between 0 and 1");
  pm_seen *s = lua_newuserdatauv(L, sizeof *s, 0);
  *s = (pm_seen){0};
  luaL_setmetatable(L, SEEN);
  if (exact)
    return 1;
  if (pm_seen_filter(s, (uint64_t)capacity, rate) != 0)
    return luaL_error(L, "not enough memory");
  return 1;
}

static const unsigned char *check_keys(lua_State *L, size_t *count) {
  size_t len;
  const char *keys = luaL_checklstring(L, 2, &len);
  luaL_argcheck(L, len % PM_SEEN_KEY == 0, 2, "keys have 16 bytes");
  *count = len / PM_SEEN_KEY;
  return (const unsigned char *)keys;
}

static int add(lua_State *L, pm_seen *s, const unsigned char *key) {
  int was = pm_seen_add(s, key);
  return was < 0 ? luaL_error(L, "not enough memory") : was;
}

/* seen:add(bytes) --> whether it was there */
static int seen_add(lua_State *L) {
  pm_seen *s = luaL_checkudata(L, 1, SEEN);
  size_t len;
  const char *bytes = luaL_checklstring(L, 2, &len);
  unsigned char key[PM_SEEN_KEY];
  pm_seen_key(bytes, len, key);
  lua_pushboolean(L, add(L, s, key));
  return 1;
}

/* seen:has(bytes) --> whether it is there */
static int seen_has(lua_State *L) {
  pm_seen *s = luaL_checkudata(L, 1, SEEN);
  size_t len;
  const char *bytes = luaL_checklstring(L, 2, &len);
  unsigned char key[PM_SEEN_KEY];
  pm_seen_key(bytes, len, key);
  lua_pushboolean(L, pm_seen_has(s, key));
  return 1;
}

/* seen:add_keys(keys) --> places, from 1, of those that were there, or nil */
static int seen_add_keys(lua_State *L) {
  pm_seen *s = luaL_checkudata(L, 1, SEEN);
  size_t count;
  const unsigned char *keys = check_keys(L, &count);
  lua_Integer found = 0;
  for (size_t i = 0; i < count; i++) {
    if (!add(L, s, keys + i * PM_SEEN_KEY))
      continue;
    if (found == 0)
      lua_newtable(L);
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_rawseti(L, -2, ++found);
  }
  return found > 0;
}

/* #seen: keys that were new */
static int seen_len(lua_State *L) {
  pm_seen *s = luaL_checkudata(L, 1, SEEN);
  lua_pushinteger(L, (lua_Integer)s->count);
  return 1;
}

static int seen_gc(lua_State *L) {
  pm_seen_free(luaL_checkudata(L, 1, SEEN));
  return 0;
}

static const luaL_Reg methods[] = {
    {"add", seen_add},   {"has", seen_has}, {"add_keys", seen_add_keys},
    {"__len", seen_len}, {"__gc", seen_gc}, {"__index", NULL},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"key", seen_key},
    {"new", seen_new},
    {NULL, NULL},
};

int pm_open_seen(lua_State *L) {
  luaL_newmetatable(L, SEEN);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
