/* The Lua object of a vault. */
#ifndef PM_VAULT_LUA_H
#define PM_VAULT_LUA_H

#include <lua.h>

#include "match/vault.h"

/* The open vault at `arg`, or an error that names the argument. */
pm_vault *pm_vault_check(lua_State *L, int arg);

#endif
