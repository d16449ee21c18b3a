/*
 * The budget of a state, for functions that take a long time on their own.
 */
#ifndef PM_BUDGET_LUA_H
#define PM_BUDGET_LUA_H

#include <stdint.h>

#include <lua.h>

/* Steps that are left for the call at hand; very many when none is limited. */
int64_t pm_budget_left(lua_State *L);

/* Takes `cost` steps at once, or raises what a used up budget raises. */
void pm_budget_charge(lua_State *L, uint64_t cost);

#endif
