/*
 * What JSON has and Lua lacks: null, and the difference between an empty array
 * and an empty object. Null is one userdata of the state; arrays (and objects
 * that would be taken for arrays) carry a metatable as their mark.
 */
#ifndef PM_MARK_LUA_H
#define PM_MARK_LUA_H

#include <lua.h>

typedef enum pm_mark { PM_PLAIN, PM_ARRAY, PM_OBJECT } pm_mark;

/* Pushes null. */
void pm_null_push(lua_State *L);

/* Is the value at `at` null? */
int pm_null_is(lua_State *L, int at);

/* Marks the table at `at`; PM_PLAIN takes the mark away. */
void pm_mark_set(lua_State *L, int at, pm_mark mark);

/* The mark of the table at `at`, or -1 when it has a metatable that is none. */
int pm_mark_get(lua_State *L, int at);

#endif
