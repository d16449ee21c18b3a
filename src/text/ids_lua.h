/*
 * The Lua object `Ids`: numbers of 32 bits without a sign, packed, that do not
 * change. One block of Lua's own memory; nothing to close.
 */
#ifndef PM_IDS_LUA_H
#define PM_IDS_LUA_H

#include <stddef.h>
#include <stdint.h>

#include <lua.h>

#define PM_IDS "pumice.ids"

typedef struct pm_ids {
  size_t count;
  uint32_t at[]; /* [count] */
} pm_ids;

/* Pushes a copy of `ids` [count]. */
void pm_ids_push(lua_State *L, const uint32_t *ids, size_t count);

/* Makes their metatable; leaves the stack as it was. */
void pm_ids_register(lua_State *L);

#endif
