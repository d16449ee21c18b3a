/*
 * core.output: files that appear when they are whole.
 */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "data/output.h"

#define OUTPUT "pumice.output"

typedef struct handle {
  pm_output *out;
} handle;

/* output.open(path) --> output | nil, message, errno */
static int output_open(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  handle *h = lua_newuserdatauv(L, sizeof *h, 1);
  h->out = NULL;
  luaL_setmetatable(L, OUTPUT);
  lua_pushvalue(L, 1); /* for the messages */
  lua_setiuservalue(L, -2, 1);
  h->out = pm_output_open(path);
  return h->out ? 1 : luaL_fileresult(L, 0, path);
}

static handle *check(lua_State *L) {
  handle *h = luaL_checkudata(L, 1, OUTPUT);
  luaL_argcheck(L, h->out, 1, "output is closed");
  return h;
}

static int result(lua_State *L, int ok) {
  if (ok)
    return luaL_fileresult(L, 1, NULL);
  lua_getiuservalue(L, 1, 1);
  return luaL_fileresult(L, 0, lua_tostring(L, -1));
}

/* output:write(bytes) --> true | nil, message, errno */
static int output_write(lua_State *L) {
  handle *h = check(L);
  size_t len;
  const char *data = luaL_checklstring(L, 2, &len);
  return result(L, pm_output_write(h->out, data, len) == 0);
}

/* output:commit() --> true | nil, message, errno; closed in both cases */
static int output_commit(lua_State *L) {
  handle *h = check(L);
  pm_output *out = h->out;
  h->out = NULL;
  return result(L, pm_output_commit(out) == 0);
}

/* output:discard(), __close and __gc: as often as they like */
static int output_discard(lua_State *L) {
  handle *h = luaL_checkudata(L, 1, OUTPUT);
  pm_output_discard(h->out);
  h->out = NULL;
  return 0;
}

static const luaL_Reg methods[] = {
    {"write", output_write},
    {"commit", output_commit},
    {"discard", output_discard},
    {"__close", output_discard},
    {"__gc", output_discard},
    {"__index", NULL},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"open", output_open},
    {NULL, NULL},
};

int pm_open_output(lua_State *L) {
  luaL_newmetatable(L, OUTPUT);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
