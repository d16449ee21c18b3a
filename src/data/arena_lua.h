/*
 * Regions, as bindings take them: bytes in an arena that stand in for a string.
 */
#ifndef PM_ARENA_LUA_H
#define PM_ARENA_LUA_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* The bytes of a string or a region at `arg`; raises when it is neither, or a
 * region that was freed. Valid while it is on the stack and not freed. */
const char *pm_region_check(lua_State *L, int arg, size_t *len);

/* Puts bytes into a slot of the arena at `arena` and pushes their region; or
 * pushes nothing and returns false when there is no room. */
bool pm_region_push(lua_State *L, int arena, size_t slot, const char *data,
                    size_t len);

#endif
