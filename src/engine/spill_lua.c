/*
 * core.spill: chunks that are compressed where they arise, kept in one file,
 * and read back by whoever has the descriptor.
 */
#include <unistd.h>

#include <lauxlib.h>
#include <lua.h>
#include <zstd.h>

#include "core_lua.h"
#include "data/arena_lua.h"
#include "engine/spill.h"
#include "text/scratch.h"
#include "text/whole_io.h"

#define SPILL "pumice.spill"

enum { LEVEL = 1 };

typedef struct spill {
  int fd; /* -1: closed */
  uint64_t end;
} spill;

/* Pushes a spill; its user value is the place that messages name. */
static spill *push_spill(lua_State *L, const char *kind, const char *place) {
  spill *s = lua_newuserdatauv(L, sizeof *s, 1);
  *s = (spill){-1, 0};
  luaL_setmetatable(L, SPILL);
  lua_pushfstring(L, "%s%s", kind, place);
  lua_setiuservalue(L, -2, 1);
  return s;
}

static const char *place_of(lua_State *L) {
  lua_getiuservalue(L, 1, 1);
  return lua_tostring(L, -1);
}

/* spill.create(folder) --> spill | nil, message, errno */
static int spill_create(lua_State *L) {
  const char *folder = luaL_checkstring(L, 1);
  spill *s = push_spill(L, "spill file in ", folder);
  s->fd = pm_scratch_open(folder);
  return s->fd >= 0 ? 1 : luaL_fileresult(L, 0, folder);
}

/* spill.open(path, length) --> spill | nil, message, errno
 * The spill with a name, of which the first `length` bytes are good. */
static int spill_open(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  lua_Integer length = luaL_checkinteger(L, 2);
  luaL_argcheck(L, length >= 0, 2, "length is at least 0");
  spill *s = push_spill(L, "", path);
  s->fd = pm_spill_open(path);
  s->end = (uint64_t)length;
  return s->fd >= 0 ? 1 : luaL_fileresult(L, 0, path);
}

/* spill.attach(fd) --> spill: the one that was inherited as `fd` */
static int spill_attach(lua_State *L) {
  int fd = (int)luaL_checkinteger(L, 1);
  push_spill(L, "", "spill file")->fd = fd;
  return 1;
}

static spill *check(lua_State *L) {
  spill *s = luaL_checkudata(L, 1, SPILL);
  luaL_argcheck(L, s->fd >= 0, 1, "spill is closed");
  return s;
}

/* spill:fd() --> the descriptor, as child processes see it */
static int spill_fd(lua_State *L) {
  lua_pushinteger(L, check(L)->fd);
  return 1;
}

/* spill.compress(bytes) --> chunk */
static int spill_compress(lua_State *L) {
  size_t len;
  const char *data = luaL_checklstring(L, 1, &len);
  size_t room = ZSTD_compressBound(len);
  luaL_Buffer b;
  char *out = luaL_buffinitsize(L, &b, room);
  size_t n = ZSTD_compress(out, room, data, len, LEVEL);
  if (ZSTD_isError(n))
    return luaL_error(L, "cannot compress: %s", ZSTD_getErrorName(n));
  luaL_pushresultsize(&b, n);
  return 1;
}

/* spill:sync() --> length | nil, message, errno: all of it is on the disk */
static int spill_sync(lua_State *L) {
  spill *s = check(L);
  if (fdatasync(s->fd) != 0)
    return luaL_fileresult(L, 0, place_of(L));
  lua_pushinteger(L, (lua_Integer)s->end);
  return 1;
}

/* spill:append(bytes) --> offset | nil, message, errno
 * bytes: chunks, a string of them or a region */
static int spill_append(lua_State *L) {
  spill *s = check(L);
  size_t len;
  const char *data = pm_region_check(L, 2, &len);
  if (pm_write_at(s->fd, data, len, s->end) != 0)
    return luaL_fileresult(L, 0, place_of(L));
  lua_pushinteger(L, (lua_Integer)s->end);
  s->end += len;
  return 1;
}

/* spill:read(offset, len) --> the bytes that were compressed
 * Raises when they are not there or damaged. */
static int spill_read(lua_State *L) {
  spill *s = check(L);
  lua_Integer offset = luaL_checkinteger(L, 2);
  lua_Integer len = luaL_checkinteger(L, 3);
  luaL_argcheck(L, offset >= 0, 2, "offset is at least 0");
  luaL_argcheck(L, len >= 0, 3, "len is at least 0");
  char *chunk = lua_newuserdatauv(L, (size_t)len + 1, 0);
  if (pm_spill_read(s->fd, chunk, (size_t)len, (uint64_t)offset) != 0)
    return luaL_error(L, "%s: cannot read %I bytes at %I", place_of(L), len,
                      offset);
  unsigned long long size = ZSTD_getFrameContentSize(chunk, (size_t)len);
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    return luaL_error(L, "%s: damaged chunk at %I", place_of(L), offset);
  luaL_Buffer b;
  char *out = luaL_buffinitsize(L, &b, (size_t)size);
  size_t n = ZSTD_decompress(out, (size_t)size, chunk, (size_t)len);
  if (ZSTD_isError(n) || n != size)
    return luaL_error(L, "%s: damaged chunk at %I", place_of(L), offset);
  luaL_pushresultsize(&b, n);
  return 1;
}

/* spill:close(), __close and __gc: as often as they like */
static int spill_close(lua_State *L) {
  spill *s = luaL_checkudata(L, 1, SPILL);
  if (s->fd >= 0)
    close(s->fd);
  s->fd = -1;
  return 0;
}

static const luaL_Reg methods[] = {
    {"fd", spill_fd},      {"sync", spill_sync},   {"append", spill_append},
    {"read", spill_read},  {"close", spill_close}, {"__close", spill_close},
    {"__gc", spill_close}, {"__index", NULL},      {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"create", spill_create},
    {"open", spill_open},
    {"attach", spill_attach},
    {"compress", spill_compress},
    {NULL, NULL},
};

int pm_open_spill(lua_State *L) {
  luaL_newmetatable(L, SPILL);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
