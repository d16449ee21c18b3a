/*
 * core.ranges: parts of a file by where they are.
 */
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

/* Ends the buffer with the bytes that were read; or pushes nil, a message and
 * errno. */
static int push_read(lua_State *L, luaL_Buffer *b, const char *path,
                     ssize_t got, lua_Integer size) {
  if (got < 0)
    return luaL_fileresult(L, 0, path);
  if (got < size)
    return luaL_error(L, "%s became shorter while it was read", path);
  luaL_pushresultsize(b, (size_t)got);
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
  const char *path = luaL_checkstring(L, 1);
  ranges *r = lua_newuserdatauv(L, sizeof *r, 1);
  r->fd = -1;
  luaL_setmetatable(L, RANGES);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  r->fd = open(path, O_RDONLY | O_CLOEXEC);
  return r->fd >= 0 ? 1 : luaL_fileresult(L, 0, path);
}

/* ranges:bytes(offset, size) --> bytes | nil, message, errno
 * Raises when the file is shorter. */
static int ranges_bytes(lua_State *L) {
  const ranges *r = luaL_checkudata(L, 1, RANGES);
  lua_Integer offset, size;
  luaL_Buffer b;
  check_range(L, &offset, &size);
  luaL_argcheck(L, r->fd >= 0, 1, "the file is closed");
  lua_getiuservalue(L, 1, 1);
  const char *path = lua_tostring(L, -1);
  char *out = luaL_buffinitsize(L, &b, (size_t)size);
  return push_read(L, &b, path,
                   pm_read_at(r->fd, out, (size_t)size, (uint64_t)offset),
                   size);
}

/* ranges.read(path, offset, size) --> the same of a file that is not open */
static int ranges_read(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  lua_Integer offset, size;
  luaL_Buffer b;
  check_range(L, &offset, &size);
  char *out = luaL_buffinitsize(L, &b, (size_t)size);
  return push_read(L, &b, path,
                   pm_read_range(path, out, (size_t)size, (uint64_t)offset),
                   size);
}

/* ranges:close(), __close and __gc: as often as they like */
static int ranges_close(lua_State *L) {
  ranges *r = luaL_checkudata(L, 1, RANGES);
  if (r->fd >= 0)
    close(r->fd);
  r->fd = -1;
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
