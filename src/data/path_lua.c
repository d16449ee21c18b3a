#include "data/path_lua.h"

#include <lauxlib.h>

/* A path is cut after so many steps, a key after so many bytes. */
enum { STEPS_SHOWN = 12, KEY_SHOWN = 40 };

static int is_name(const char *s, size_t len) {
  if (len == 0 || len > KEY_SHOWN || (*s >= '0' && *s <= '9'))
    return 0;
  for (size_t i = 0; i < len; i++)
    if (s[i] != '_' && !(s[i] >= '0' && s[i] <= '9') &&
        !(s[i] >= 'a' && s[i] <= 'z') && !(s[i] >= 'A' && s[i] <= 'Z'))
      return 0;
  return 1;
}

static void push_name(lua_State *L, const char *s, size_t len, int first) {
  int plain = is_name(s, len);
  s = lua_pushlstring(L, s, len < KEY_SHOWN ? len : KEY_SHOWN);
  lua_pushfstring(L, !plain ? "[\"%s\"]" : first ? "%s" : ".%s", s);
  lua_remove(L, -2);
}

/* Pushes ".name", "[3]" or "["any text"]". */
static void push_step(lua_State *L, const pm_path *at, int first) {
  if (at->key == 0 && at->name) {
    push_name(L, at->name, at->len, first);
  } else if (at->key == 0) {
    lua_pushfstring(L, "[%I]", (LUAI_UACINT)at->index);
  } else if (lua_type(L, at->key) == LUA_TSTRING) {
    size_t len;
    const char *s = lua_tolstring(L, at->key, &len);
    push_name(L, s, len, first);
  } else {
    lua_pushfstring(L, "[%s]", luaL_tolstring(L, at->key, NULL));
    lua_remove(L, -2);
  }
}

/* Adds the steps from the root down to `at` to the string on top of the
 * stack and returns how many there are. */
static int add_steps(lua_State *L, const pm_path *at, int rooted) {
  if (!at)
    return 0;
  int above = add_steps(L, at->up, rooted);
  if (at->key == 0 && !at->name && at->index == 0)
    return above;
  if (above < STEPS_SHOWN) {
    push_step(L, at, above == 0 && !rooted);
    lua_concat(L, 2);
  } else if (above == STEPS_SHOWN) {
    lua_pushliteral(L, "...");
    lua_concat(L, 2);
  }
  return above + 1;
}

/* The innermost level that walks a table for the second time, or NULL. */
static const pm_path *find_cycle(const pm_path *at) {
  for (; at; at = at->up)
    for (const pm_path *p = at->up; p; p = p->up)
      if (p->table && p->table == at->table)
        return at;
  return NULL;
}

int pm_path_error(lua_State *L, const char *root, const pm_path *path,
                  const char *what) {
  luaL_checkstack(L, 8, "value nested too deeply");
  const pm_path *cycle = find_cycle(path);
  while (cycle) {
    what = "holds itself";
    path = cycle->up; /* ends where the table comes for the second time */
    cycle = find_cycle(path);
  }
  lua_pushliteral(L, "");
  add_steps(L, path, *root != '\0');
  luaL_where(L, 2); /* the script, behind the Lua face or tostring */
  lua_insert(L, -2);
  lua_pushfstring(L, "%s%s %s", root, lua_tostring(L, -1), what);
  lua_remove(L, -2);
  lua_concat(L, 2);
  return lua_error(L);
}
