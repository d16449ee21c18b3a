/* regex for Lua: all matches of a text, as an iterator, a number or Spans. */
#include <string.h>

#include <lauxlib.h>

#include "text/regex_lua.h"
#include "text/spans_lua.h"

/* Rows of Spans made room for at a time. */
#define ROWS 1024

/* Upvalue 1: the walk, a userdata whose user values keep regex and text. */
static int gmatch_next(lua_State *L) {
  pm_regex_walk *w = lua_touserdata(L, lua_upvalueindex(1));
  luaL_argcheck(L, w->re->data, 1, "regex is closed");
  pm_regex_copy copy;
  pm_regex_copy_room(L, w->re, &copy);
  size_t first, end;
  int code = pm_regex_next(w, &first, &end);
  if (code < 0) {
    lua_getiuservalue(L, lua_upvalueindex(1), 1);
    return pm_regex_raise(L, lua_gettop(L), code);
  }
  if (code == 0) {
    lua_pushnil(L);
    return 1;
  }
  pm_regex_ranges(w->re, copy.at);
  return pm_regex_push_captures(L, &w->subject, &copy, true);
}

/* The iterator where there is nothing. */
static int gmatch_end(lua_State *L) {
  lua_pushnil(L);
  return 1;
}

/* regex:gmatch(text, init) --> iterator over captures or the whole match */
int pm_regex_lua_gmatch(lua_State *L) {
  pm_regex *re = pm_regex_self(L);
  size_t from;
  pm_regex_subject s = pm_regex_subject_at(L, re, 3, &from);
  if (from > s.len) {
    lua_pushcfunction(L, gmatch_end);
    return 1;
  }
  pm_regex_walk *w = lua_newuserdatauv(L, sizeof *w, 2);
  *w = pm_regex_begin(re, s, from);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  lua_pushvalue(L, 2);
  lua_setiuservalue(L, -2, 2);
  lua_pushcclosure(L, gmatch_next, 1);
  return 1;
}

/* A walk over the text at 2. */
static pm_regex_walk begin(lua_State *L, pm_regex *re) {
  size_t from;
  pm_regex_subject s = pm_regex_subject_at(L, re, 0, &from);
  return pm_regex_begin(re, s, from);
}

/* regex:count(text) --> how many | nil, reason */
int pm_regex_lua_count(lua_State *L) {
  pm_regex *re = pm_regex_self(L);
  pm_regex_walk w = begin(L, re);
  size_t count;
  int code = pm_regex_fill(&w, NULL, SIZE_MAX, &count);
  if (code < 0)
    return pm_regex_fail(L, code);
  lua_pushinteger(L, (lua_Integer)count);
  return 1;
}

static pm_span *row(pm_spans *s) {
  return s->at + s->count++;
}

/* A group that took no part is an empty span where the match starts. */
static pm_span group_span(const size_t *ranges, int group) {
  size_t first = ranges[2 * group], end = ranges[2 * group + 1];
  if (first == PCRE2_UNSET || first > end)
    first = end = ranges[0];
  return (pm_span){(uint32_t)first, (uint32_t)end};
}

typedef struct column {
  pm_spans *spans;
  int group;
  const char *name; /* of several groups, else NULL */
} column;

static pm_span column_span(const pm_regex *re, const column *c,
                           const size_t *ranges) {
  int group = c->group;
  if (c->name)
    group = pm_regex_group(re, c->name, strlen(c->name), ranges);
  return group_span(ranges, group);
}

/* Pushes the columns for the numbers (and names of several groups) in the table
 * at `list`, which keeps the names: a scratch userdata of columns, then the
 * table of Spans. */
static column *columns_new(lua_State *L, pm_regex *re, int list, int *count) {
  *count = lua_istable(L, list) ? (int)lua_rawlen(L, list) : 0;
  column *c = lua_newuserdatauv(L, (size_t)*count * sizeof *c, 0);
  lua_createtable(L, *count, 0);
  for (int i = 0; i < *count; i++) {
    lua_rawgeti(L, list, i + 1);
    int named = lua_type(L, -1) == LUA_TSTRING;
    const char *name = named ? lua_tostring(L, -1) : NULL;
    lua_Integer group = named ? pm_regex_group(re, name, strlen(name), NULL)
                              : lua_tointeger(L, -1);
    lua_pop(L, 1);
    luaL_argcheck(L, group >= 0 && group <= re->groups, list, "no such group");
    c[i] = (column){pm_spans_new(L, 2), (int)group, name};
    lua_rawseti(L, -2, i + 1);
  }
  return c;
}

/* regex:spans(text, groups) --> Spans, {Spans of each group} | nil, reason */
int pm_regex_lua_spans(lua_State *L) {
  pm_regex *re = pm_regex_self(L);
  pm_regex_walk w = begin(L, re);
  lua_settop(L, 3);
  pm_regex_copy copy;
  pm_regex_copy_room(L, re, &copy);
  int count, code = 1;
  pm_spans *all = pm_spans_new(L, 2);
  int result = lua_gettop(L);
  column *columns = columns_new(L, re, 3, &count);
  while (code > 0) {
    size_t rows = w.subject.len - w.at + 1; /* matches that still fit */
    rows = w.at > w.subject.len ? 1 : rows < ROWS ? rows : ROWS;
    pm_spans_room(L, all, rows);
    if (count == 0) {
      size_t found;
      code = pm_regex_fill(&w, all->at + all->count, rows, &found);
      all->count += found;
      continue;
    }
    for (int i = 0; i < count; i++)
      pm_spans_room(L, columns[i].spans, rows);
    size_t first, end;
    while (rows-- > 0) {
      if ((code = pm_regex_next(&w, &first, &end)) <= 0)
        break;
      *row(all) = (pm_span){(uint32_t)first, (uint32_t)end};
      pm_regex_ranges(re, copy.at);
      for (int i = 0; i < count; i++)
        *row(columns[i].spans) = column_span(re, &columns[i], copy.at);
    }
  }
  if (code < 0)
    return pm_regex_fail(L, code);
  lua_pushvalue(L, result);
  lua_pushvalue(L, -2);
  return 2;
}

/* regex:split(text) --> Spans of what lies between the matches | nil, reason */
int pm_regex_lua_split(lua_State *L) {
  pm_regex *re = pm_regex_self(L);
  pm_regex_walk w = begin(L, re);
  pm_spans *pieces = pm_spans_new(L, 2);
  size_t len = w.subject.len, done = 0, first, end;
  int code;
  while ((code = pm_regex_next(&w, &first, &end)) > 0) {
    if (first == end && (first == 0 || first == len))
      continue;
    pm_spans_room(L, pieces, 1);
    *row(pieces) = (pm_span){(uint32_t)done, (uint32_t)first};
    done = end;
  }
  if (code < 0)
    return pm_regex_fail(L, code);
  pm_spans_room(L, pieces, 1);
  *row(pieces) = (pm_span){(uint32_t)done, (uint32_t)len};
  return 1;
}
