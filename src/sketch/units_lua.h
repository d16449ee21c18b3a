/*
 * The units of a Lua argument: a text, or a Spans whose pieces are the words.
 */
#ifndef PM_UNITS_LUA_H
#define PM_UNITS_LUA_H

#include <lua.h>

#include "sketch/units.h"

/* Pushes a value that owns the array it returns, to be given back by
 * pm_memory_free, and sets `count`. `arg` is a string or a Spans; `next` is
 * pm_units_words or pm_units_chars (a Spans has words only). Raises when the
 * argument is neither or the text too long. */
pm_unit *pm_units_push(lua_State *L, int arg,
                       size_t (*next)(pm_units *, pm_unit *, size_t),
                       size_t *count);

#endif
