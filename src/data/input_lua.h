/* Lua's inputs, for bindings that read the block that one has at hand. */
#ifndef PM_INPUT_LUA_H
#define PM_INPUT_LUA_H

#include <lua.h>

#include "data/input.h"

/* The bytes of the last block of the input at `arg`, which it has until it is
 * asked for something else; NULL when there is no input at `arg`. Raises when
 * the input has no block. */
const char *pm_input_held(lua_State *L, int arg, size_t *len);

#endif
