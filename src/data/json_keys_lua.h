/*
 * A pm_json_keys that Lua owns, with the state's allocator.
 */
#ifndef PM_JSON_KEYS_LUA_H
#define PM_JSON_KEYS_LUA_H

#include <lua.h>

#include "data/json_keys.h"

/* Pushes a userdata that owns it. */
pm_json_keys *pm_json_keys_push(lua_State *L);

#endif
