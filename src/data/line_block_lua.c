/*
 * core.line_block: the lines of a block, without a string of all of them.
 */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "data/arena_lua.h"
#include "data/input_lua.h"
#include "data/line_block_lua.h"
#include "text/whole_io.h"

#define LINES "pumice.line_block"

/* The bytes are behind the struct, or in the user value, which has to stay. */
static pm_line_block *push_lines(lua_State *L, size_t size,
                                 lua_Integer number) {
  pm_line_block *lines = lua_newuserdatauv(L, sizeof *lines + size, 1);
  *lines =
      (pm_line_block){.data = (char *)(lines + 1), .number = (uint64_t)number};
  luaL_setmetatable(L, LINES);
  return lines;
}

/* line_block.of(bytes, number) --> line_block
 * Those of a string; of a region, which is not to be freed meanwhile; of the
 * block of an input, which is not to be asked for more meanwhile. The first one
 * has that number. */
static int lines_of(lua_State *L) {
  size_t len;
  const char *data = pm_input_held(L, 1, &len);
  if (!data)
    data = pm_region_check(L, 1, &len);
  pm_line_block *lines = push_lines(L, 0, luaL_checkinteger(L, 2));
  lines->data = data;
  lines->len = len;
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  return 1;
}

/* line_block.read(path, offset, size, number) --> line_block | nil, message,
 * errno Those of a part of a file. Raises when it is shorter. */
static int lines_read(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  lua_Integer offset = luaL_checkinteger(L, 2);
  lua_Integer size = luaL_checkinteger(L, 3);
  lua_Integer number = luaL_checkinteger(L, 4);
  luaL_argcheck(L, offset >= 0, 2, "offset is at least 0");
  luaL_argcheck(L, size >= 0, 3, "size is at least 0");
  pm_line_block *lines = push_lines(L, (size_t)size, number);
  lines->len = (size_t)size;
  ssize_t got =
      pm_read_range(path, (char *)(lines + 1), (size_t)size, (uint64_t)offset);
  if (got < 0)
    return luaL_fileresult(L, 0, path);
  if (got < size)
    return luaL_error(L, "%s became shorter while it was read", path);
  return 1;
}

pm_line_block *pm_line_block_check(lua_State *L, int arg) {
  return luaL_checkudata(L, arg, LINES);
}

/* line_block:next() --> line, first byte from 1, bytes with its end, number
 *                | nil: blank ones are left out */
static int lines_next(lua_State *L) {
  pm_line_block *lines = pm_line_block_check(L, 1);
  pm_line line;
  if (!pm_line_block_next(lines, &line))
    return 0;
  lua_pushlstring(L, lines->data + line.first, line.len);
  lua_pushinteger(L, (lua_Integer)line.first + 1);
  lua_pushinteger(L, (lua_Integer)line.size);
  lua_pushinteger(L, (lua_Integer)line.number);
  return 4;
}

static const luaL_Reg methods[] = {
    {"next", lines_next}, {"sample", pm_line_sample}, {NULL, NULL}};

static const luaL_Reg functions[] = {
    {"of", lines_of}, {"read", lines_read}, {NULL, NULL}};

int pm_open_line_block(lua_State *L) {
  luaL_newmetatable(L, LINES);
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
