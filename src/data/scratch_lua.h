/*
 * One buffer of a state, lent for the time of a call, so that writing and
 * unescaping need no memory of their own each time.
 */
#ifndef PM_SCRATCH_LUA_H
#define PM_SCRATCH_LUA_H

#include <lua.h>

#include "text/buffer.h"

/* Pushes the buffer, empty, and returns it. Whoever asks while it is lent gets
 * another one; after an error the collector takes it. */
pm_buffer *pm_scratch_borrow(lua_State *L);

/* Takes the buffer that stands at `at` back; it stays on the stack. */
void pm_scratch_return(lua_State *L, int at);

#endif
