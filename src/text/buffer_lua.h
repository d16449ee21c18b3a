/*
 * A pm_buffer that Lua owns: collected with its userdata, so an error raised
 * at any time leaks nothing.
 */
#ifndef PM_BUFFER_LUA_H
#define PM_BUFFER_LUA_H

#include <lua.h>

#include "text/buffer.h"

/* Pushes a userdata that owns an empty buffer with the state's allocator. */
pm_buffer *pm_buffer_push(lua_State *L);

/* Pushes what is written as a string and empties the buffer. */
void pm_buffer_take(lua_State *L, pm_buffer *b);

#endif
