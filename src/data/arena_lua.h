/*
 * Regions, as bindings take them: bytes in an arena that stand in for a string.
 */
#ifndef PM_ARENA_LUA_H
#define PM_ARENA_LUA_H

#include <lua.h>
#include <stddef.h>

/* The bytes of a string or a region at `arg`; raises when it is neither, or a
 * region that was freed. Valid while it is on the stack and not freed. */
const char *pm_region_check(lua_State *L, int arg, size_t *len);

#endif
