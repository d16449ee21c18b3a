/*
 * core.pattern: find, match, gmatch and gsub as in Lua's string library, at
 * the expense of the budget.
 *
 * After lstrlib.c of Lua 5.4: Copyright (C) 1994-2022 Lua.org, PUC-Rio, under
 * the MIT licence.
 */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "engine/budget_lua.h"
#include "engine/pattern.h"

/* Bytes that a search for a plain string passes in the time of a step. */
enum { PLAIN = 16 };

/* The place, from 0, that `arg` says; beyond the end if it is after it. */
static size_t start_of(lua_State *L, int arg, size_t len) {
  lua_Integer at = luaL_optinteger(L, arg, 1);
  if (at > 0)
    return (size_t)at - 1;
  if (at == 0 || at < -(lua_Integer)len)
    return 0;
  return len - (size_t)-at;
}

static int raise(lua_State *L, const pm_pattern *m) {
  switch (m->problem) {
  case PM_PATTERN_INDEX:
    return luaL_error(L, "invalid capture index %%%d", m->wrong_index);
  case PM_PATTERN_CLOSE: return luaL_error(L, "invalid pattern capture");
  case PM_PATTERN_ESCAPE:
    return luaL_error(L, "malformed pattern (ends with '%%')");
  case PM_PATTERN_BRACKET:
    return luaL_error(L, "malformed pattern (missing ']')");
  case PM_PATTERN_BALANCE:
    return luaL_error(L, "malformed pattern (missing arguments to '%%b')");
  case PM_PATTERN_FRONTIER:
    return luaL_error(L, "missing '[' after '%%f' in pattern");
  case PM_PATTERN_MANY: return luaL_error(L, "too many captures");
  case PM_PATTERN_DEEP: return luaL_error(L, "pattern too complex");
  default: return 0;
  }
}

/* What is left when a search begins, or goes on after others have run. */
static int64_t begin(lua_State *L, pm_pattern *m) {
  return m->steps = pm_budget_left(L);
}

/* Charges for the search since then. */
static void settle(lua_State *L, const pm_pattern *m, int64_t begun_with) {
  pm_budget_charge(L, (uint64_t)(begun_with - m->steps));
}

/* Matches at the place; raises when the pattern is wrong or costs too much. */
static const char *match_at(lua_State *L, pm_pattern *m, const char *at,
                            const char *pattern, int64_t begun_with) {
  m->steps--;
  const char *end = pm_pattern_match(m, at, pattern);
  if (m->problem) {
    settle(L, m, begun_with);
    raise(L, m);
  }
  return end;
}

/* Finds the capture, from 0, of a match: bytes at `*at`, or a position, which
 * is pushed. */
static ptrdiff_t find_capture(lua_State *L, const pm_pattern *m, int i,
                              const char *first, const char *end,
                              const char **at) {
  if (i >= m->level) {
    if (i != 0)
      luaL_error(L, "invalid capture index %%%d", i + 1);
    *at = first;
    return end - first;
  }
  ptrdiff_t len = m->capture[i].len;
  *at = m->capture[i].first;
  if (len == PM_CAPTURE_OPEN)
    luaL_error(L, "unfinished capture");
  else if (len == PM_CAPTURE_POSITION)
    lua_pushinteger(L, *at - m->text + 1);
  return len;
}

static void push_capture(lua_State *L, const pm_pattern *m, int i,
                         const char *first, const char *end) {
  const char *at;
  ptrdiff_t len = find_capture(L, m, i, first, end, &at);
  if (len != PM_CAPTURE_POSITION)
    lua_pushlstring(L, at, (size_t)len);
}

/* Pushes all captures; the match itself when there are none, if `whole`. */
static int push_captures(lua_State *L, const pm_pattern *m, bool whole,
                         const char *first, const char *end) {
  int count = m->level == 0 && whole ? 1 : m->level;
  luaL_checkstack(L, count, "too many captures");
  for (int i = 0; i < count; i++)
    push_capture(L, m, i, first, end);
  return count;
}

static bool is_plain(const char *pattern, size_t len) {
  for (size_t at = 0; at <= len; at += strlen(pattern + at) + 1)
    if (strpbrk(pattern + at, "^$*+?.([%-"))
      return false;
  return true;
}

static int find_plain(lua_State *L, const char *text, size_t len, size_t from,
                      const char *wanted, size_t wanted_len) {
  pm_budget_charge(L, (len - from) / PLAIN + 1);
  const char *at = memmem(text + from, len - from, wanted, wanted_len);
  if (!at) {
    luaL_pushfail(L);
    return 1;
  }
  lua_pushinteger(L, at - text + 1);
  lua_pushinteger(L, at - text + (lua_Integer)wanted_len);
  return 2;
}

static int find_or_match(lua_State *L, bool find) {
  size_t len, pattern_len;
  const char *text = luaL_checklstring(L, 1, &len);
  const char *pattern = luaL_checklstring(L, 2, &pattern_len);
  size_t from = start_of(L, 3, len);
  if (from > len) {
    luaL_pushfail(L);
    return 1;
  }
  if (find && (lua_toboolean(L, 4) || is_plain(pattern, pattern_len)))
    return find_plain(L, text, len, from, pattern, pattern_len);
  pm_pattern m;
  pm_pattern_init(&m, text, len, pattern + pattern_len);
  bool anchored = *pattern == '^';
  pattern += anchored;
  const char *at = text + from, *end;
  int64_t begun_with = begin(L, &m);
  do
    end = match_at(L, &m, at, pattern, begun_with);
  while (!end && at++ < m.text_end && !anchored);
  settle(L, &m, begun_with);
  if (!end) {
    luaL_pushfail(L);
    return 1;
  }
  if (!find)
    return push_captures(L, &m, true, at, end);
  lua_pushinteger(L, at - text + 1);
  lua_pushinteger(L, end - text);
  return push_captures(L, &m, false, NULL, NULL) + 2;
}

/* pattern.find(s, pattern [, init [, plain]]) --> first, last, captures */
static int pattern_find(lua_State *L) {
  return find_or_match(L, true);
}

/* pattern.match(s, pattern [, init]) --> captures */
static int pattern_match(lua_State *L) {
  return find_or_match(L, false);
}

typedef struct walk {
  const char *at, *pattern;
  const char *last; /* end of the match before; NULL: none yet */
  pm_pattern matcher;
} walk;

static int walk_next(lua_State *L) {
  walk *w = lua_touserdata(L, lua_upvalueindex(3));
  int64_t begun_with = begin(L, &w->matcher);
  for (; w->at <= w->matcher.text_end; w->at++) {
    const char *first = w->at;
    const char *end = match_at(L, &w->matcher, first, w->pattern, begun_with);
    if (end && end != w->last) {
      settle(L, &w->matcher, begun_with);
      w->at = w->last = end;
      return push_captures(L, &w->matcher, true, first, end);
    }
  }
  settle(L, &w->matcher, begun_with);
  return 0;
}

/* pattern.gmatch(s, pattern [, init]) --> iterator over the captures */
static int pattern_gmatch(lua_State *L) {
  size_t len, pattern_len;
  const char *text = luaL_checklstring(L, 1, &len);
  const char *pattern = luaL_checklstring(L, 2, &pattern_len);
  size_t from = start_of(L, 3, len);
  lua_settop(L, 2); /* the iterator keeps both strings */
  walk *w = lua_newuserdatauv(L, sizeof *w, 0);
  *w = (walk){.at = text + (from > len ? len + 1 : from), .pattern = pattern};
  pm_pattern_init(&w->matcher, text, len, pattern + pattern_len);
  lua_pushcclosure(L, walk_next, 3);
  return 1;
}

/* Adds the replacement string at 3. */
static void add_string(lua_State *L, const pm_pattern *m, luaL_Buffer *b,
                       const char *first, const char *end) {
  size_t len;
  const char *p = lua_tolstring(L, 3, &len), *stop = p + len, *escape;
  while ((escape = memchr(p, '%', (size_t)(stop - p)))) {
    luaL_addlstring(b, p, (size_t)(escape - p));
    char c = escape[1];
    p = escape + 2;
    if (c == '%') {
      luaL_addchar(b, c);
    } else if (c == '0') {
      luaL_addlstring(b, first, (size_t)(end - first));
    } else if (isdigit((unsigned char)c)) {
      const char *at;
      ptrdiff_t n = find_capture(L, m, c - '1', first, end, &at);
      if (n == PM_CAPTURE_POSITION)
        luaL_addvalue(b);
      else
        luaL_addlstring(b, at, (size_t)n);
    } else {
      luaL_error(L, "invalid use of '%%' in replacement string");
    }
  }
  luaL_addlstring(b, p, (size_t)(stop - p));
}

/* Adds what takes the place of a match; returns whether that is another. */
static bool add_value(lua_State *L, const pm_pattern *m, luaL_Buffer *b,
                      const char *first, const char *end, int kind) {
  if (kind == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    lua_call(L, push_captures(L, m, true, first, end), 1);
  } else if (kind == LUA_TTABLE) {
    push_capture(L, m, 0, first, end);
    lua_gettable(L, 3);
  } else {
    add_string(L, m, b, first, end);
    return true;
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    luaL_addlstring(b, first, (size_t)(end - first));
    return false;
  }
  if (!lua_isstring(L, -1))
    luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  luaL_addvalue(b);
  return true;
}

/* pattern.gsub(s, pattern, replacement [, n]) --> string, count */
static int pattern_gsub(lua_State *L) {
  size_t len, pattern_len;
  const char *text = luaL_checklstring(L, 1, &len);
  const char *pattern = luaL_checklstring(L, 2, &pattern_len);
  int kind = lua_type(L, 3);
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)len + 1), count = 0;
  luaL_argexpected(L,
                   kind == LUA_TNUMBER || kind == LUA_TSTRING ||
                       kind == LUA_TFUNCTION || kind == LUA_TTABLE,
                   3, "string/function/table");
  bool anchored = *pattern == '^', changed = false;
  const char *last = NULL, *at = text;
  pm_pattern m;
  pm_pattern_init(&m, text, len, pattern + pattern_len);
  pattern += anchored;
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  int64_t begun_with = begin(L, &m);
  while (count < most) {
    const char *end = match_at(L, &m, at, pattern, begun_with);
    if (end && end != last) {
      count++;
      settle(L, &m, begun_with);
      changed |= add_value(L, &m, &b, at, end, kind);
      begun_with = begin(L, &m);
      at = last = end;
    } else if (at < m.text_end) {
      luaL_addchar(&b, *at++);
    } else {
      break;
    }
    if (anchored)
      break;
  }
  settle(L, &m, begun_with);
  if (changed) {
    luaL_addlstring(&b, at, (size_t)(m.text_end - at));
    luaL_pushresult(&b);
  } else {
    lua_pushvalue(L, 1);
  }
  lua_pushinteger(L, count);
  return 2;
}

static const luaL_Reg functions[] = {
    {"find", pattern_find},
    {"match", pattern_match},
    {"gmatch", pattern_gmatch},
    {"gsub", pattern_gsub},
    {NULL, NULL},
};

int pm_open_pattern(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
