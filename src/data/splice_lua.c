#include "data/splice_lua.h"

#include <string.h>

#include <lauxlib.h>

#include "data/json_read_lua.h"
#include "data/keys_lua.h"
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

static const char *splice_array(pm_splice *s, const char *open, int at,
                                pm_path *here, int depth) {
  lua_State *L = s->w->L;
  lua_Integer n = pm_json_array_length(s->w, at, here);
  int top = lua_gettop(L);
  pm_members m = {0};
  const char *p = pm_json_blanks(open + 1, s->scan.end);
  for (here->index = 1; *p != ']'; here->index++) {
    const char *start = p;
    pm_members_next(&m, start);
    if (here->index <= n) {
      pm_members_keep(s, &m, start);
      lua_rawgeti(L, at, here->index);
      p = pm_splice_value(s, p, top + 1, here, depth);
      lua_pop(L, 1);
      m.end = p;
    } else {
      p = pm_json_value(&s->scan, p, 0);
      pm_members_cut(s, &m, start, p);
    }
    p = pm_json_blanks(p, s->scan.end);
    if (*p == ',')
      p = pm_json_blanks(p + 1, s->scan.end);
  }
  pm_members_end(s, &m, open);
  for (; here->index <= n; here->index++) {
    pm_members_add(s, &m);
    lua_rawgeti(L, at, here->index);
    pm_json_write(s->w, top + 1, here, depth);
    lua_pop(L, 1);
  }
  return p + 1;
}

/* Pushes a set of the keys of the object at `open`. */
static void push_old_keys(pm_splice *s, const char *open) {
  lua_State *L = s->w->L;
  lua_newtable(L);
  const char *p = pm_json_blanks(open + 1, s->scan.end);
  while (*p != '}') {
    const char *key = p + 1, *key_end;
    p = pm_json_key(&s->scan, p, &key_end);
    pm_json_push_string(L, key, (size_t)(key_end - 1 - key), s->scan.escaped);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
    p = pm_json_blanks(pm_json_value(&s->scan, p, 0), s->scan.end);
    if (*p == ',')
      p = pm_json_blanks(p + 1, s->scan.end);
  }
}

void pm_members_add_field(pm_splice *s, pm_members *m, int key,
                          const char *colon, size_t colon_len, pm_path *here,
                          int depth) {
  pm_members_add(s, m);
  here->key = key;
  pm_json_write_string(s->w, key, here);
  pm_json_put(s->w, colon, colon_len);
  pm_json_write(s->w, key + 1, here, depth);
}

/* Writes what the table at `at` has and the object at `open` has not. */
static void add_new_fields(pm_splice *s, pm_members *m, const char *open,
                           int at, const char *colon, size_t colon_len,
                           pm_path *here, int depth) {
  lua_State *L = s->w->L;
  int top = lua_gettop(L);
  push_old_keys(s, open);
  lua_Integer n = pm_keys_sorted(L, at, 0);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, top + 2, i);
    lua_pushvalue(L, top + 3);
    if (lua_rawget(L, top + 1) == LUA_TNIL) {
      lua_pop(L, 1);
      lua_pushvalue(L, top + 3);
      lua_rawget(L, at);
      pm_members_add_field(s, m, top + 3, colon, colon_len, here, depth);
    }
    lua_settop(L, top + 2);
  }
  lua_settop(L, top);
}

/* How many keys the table at `at` has, or -1 when some are no strings. */
static lua_Integer count_names(lua_State *L, int at) {
  lua_Integer n = 0;
  lua_pushnil(L);
  for (; lua_next(L, at); n++) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING) {
      lua_pop(L, 1);
      return -1;
    }
  }
  return n;
}

static const char *splice_object(pm_splice *s, const char *open, int at,
                                 lua_Integer names, pm_path *here, int depth) {
  lua_State *L = s->w->L;
  int top = lua_gettop(L);
  pm_members m = {0};
  const char *colon = s->w->colon;
  size_t colon_len = strlen(colon);
  const char *p = pm_json_blanks(open + 1, s->scan.end);
  here->key = top + 1;
  while (*p != '}') {
    const char *start = p, *key_end;
    pm_members_next(&m, start);
    p = pm_json_key(&s->scan, p, &key_end);
    colon = key_end;
    colon_len = (size_t)(p - key_end);
    pm_json_push_string(L, start + 1, (size_t)(key_end - start) - 2,
                        s->scan.escaped);
    lua_pushvalue(L, top + 1);
    if (lua_rawget(L, at) != LUA_TNIL) {
      names--;
      pm_members_keep(s, &m, start);
      p = pm_splice_value(s, p, top + 2, here, depth);
      m.end = p;
    } else {
      p = pm_json_value(&s->scan, p, 0);
      pm_members_cut(s, &m, start, p);
    }
    lua_settop(L, top);
    p = pm_json_blanks(p, s->scan.end);
    if (*p == ',')
      p = pm_json_blanks(p + 1, s->scan.end);
  }
  pm_members_end(s, &m, open);
  if (names > 0)
    add_new_fields(s, &m, open, at, colon, colon_len, here, depth);
  return p + 1;
}

const char *pm_splice_value(pm_splice *s, const char *p, int at,
                            const pm_path *path, int depth) {
  lua_State *L = s->w->L;
  if ((*p == '{' || *p == '[') && lua_istable(L, at)) {
    pm_path here = {.up = path, .table = lua_topointer(L, at)};
    pm_mark old = *p == '{' ? PM_OBJECT : PM_ARRAY;
    luaL_checkstack(L, 12, "value nested too deeply");
    if (depth > PM_JSON_DEPTH)
      pm_path_error(L, s->w->root, &here, "is nested deeper than 512");
    if (pm_json_kind(L, at, old) == old) {
      if (old == PM_ARRAY)
        return splice_array(s, p, at, &here, depth + 1);
      lua_Integer names = count_names(L, at);
      if (names >= 0)
        return splice_object(s, p, at, names, &here, depth + 1);
    }
  }
  const char *end = pm_json_value(&s->scan, p, 0);
  if (!pm_splice_same(L, p, end, at)) {
    pm_splice_copy(s, p, end);
    pm_splice_replace(s, p, at, path, depth);
  }
  return end;
}
