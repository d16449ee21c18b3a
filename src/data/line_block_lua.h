/* Lua's blocks of lines, for bindings that read them. */
#ifndef PM_LINE_BLOCK_LUA_H
#define PM_LINE_BLOCK_LUA_H

#include <lua.h>

#include "data/line_block.h"

/* The block at `arg`; raises when there is none. */
pm_line_block *pm_line_block_check(lua_State *L, int arg);

/* The method `sample`: see line_sample_lua.c. */
int pm_line_sample(lua_State *L);

#endif
