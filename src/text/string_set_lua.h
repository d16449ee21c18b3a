/* The Lua object over pm_string_set, and tables read as sets. */
#ifndef PM_STRING_SET_LUA_H
#define PM_STRING_SET_LUA_H

#include <lua.h>

#include "text/string_set.h"

#define PM_STRING_SET "pumice.set"

/*
 * Pushes a set of the strings in the table at `arg`: those in its list part
 * and the keys whose value is true. Raises when there is anything else in it.
 */
pm_string_set *pm_string_set_new(lua_State *L, int arg);

/* The metatable of PM_STRING_SET. */
void pm_string_set_register(lua_State *L);

#endif
