#include "text/ids_lua.h"

#include <limits.h>
#include <string.h>

#include <lauxlib.h>

#include "text/slice_lua.h"

void pm_ids_push(lua_State *L, const uint32_t *ids, size_t count) {
  size_t size = count * sizeof *ids;
  pm_ids *list = lua_newuserdatauv(L, sizeof *list + size, 0);
  list->count = count;
  if (count > 0)
    memcpy(list->at, ids, size);
  luaL_setmetatable(L, PM_IDS);
}

static const pm_ids *check(lua_State *L, int arg) {
  return luaL_checkudata(L, arg, PM_IDS);
}

/* #ids --> how many */
static int ids_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check(L, 1)->count);
  return 1;
}

/* ids[i] --> the i-th | nil; ids.name --> a method */
static int ids_index(lua_State *L) {
  const pm_ids *ids = check(L, 1);
  if (lua_type(L, 2) != LUA_TNUMBER) {
    lua_pushvalue(L, 2);
    lua_rawget(L, lua_upvalueindex(1));
    return 1;
  }
  lua_Integer i = luaL_checkinteger(L, 2);
  if (i < 1 || (lua_Unsigned)i > ids->count)
    return 0;
  lua_pushinteger(L, ids->at[i - 1]);
  return 1;
}

/* ids:table() --> array of integers */
static int ids_table(lua_State *L) {
  const pm_ids *ids = check(L, 1);
  luaL_argcheck(L, ids->count <= INT_MAX, 1, "too many ids for a table");
  lua_createtable(L, (int)ids->count, 0);
  for (size_t i = 0; i < ids->count; i++) {
    lua_pushinteger(L, ids->at[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* ids:slice(i, j) --> Ids, as string.sub */
static int ids_slice(lua_State *L) {
  const pm_ids *ids = check(L, 1);
  size_t first, wanted = pm_slice_read(L, ids->count, &first);
  pm_ids_push(L, wanted ? ids->at + first : NULL, wanted);
  return 1;
}

/* a == b --> are they the same numbers? */
static int ids_eq(lua_State *L) {
  const pm_ids *a = luaL_testudata(L, 1, PM_IDS);
  const pm_ids *b = luaL_testudata(L, 2, PM_IDS);
  lua_pushboolean(L, a && b && a->count == b->count &&
                         memcmp(a->at, b->at, a->count * sizeof *a->at) == 0);
  return 1;
}

/* tostring(ids) --> "3 ids: 9906 1917 0" */
static int ids_tostring(lua_State *L) {
  const pm_ids *ids = check(L, 1);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  lua_pushfstring(L, "%I ids:", (lua_Integer)ids->count);
  luaL_addvalue(&b);
  for (size_t i = 0; i < ids->count && i < 10; i++) {
    lua_pushfstring(L, " %I", (lua_Integer)ids->at[i]);
    luaL_addvalue(&b);
  }
  if (ids->count > 10)
    luaL_addstring(&b, " ...");
  luaL_pushresult(&b);
  return 1;
}

static const luaL_Reg methods[] = {
    {"slice", ids_slice},
    {"table", ids_table},
    {NULL, NULL},
};

static const luaL_Reg metamethods[] = {
    {"__len", ids_len},
    {"__eq", ids_eq},
    {"__tostring", ids_tostring},
    {NULL, NULL},
};

void pm_ids_register(lua_State *L) {
  luaL_newmetatable(L, PM_IDS);
  luaL_setfuncs(L, metamethods, 0);
  luaL_newlib(L, methods);
  lua_pushcclosure(L, ids_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
