/*
 * Giving the fields of a record other values, and new fields.
 */
#include <string.h>

#include <lauxlib.h>

#include "data/record_lua.h"
#include "data/splice_lua.h"

/* Has field i the value at 3 already, so that setting it changes nothing? That
 * is `text` [len] where it is a string, else NULL. A table that was read may
 * have been changed in place, and is compared when it is written. */
static bool has_value(lua_State *L, const pm_record *r, uint32_t i,
                      const char *text, size_t len) {
  const pm_field *f = &r->fields[i];
  if (f->state == PM_FIELD_RAW)
    return pm_splice_same(L, r->line + f->value, r->line + f->value_end, 3);
  if (f->state == PM_FIELD_SET || f->state == PM_FIELD_REMOVED)
    return false;
  if (r->text && r->text_field == i)
    return text && len == r->text_len && memcmp(text, r->text, len) == 0;
  pm_record_push_value(L, r, 1, i);
  bool same =
      lua_rawequal(L, -1, 3) && lua_isinteger(L, -1) == lua_isinteger(L, 3);
  lua_pop(L, 1);
  return same;
}

static void set_field(lua_State *L, pm_record *r, uint32_t i) {
  int type = lua_type(L, 3);
  size_t len = 0;
  const char *text = type == LUA_TSTRING ? lua_tolstring(L, 3, &len) : NULL;
  if (has_value(L, r, i, text, len))
    return;
  pm_record_keep_value(L, r, 1, i, text, len);
  r->changed = true;
  r->fields[i].state = type == LUA_TNIL ? PM_FIELD_REMOVED : PM_FIELD_SET;
}

/* Takes `name` out of the list of new fields at `list`. */
static void forget_added(lua_State *L, const pm_record *r, int list, int name) {
  for (uint32_t i = 1; i <= r->added; i++) {
    lua_rawgeti(L, list, i);
    bool found = lua_rawequal(L, -1, name);
    lua_pop(L, 1);
    if (found) {
      lua_pushboolean(L, 0);
      lua_rawseti(L, list, i);
      return;
    }
  }
}

void pm_record_add(lua_State *L, pm_record *r, int at, int name, int value) {
  if (lua_getiuservalue(L, at, PM_RECORD_ADDED) == LUA_TNIL) {
    lua_pop(L, 1);
    if (lua_isnil(L, value))
      return;
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, at, PM_RECORD_ADDED);
  }
  int list = lua_gettop(L);
  r->changed = true;
  lua_pushvalue(L, name);
  bool known = lua_rawget(L, list) != LUA_TNIL;
  if (known && lua_isnil(L, value)) {
    forget_added(L, r, list, name);
  } else if (!known && !lua_isnil(L, value)) {
    lua_pushvalue(L, name);
    lua_rawseti(L, list, (lua_Integer)r->added + 1);
    r->added++;
  }
  lua_pushvalue(L, name);
  lua_pushvalue(L, value);
  lua_rawset(L, list);
  lua_settop(L, list - 1);
}

void pm_record_set(lua_State *L, pm_record *r) {
  int64_t i = pm_record_field(L, r, 1, 2);
  if (i >= 0)
    set_field(L, r, (uint32_t)i);
  else
    pm_record_add(L, r, 1, 2, 3);
}
