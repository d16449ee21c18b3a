/*
 * regex:gsub. A replacement string is read once, into pieces: a stretch of
 * the string itself, or a group by number or by name.
 */
#include <string.h>

#include <lauxlib.h>

#include "text/regex_lua.h"

enum { TEXT = -1, NAMED = -2 };

typedef struct piece {
  const char *text;
  size_t len;
  int group; /* TEXT, NAMED (text is the name), or a number */
} piece;

typedef struct template {
  piece *at; /* a userdata on the stack */
  size_t count;
}
template;

static piece group_piece(lua_State *L, const pm_regex *re, int group) {
  if (group == 1 && re->groups == 0)
    group = 0;
  if (group > (int)re->groups)
    luaL_error(L, "the replacement has %%%d, the pattern %d groups", group,
               (int)re->groups);
  return (piece){NULL, 0, group};
}

/* The piece for the % at `p`; moves *next past it. */
static piece special(lua_State *L, const pm_regex *re, const char *p,
                     const char *end, const char **next) {
  *next = p + 2;
  if (end - p >= 2 && p[1] == '%')
    return (piece){p, 1, TEXT};
  if (end - p >= 2 && p[1] >= '0' && p[1] <= '9')
    return group_piece(L, re, p[1] - '0');
  const char *brace = NULL;
  if (end - p >= 2 && p[1] == '{')
    brace = memchr(p, '}', (size_t)(end - p));
  if (!brace)
    luaL_error(L, "after %% in a replacement comes a digit, %% or {name}");
  *next = brace + 1;
  size_t len = (size_t)(brace - p) - 2;
  if (pm_regex_group(re, p + 2, len, NULL) < 0)
    luaL_error(L, "the pattern has no group named '%s'",
               lua_pushlstring(L, p + 2, len));
  return (piece){p + 2, len, NAMED};
}

/* Reads the replacement string at `arg`; pushes one value. */
static template read_template(lua_State *L, const pm_regex *re, int arg) {
  size_t len, most = 1;
  const char *p = lua_tolstring(L, arg, &len), *end = p + len;
  for (const char *q = p; (q = memchr(q, '%', (size_t)(end - q))); q++)
    most += 2;
  template t = {lua_newuserdatauv(L, most * sizeof(piece), 0), 0};
  while (p < end) {
    const char *mark = memchr(p, '%', (size_t)(end - p));
    const char *stop = mark ? mark : end;
    if (stop > p)
      t.at[t.count++] = (piece){p, (size_t)(stop - p), TEXT};
    p = stop;
    if (mark)
      t.at[t.count++] = special(L, re, mark, end, &p);
  }
  return t;
}

static void add_template(luaL_Buffer *b, const template *t, const pm_regex *re,
                         const pm_regex_subject *s, const pm_regex_copy *copy) {
  for (const piece *p = t->at; p < t->at + t->count; p++) {
    int group = p->group;
    if (group == NAMED)
      group = pm_regex_group(re, p->text, p->len, copy->at);
    if (group == TEXT)
      luaL_addlstring(b, p->text, p->len);
    else if (copy->at[2 * group] != PCRE2_UNSET)
      luaL_addlstring(b, s->text + copy->at[2 * group],
                      copy->at[2 * group + 1] - copy->at[2 * group]);
  }
}

/* What the function or table at index 3 says; false and nil keep the match. */
static void add_value(lua_State *L, luaL_Buffer *b, const pm_regex_subject *s,
                      const pm_regex_copy *copy) {
  if (lua_isfunction(L, 3)) {
    lua_pushvalue(L, 3);
    int n = pm_regex_push_captures(L, s, copy, true);
    lua_call(L, n, 1);
  } else {
    pm_regex_push_group(L, s, copy, copy->groups > 0);
    lua_gettable(L, 3);
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(b, s->text + copy->at[0], copy->at[1] - copy->at[0]);
  } else if (lua_isstring(L, -1)) {
    luaL_addvalue(b);
  } else {
    luaL_error(L, "a replacement is a string or false, not a %s",
               luaL_typename(L, -1));
  }
}

/* regex:gsub(text, replacement, n) --> text, matches | nil, reason */
int pm_regex_lua_gsub(lua_State *L) {
  pm_regex *re = pm_regex_self(L);
  size_t from;
  pm_regex_subject s = pm_regex_subject_at(L, re, 0, &from);
  int type = lua_type(L, 3);
  bool fixed = type == LUA_TSTRING || type == LUA_TNUMBER;
  luaL_argexpected(L, fixed || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                   "string/function/table");
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)s.len + 1);
  lua_settop(L, 3);
  pm_regex_copy copy;
  pm_regex_copy_room(L, re, &copy);
  template t = {0};
  if (fixed)
    t = read_template(L, re, 3);

  pm_regex_walk walk = pm_regex_begin(re, s, from);
  size_t done = 0, first, end;
  lua_Integer count = 0;
  int code = 0;
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  while (count < most && (code = pm_regex_next(&walk, &first, &end)) > 0) {
    pm_regex_ranges(re, copy.at);
    luaL_addlstring(&b, s.text + done, first - done);
    if (fixed)
      add_template(&b, &t, re, &s, &copy);
    else
      add_value(L, &b, &s, &copy);
    done = end;
    count++;
  }
  if (code < 0)
    return pm_regex_fail(L, code);
  if (count == 0) {
    lua_pushvalue(L, 2);
  } else {
    luaL_addlstring(&b, s.text + done, s.len - done);
    luaL_pushresult(&b);
  }
  lua_pushinteger(L, count);
  return 2;
}
