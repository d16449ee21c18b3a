/*
 * core.cuts: where a plain file of lines is cut into blocks.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "data/cuts.h"

/* cuts.find(path, from, upto, step, longest)
 *   --> {lines = n, is_long = bool, offset, lines, offset, lines...}
 *     | nil, message, errno
 * The ends of blocks in a window of a plain file, see cuts.h. */
static int cuts_find(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  lua_Integer from = luaL_checkinteger(L, 2), upto = luaL_checkinteger(L, 3);
  lua_Integer step = luaL_checkinteger(L, 4);
  lua_Integer longest = luaL_checkinteger(L, 5);
  luaL_argcheck(L, from >= 0 && from <= upto, 2, "from 0 to upto");
  luaL_argcheck(L, step >= 1, 4, "step is at least 1");
  luaL_argcheck(L, longest >= 0, 5, "longest is at least 0");
  size_t most = pm_cuts_most((uint64_t)from, (uint64_t)upto, (size_t)step);
  luaL_argcheck(L, most <= INT_MAX / 2, 3, "too many steps");
  pm_cuts_end *ends = lua_newuserdatauv(L, most * sizeof *ends, 0);
  pm_cuts cuts;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  int status = fd < 0
                   ? -1
                   : pm_cuts_find(fd, (uint64_t)from, (uint64_t)upto,
                                  (size_t)step, (size_t)longest, &cuts, ends);
  int failure = errno;
  if (fd >= 0)
    close(fd); /* before anything that may raise */
  errno = failure;
  if (status != 0)
    return luaL_fileresult(L, 0, path);
  lua_createtable(L, 2 * (int)cuts.count, 2);
  for (size_t i = 0; i < cuts.count; i++) {
    lua_pushinteger(L, (lua_Integer)ends[i].offset);
    lua_rawseti(L, -2, 2 * (lua_Integer)i + 1);
    lua_pushinteger(L, (lua_Integer)ends[i].lines);
    lua_rawseti(L, -2, 2 * (lua_Integer)i + 2);
  }
  lua_pushinteger(L, (lua_Integer)cuts.lines);
  lua_setfield(L, -2, "lines");
  lua_pushboolean(L, cuts.is_long);
  lua_setfield(L, -2, "is_long");
  return 1;
}

int pm_open_cuts(lua_State *L) {
  static const luaL_Reg functions[] = {{"find", cuts_find}, {NULL, NULL}};
  luaL_newlib(L, functions);
  return 1;
}
