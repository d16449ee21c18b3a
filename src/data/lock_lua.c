/*
 * core.lock: a folder that one process at a time may hold.
 */
#include <unistd.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "data/folder.h"

#define LOCK "pumice.lock"

typedef struct lock {
  int fd; /* -1: closed */
} lock;

/* lock.hold(folder) --> lock | nil, message, errno
 * 11 (EWOULDBLOCK) while another process holds it. */
static int lock_hold(lua_State *L) {
  const char *folder = luaL_checkstring(L, 1);
  lock *held = lua_newuserdatauv(L, sizeof *held, 0);
  held->fd = -1;
  luaL_setmetatable(L, LOCK);
  held->fd = pm_folder_hold(folder);
  return held->fd >= 0 ? 1 : luaL_fileresult(L, 0, folder);
}

/* lock:close(), __close and __gc: as often as they like */
static int lock_close(lua_State *L) {
  lock *held = luaL_checkudata(L, 1, LOCK);
  if (held->fd >= 0)
    close(held->fd);
  held->fd = -1;
  return 0;
}

static const luaL_Reg methods[] = {
    {"close", lock_close}, {"__close", lock_close},
    {"__gc", lock_close},  {"__index", NULL},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {{"hold", lock_hold}, {NULL, NULL}};

int pm_open_lock(lua_State *L) {
  luaL_newmetatable(L, LOCK);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
