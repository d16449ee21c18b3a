/* regex for Lua: one match at a time, and what it captured. */
#include <string.h>

#include <lauxlib.h>

#include "text/regex_lua.h"

void pm_regex_copy_room(lua_State *L, const pm_regex *re, pm_regex_copy *copy) {
  copy->groups = (int)re->groups;
  copy->at = copy->few;
  if (copy->groups == 0)
    return;
  luaL_checkstack(L, copy->groups + 8, "too many captures");
  size_t size = 2 * ((size_t)re->groups + 1) * sizeof *copy->at;
  if (size > sizeof copy->few)
    copy->at = lua_newuserdatauv(L, size, 0);
}

void pm_regex_push_group(lua_State *L, const pm_regex_subject *s,
                         const pm_regex_copy *copy, int i) {
  size_t first = copy->at[2 * i], end = copy->at[2 * i + 1];
  if (first == PCRE2_UNSET)
    lua_pushboolean(L, 0);
  else
    lua_pushlstring(L, s->text + first, end - first);
}

int pm_regex_push_captures(lua_State *L, const pm_regex_subject *s,
                           const pm_regex_copy *copy, bool whole) {
  if (copy->groups == 0 && whole) {
    pm_regex_push_group(L, s, copy, 0);
    return 1;
  }
  for (int i = 1; i <= copy->groups; i++)
    pm_regex_push_group(L, s, copy, i);
  return copy->groups;
}

/*
 * Matches once for (regex, text, init): returns 1 with *copy filled, 0, or a
 * negative code.
 */
static int once(lua_State *L, pm_regex_subject *s, pm_regex_copy *copy) {
  pm_regex *re = pm_regex_self(L);
  size_t from;
  *s = pm_regex_subject_at(L, re, 3, &from);
  if (from > s->len)
    return 0;
  pm_regex_copy_room(L, re, copy);
  int code = pm_regex_match(re, s, from);
  if (code > 0)
    pm_regex_ranges(re, copy->at);
  return code;
}

/* Pushes nil for no match, or what failed; returns the count of it. */
static int unmatched(lua_State *L, int code) {
  if (code < 0)
    return pm_regex_fail(L, code);
  lua_pushnil(L);
  return 1;
}

/* regex:find(text, init) --> first, last, captures... | nil | nil, reason */
int pm_regex_lua_find(lua_State *L) {
  pm_regex_subject s;
  pm_regex_copy copy;
  int code = once(L, &s, &copy);
  if (code <= 0)
    return unmatched(L, code);
  lua_pushinteger(L, (lua_Integer)copy.at[0] + 1);
  lua_pushinteger(L, (lua_Integer)copy.at[1]);
  return 2 + pm_regex_push_captures(L, &s, &copy, false);
}

/* regex:match(text, init) --> captures or the whole | nil | nil, reason */
int pm_regex_lua_match(lua_State *L) {
  pm_regex_subject s;
  pm_regex_copy copy;
  int code = once(L, &s, &copy);
  if (code <= 0)
    return unmatched(L, code);
  return pm_regex_push_captures(L, &s, &copy, true);
}

/* regex:test(text, init) --> boolean | nil, reason */
int pm_regex_lua_test(lua_State *L) {
  pm_regex_subject s;
  pm_regex_copy copy;
  int code = once(L, &s, &copy);
  if (code < 0)
    return pm_regex_fail(L, code);
  lua_pushboolean(L, code);
  return 1;
}

/* regex:captures(text, init) --> table by number (0: whole) and name | nil
 * | nil, reason */
int pm_regex_lua_captures(lua_State *L) {
  pm_regex_subject s;
  pm_regex_copy copy;
  const pm_regex *re = pm_regex_self(L);
  int code = once(L, &s, &copy);
  if (code <= 0)
    return unmatched(L, code);
  uint32_t names = pm_regex_names(re);
  lua_createtable(L, copy.groups, (int)names + 1);
  for (int i = 0; i <= copy.groups; i++) {
    pm_regex_push_group(L, &s, &copy, i);
    lua_rawseti(L, -2, i);
  }
  for (uint32_t i = 0; i < names; i++) {
    int group;
    const char *name = pm_regex_name(re, i, &group);
    group = pm_regex_group(re, name, strlen(name), copy.at);
    pm_regex_push_group(L, &s, &copy, group);
    lua_setfield(L, -2, name);
  }
  return 1;
}
