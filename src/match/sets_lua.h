/* Lua's sets, for bindings that read them. */
#ifndef PM_SETS_LUA_H
#define PM_SETS_LUA_H

#include <lua.h>

#include "match/sets.h"

/* The sets at `arg`; raises when there are none. */
pm_sets *pm_sets_check(lua_State *L, int arg);

#endif
