/*
 * The arguments (i, j) of a method `slice`, as `string.sub` reads them.
 *
 *   size_t first, wanted = pm_slice_read(L, count, &first);
 */
#ifndef PM_SLICE_LUA_H
#define PM_SLICE_LUA_H

#include <stddef.h>

#include <lauxlib.h>

/* How many of `count` things the arguments 2 and 3 ask for, the first of them
 * at `*first`, counted from 0. */
static inline size_t pm_slice_read(lua_State *L, size_t count, size_t *first) {
  lua_Integer all = (lua_Integer)count;
  lua_Integer i = luaL_optinteger(L, 2, 1), j = luaL_optinteger(L, 3, -1);
  if (i < 0)
    i = i < -all ? 1 : all + i + 1;
  else if (i == 0)
    i = 1;
  if (j > all)
    j = all;
  else if (j < 0)
    j = j < -all ? 0 : all + j + 1;
  *first = (size_t)(i - 1);
  return i <= j ? (size_t)(j - i + 1) : 0;
}

#endif
