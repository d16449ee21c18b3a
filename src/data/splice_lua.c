#include "data/splice_lua.h"

#include <string.h>

#include <lauxlib.h>

#include "data/json_read_lua.h"
#include "data/number.h"
#include "data/quote.h"

void pm_splice_copy(pm_splice *s, const char *p, const char *next) {
  pm_json_put(s->w, s->done, (size_t)(p - s->done));
  s->done = next;
}

void pm_members_next(pm_members *m, const char *start) {
  if (m->end) {
    m->gap = m->end;
    m->gap_len = (size_t)(start - m->end);
  }
}

void pm_members_keep(pm_splice *s, pm_members *m, const char *start) {
  if (!m->kept && m->cut)
    pm_splice_copy(s, m->cut, start);
  m->kept = true;
}

void pm_members_cut(pm_splice *s, pm_members *m, const char *start,
                    const char *end) {
  if (m->kept)
    pm_splice_copy(s, m->end, end);
  else if (!m->cut)
    m->cut = start;
  m->end = end;
}

void pm_members_end(pm_splice *s, pm_members *m, const char *open) {
  if (!m->kept && m->cut)
    pm_splice_copy(s, m->cut, m->end);
  m->cut = NULL;
  if (!m->end)
    m->end = open + 1;
}

void pm_members_add(pm_splice *s, pm_members *m) {
  if (s->done < m->end)
    pm_splice_copy(s, m->end, m->end);
  if (m->kept && m->gap_len > 0)
    pm_json_put(s->w, m->gap, m->gap_len);
  else if (m->kept)
    pm_json_put(s->w, s->w->comma, strlen(s->w->comma));
  m->kept = true;
}

bool pm_splice_same(lua_State *L, const char *p, const char *end, int at) {
  size_t len;
  switch (*p) {
  case '"': {
    if (lua_type(L, at) != LUA_TSTRING)
      return false;
    const char *text = lua_tolstring(L, at, &len);
    return pm_quote_equal(p + 1, (size_t)(end - p) - 2, text, len);
  }
  case 't':
  case 'f': return lua_isboolean(L, at) && lua_toboolean(L, at) == (*p == 't');
  case 'n': return pm_null_is(L, at);
  case '{':
  case '[': return false;
  }
  if (lua_type(L, at) != LUA_TNUMBER)
    return false;
  int64_t i;
  double f;
  if (pm_number_read(p, (size_t)(end - p), &i, &f))
    return lua_isinteger(L, at) && lua_tointeger(L, at) == i;
  double g = lua_tonumber(L, at);
  return !lua_isinteger(L, at) && memcmp(&f, &g, sizeof f) == 0;
}

void pm_splice_replace(pm_splice *s, const char *p, int at, const pm_path *path,
                       int depth) {
  lua_State *L = s->w->L;
  if (*p == '[' && lua_istable(L, at) &&
      pm_json_kind(L, at, PM_PLAIN) == PM_PLAIN)
    pm_json_put(s->w, "[]", 2);
  else
    pm_json_write(s->w, at, path, depth);
}

/* Steps over the array at `p` if the table at `at` has the same elements. */
static const char *equal_array(pm_splice *s, const char *p, int at) {
  lua_State *L = s->w->L;
  lua_Integer i = 0;
  p = pm_json_blanks(p + 1, s->scan.end);
  while (*p != ']') {
    lua_rawgeti(L, at, ++i);
    p = pm_splice_equal(s, p, lua_gettop(L));
    lua_pop(L, 1);
    if (!p)
      return NULL;
    p = pm_json_next(p, s->scan.end);
  }
  return pm_json_count_keys(L, at) == i ? p + 1 : NULL;
}

static const char *equal_object(pm_splice *s, const char *p, int at) {
  lua_State *L = s->w->L;
  lua_Integer n = 0;
  p = pm_json_blanks(p + 1, s->scan.end);
  while (*p != '}') {
    const char *key = p + 1, *key_end;
    p = pm_json_key(&s->scan, p, &key_end);
    pm_json_push_string(L, key, (size_t)(key_end - 1 - key), s->scan.escaped);
    lua_rawget(L, at);
    p = pm_splice_equal(s, p, lua_gettop(L));
    lua_pop(L, 1);
    if (!p)
      return NULL;
    p = pm_json_next(p, s->scan.end);
    n++;
  }
  return pm_json_count_keys(L, at) == n ? p + 1 : NULL;
}

const char *pm_splice_equal(pm_splice *s, const char *p, int at) {
  lua_State *L = s->w->L;
  if (*p != '{' && *p != '[') {
    const char *end = pm_json_value(&s->scan, p, 0);
    return pm_splice_same(L, p, end, at) ? end : NULL;
  }
  pm_mark old = *p == '{' ? PM_OBJECT : PM_ARRAY;
  /* An empty table is no array here unless it says so: it may have been moved
   * to the place of one. */
  if (!lua_istable(L, at) ||
      pm_json_kind(L, at, old == PM_ARRAY ? PM_PLAIN : old) != old)
    return NULL;
  luaL_checkstack(L, 6, "value nested too deeply");
  return old == PM_ARRAY ? equal_array(s, p, at) : equal_object(s, p, at);
}

/* Are all keys of the table at `at` strings? */
static bool has_names(lua_State *L, int at) {
  lua_pushnil(L);
  while (lua_next(L, at)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING) {
      lua_pop(L, 1);
      return false;
    }
  }
  return true;
}

const char *pm_splice_value(pm_splice *s, const char *p, int at,
                            const pm_path *path, int depth) {
  lua_State *L = s->w->L;
  if ((*p == '{' || *p == '[') && lua_istable(L, at)) {
    pm_path here = {.up = path, .table = lua_topointer(L, at)};
    pm_mark old = *p == '{' ? PM_OBJECT : PM_ARRAY;
    luaL_checkstack(L, 12, "value nested too deeply");
    if (pm_json_kind(L, at, old) == old) {
      if (old == PM_ARRAY)
        return pm_splice_array(s, p, at, &here, depth + 1);
      if (has_names(L, at))
        return pm_splice_object(s, p, at, &here, depth + 1);
    }
  }
  const char *end = pm_json_value(&s->scan, p, 0);
  if (!pm_splice_same(L, p, end, at)) {
    pm_splice_copy(s, p, end);
    pm_splice_replace(s, p, at, path, depth);
  }
  return end;
}
