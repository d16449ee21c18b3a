#include "match/near.h"

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "sketch/packed_sketch.h"
#include "text/memory_lua.h"

/* Pushes a userdata that owns the slots of the sketches at 1, which stay in
 * that table, and sets `form` to how the first was made. */
static const char **push_slots(lua_State *L, uint32_t docs, pm_sketch *form) {
  const char **slots = lua_newuserdatauv(L, docs * sizeof *slots, 0);
  for (uint32_t d = 0; d < docs; d++) {
    size_t len;
    pm_sketch s;
    lua_rawgeti(L, 1, (lua_Integer)d + 1);
    luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, 1, "sketches are strings");
    const char *data = lua_tolstring(L, -1, &len);
    const char *wrong = pm_sketch_read(data, len, &s);
    if (!wrong && d > 0)
      wrong = pm_sketch_differ(form, &s);
    luaL_argcheck(L, !wrong, 1, wrong);
    if (d == 0)
      *form = s;
    slots[d] = s.empty ? NULL : s.slots;
    lua_pop(L, 1);
  }
  return slots;
}

/* near.slots(sketch) --> how many slots it has */
static int near_slots(lua_State *L) {
  size_t len;
  pm_sketch s;
  const char *data = luaL_checklstring(L, 1, &len);
  const char *wrong = pm_sketch_read(data, len, &s);
  luaL_argcheck(L, !wrong, 1, wrong);
  lua_pushinteger(L, (lua_Integer)s.k);
  return 1;
}

/* near.groups(array of sketches, rows) --> array: the first document of the
 * group of each */
static int near_groups(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Unsigned docs = lua_rawlen(L, 1);
  lua_Integer rows = luaL_checkinteger(L, 2);
  luaL_argcheck(L, docs <= INT32_MAX, 1, "too many sketches");
  pm_sketch form = {.k = PM_FAST_SKETCH_MOST, .bits = 32};
  const char **slots = push_slots(L, (uint32_t)docs, &form);
  luaL_argcheck(L, rows >= 1 && (size_t)rows <= form.k, 2,
                "a band has between one row and all of them");
  pm_near near = {.slots = slots,
                  .docs = (uint32_t)docs,
                  .width = (size_t)rows * form.bits / 8,
                  .bands = form.k / (size_t)rows};
  size_t room = pm_near_scratch((uint32_t)docs);
  uint32_t *group = lua_newuserdatauv(L, docs * sizeof *group, 0);
  uint64_t *scratch = pm_memory_push(L, room * sizeof *scratch);
  pm_near_groups(&near, scratch, group);
  pm_memory_free(L, -1);
  lua_createtable(L, (int)docs, 0);
  for (uint32_t d = 0; d < docs; d++) {
    lua_pushinteger(L, (lua_Integer)group[d] + 1);
    lua_rawseti(L, -2, (lua_Integer)d + 1);
  }
  return 1;
}

int pm_open_near(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"slots", near_slots},
      {"groups", near_groups},
      {NULL, NULL},
  };
  luaL_newlib(L, functions);
  return 1;
}
