/*
 * The modules that only the executable has. Each function pushes the table of
 * its functions; `require` finds them as pumice.host, pumice.line and
 * pumice.interrupt.
 */
#ifndef PM_APP_LUA_H
#define PM_APP_LUA_H

#include <lua.h>

int pm_open_host(lua_State *L);
int pm_open_interrupt(lua_State *L);
int pm_open_line(lua_State *L);

#endif
