/* Lua's sets, for bindings that read them. */
#ifndef PM_SETS_LUA_H
#define PM_SETS_LUA_H

#include <lua.h>

#include "match/sets.h"

/* The sets at `arg`; raises when there are none. */
pm_sets *pm_sets_check(lua_State *L, int arg);

/* Raises {code = "spill", reason}, which reads as its reason, for what errno
 * says of files in `folder`. */
int pm_sets_raise(lua_State *L, const char *what, const char *folder);

/* Adds a set; raises so when the disk fails or they were read already. */
void pm_sets_add_or_raise(lua_State *L, pm_sets *sets, const char *packed,
                          size_t len);

#endif
