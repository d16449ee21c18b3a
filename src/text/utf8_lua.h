/*
 * Arguments that have to be valid UTF-8.
 */
#ifndef PM_UTF8_LUA_H
#define PM_UTF8_LUA_H

#include <lua.h>
#include <stddef.h>

/* Pushes nil, message, position of the bad byte at `offset`; returns 3. */
int pm_utf8_invalid(lua_State *L, const char *text, size_t offset);

/* The text at argument 1 if it is valid; else NULL, and what pm_utf8_invalid
 * pushes. */
const char *pm_utf8_valid(lua_State *L, size_t *len);

#endif
