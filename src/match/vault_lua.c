#include "match/vault_lua.h"

#include <sys/stat.h>

#include <lauxlib.h>

#include "core_lua.h"

#define VAULT "pumice.vault"
/* In the registry: the files that are open, for LMDB must not open one twice.
 */
#define OPEN "pumice.vaults"

pm_vault *pm_vault_check(lua_State *L, int arg) {
  pm_vault *v = luaL_checkudata(L, arg, VAULT);
  luaL_argcheck(L, v->env, arg, "the index is closed");
  return v;
}

static int problem(lua_State *L, const pm_vault *v) {
  lua_pushnil(L);
  lua_pushstring(L, v->problem);
  return 2;
}

static int done(lua_State *L, const pm_vault *v, int code) {
  if (code != 0)
    return problem(L, v);
  lua_pushboolean(L, 1);
  return 1;
}

/* Pushes the table of open files and what stands there for this one; the name
 * of a file that is there cannot change while it is open. */
static void push_open(lua_State *L, const char *path) {
  struct stat st;
  luaL_getsubtable(L, LUA_REGISTRYINDEX, OPEN);
  if (stat(path, &st) == 0)
    lua_pushfstring(L, "%I:%I", (lua_Integer)st.st_dev, (lua_Integer)st.st_ino);
  else
    lua_pushliteral(L, "");
}

/* vault.open(path, readonly) --> vault | nil, message */
static int vault_open(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  bool readonly = lua_toboolean(L, 2);
  lua_settop(L, 2);
  pm_vault *v = lua_newuserdatauv(L, sizeof *v, 1);
  *v = PM_VAULT_CLOSED;
  luaL_setmetatable(L, VAULT);
  push_open(L, path);
  bool is_open = lua_rawget(L, -2) == LUA_TBOOLEAN;
  lua_pop(L, 2);
  if (is_open) {
    lua_pushnil(L);
    lua_pushliteral(L, "this process has it open already");
    return 2;
  }
  if (pm_vault_open(v, path, readonly) != 0)
    return problem(L, v);
  push_open(L, path); /* it is there now */
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, 3, 1);
  lua_pushboolean(L, 1);
  lua_rawset(L, -3);
  lua_settop(L, 3);
  return 1;
}

/* vault.can_make(path) --> true | nil, message, errno */
static int vault_can_make(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  return luaL_fileresult(L, pm_vault_can_make(path), path);
}

static char kind_of(lua_State *L, int arg) {
  size_t len;
  const char *kind = luaL_checklstring(L, arg, &len);
  luaL_argcheck(L, len == 1, arg, "a kind is one letter");
  return kind[0];
}

static uint32_t number_of(lua_State *L, int arg) {
  lua_Integer n = luaL_checkinteger(L, arg);
  luaL_argcheck(L, n >= 0 && n <= UINT32_MAX, arg, "a number of 32 bits");
  return (uint32_t)n;
}

/* vault:get(kind, number) --> bytes | nil | nil, message */
static int vault_get(lua_State *L) {
  pm_vault *v = pm_vault_check(L, 1);
  pm_vault_value value;
  int found = pm_vault_get(v, kind_of(L, 2), number_of(L, 3), &value);
  if (found < 0)
    return problem(L, v);
  if (found == 0) {
    lua_pushnil(L);
    return 1;
  }
  if (value.plain == 0) {
    lua_pushlstring(L, value.bytes, value.len);
    return 1;
  }
  luaL_Buffer b;
  char *out = luaL_buffinitsize(L, &b, value.plain);
  if (pm_vault_unpack(v, &value, out) != 0)
    return problem(L, v);
  luaL_pushresultsize(&b, value.plain);
  return 1;
}

/* vault:begin() --> true | nil, message */
static int vault_begin(lua_State *L) {
  pm_vault *v = pm_vault_check(L, 1);
  return done(L, v, pm_vault_begin(v));
}

/* vault:put(kind, number, bytes, compress) --> true | nil, message */
static int vault_put(lua_State *L) {
  pm_vault *v = pm_vault_check(L, 1);
  size_t len;
  const char *bytes = luaL_checklstring(L, 4, &len);
  luaL_argcheck(L, v->write, 1, "begin comes before put");
  return done(L, v,
              pm_vault_put(v, kind_of(L, 2), number_of(L, 3), bytes, len,
                           lua_toboolean(L, 5)));
}

/* vault:remove(kind, number) --> true | nil, message */
static int vault_remove(lua_State *L) {
  pm_vault *v = pm_vault_check(L, 1);
  luaL_argcheck(L, v->write, 1, "begin comes before remove");
  return done(L, v, pm_vault_remove(v, kind_of(L, 2), number_of(L, 3)));
}

/* vault:save() --> true | nil, message */
static int vault_save(lua_State *L) {
  pm_vault *v = pm_vault_check(L, 1);
  return done(L, v, pm_vault_save(v));
}

/* vault:undo() */
static int vault_undo(lua_State *L) {
  pm_vault_undo(pm_vault_check(L, 1));
  return 0;
}

/* vault:close(), __close and __gc */
static int vault_close(lua_State *L) {
  pm_vault *v = luaL_checkudata(L, 1, VAULT);
  if (v->env && lua_getiuservalue(L, 1, 1) == LUA_TSTRING &&
      lua_getfield(L, LUA_REGISTRYINDEX, OPEN) == LUA_TTABLE) {
    lua_insert(L, -2);
    lua_pushnil(L);
    lua_rawset(L, -3);
  }
  pm_vault_close(v);
  return 0;
}

static const luaL_Reg methods[] = {
    {"get", vault_get},     {"begin", vault_begin},
    {"put", vault_put},     {"remove", vault_remove},
    {"save", vault_save},   {"undo", vault_undo},
    {"close", vault_close}, {"__close", vault_close},
    {"__gc", vault_close},  {"__index", NULL},
    {NULL, NULL},
};

int pm_open_vault(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"open", vault_open},
      {"can_make", vault_can_make},
      {NULL, NULL},
  };
  luaL_newmetatable(L, VAULT);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
