/*
 * core.ranges: parts of a file by where they are.
 */
#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <lua.h>
#include <unistd.h>

#include "core_lua.h"
#include "text/whole_io.h"

#define RANGES "pumice.ranges"

typedef struct ranges {
  int fd; /* -1: closed */
} ranges;

/* Pushes an open file; or nil, a message and errno, and returns NULL. Its path
 * is at 1, and in the user value. */
static ranges *push(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  ranges *r = lua_newuserdatauv(L, sizeof *r, 1);
  r->fd = -1;
  luaL_setmetatable(L, RANGES);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  r->fd = open(path, O_RDONLY | O_CLOEXEC);
  if (r->fd >= 0)
    return r;
  luaL_fileresult(L, 0, path);
  return NULL;
}

static void shut(ranges *r) {
  if (r->fd >= 0)
    close(r->fd);
  r->fd = -1;
}

/* Pushes the bytes; or nil, a message and errno. */
static int push_bytes(lua_State *L, const ranges *r, const char *path,
                      lua_Integer offset, lua_Integer size) {
  luaL_Buffer b;
  char *out = luaL_buffinitsize(L, &b, (size_t)size);
  ssize_t got = pm_read_at(r->fd, out, (size_t)size, (uint64_t)offset);
  if (got < 0)
    return luaL_fileresult(L, 0, path);
  if (got < size)
    return luaL_error(L, "%s became shorter while it was read", path);
  luaL_pushresultsize(&b, (size_t)got);
  return 1;
}

/* Checks the arguments at 2 and 3. */
static void check_range(lua_State *L, lua_Integer *offset, lua_Integer *size) {
  *offset = luaL_checkinteger(L, 2);
  *size = luaL_checkinteger(L, 3);
  luaL_argcheck(L, *offset >= 0, 2, "offset is at least 0");
  luaL_argcheck(L, *size >= 0, 3, "size is at least 0");
}

/* ranges.open(path) --> ranges | nil, message, errno */
static int ranges_open(lua_State *L) {
  return push(L) ? 1 : 3;
}

/* ranges:bytes(offset, size) --> bytes | nil, message, errno
 * Raises when the file is shorter. */
static int ranges_bytes(lua_State *L) {
  const ranges *r = luaL_checkudata(L, 1, RANGES);
  lua_Integer offset, size;
  check_range(L, &offset, &size);
  luaL_argcheck(L, r->fd >= 0, 1, "the file is closed");
  lua_getiuservalue(L, 1, 1);
  return push_bytes(L, r, lua_tostring(L, -1), offset, size);
}

/* ranges.read(path, offset, size) --> the same of a file that is not open */
static int ranges_read(lua_State *L) {
  lua_Integer offset, size;
  check_range(L, &offset, &size);
  ranges *r = push(L);
  if (!r)
    return 3;
  int results = push_bytes(L, r, lua_tostring(L, 1), offset, size);
  shut(r);
  return results;
}

/* ranges:close(), __close and __gc: as often as they like */
static int ranges_close(lua_State *L) {
  shut(luaL_checkudata(L, 1, RANGES));
  return 0;
}

static const luaL_Reg methods[] = {
    {"bytes", ranges_bytes},
    {"close", ranges_close},
    {"__close", ranges_close},
    {"__gc", ranges_close},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"open", ranges_open}, {"read", ranges_read}, {NULL, NULL}};

int pm_open_ranges(lua_State *L) {
  luaL_newmetatable(L, RANGES);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
