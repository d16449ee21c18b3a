/*
 * The keys of a table in an order that does not depend on the run: booleans,
 * then numbers, then strings byte by byte.
 */
#ifndef PM_KEYS_LUA_H
#define PM_KEYS_LUA_H

#include <lua.h>

/* How many elements the table at `table` has from 1 on without a gap. */
lua_Integer pm_keys_array(lua_State *L, int table);

/*
 * Pushes an array of the keys of the table at `table`, sorted, leaving out
 * the integers 1 to `array`, and returns how many they are. A key that is no
 * boolean, number or string gives -1 and is itself what is pushed.
 */
lua_Integer pm_keys_sorted(lua_State *L, int table, lua_Integer array);

#endif
