/*
 * Memory for the length of a call that may be large. The collector does not
 * count it: a userdata as large would have it look through all that a script
 * holds, for memory that is given back at once anyhow.
 */
#ifndef PM_MEMORY_LUA_H
#define PM_MEMORY_LUA_H

#include <stddef.h>

#include <lua.h>

/* Memory as lua_Alloc gives it, from the state's allocator: that knows how much
 * a document may take. */
void *pm_memory_resize(lua_State *L, void *p, size_t from, size_t to);

/* Pushes a value that owns `size` bytes, and returns them; raises when there
 * are not so many. */
void *pm_memory_push(lua_State *L, size_t size);

/* Gives the bytes of the value at `at` back. An error before that does it when
 * the value is collected. */
void pm_memory_free(lua_State *L, int at);

#endif
