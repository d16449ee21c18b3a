#include <string.h>

#include "data/json_read_lua.h"
#include "data/keys_lua.h"
#include "data/splice_lua.h"

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
    p = pm_json_next(pm_json_value(&s->scan, p, 0), s->scan.end);
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

const char *pm_splice_object(pm_splice *s, const char *open, int at,
                             pm_path *here, int depth) {
  lua_State *L = s->w->L;
  lua_Integer names = pm_json_count_keys(L, at);
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
    p = pm_json_next(p, s->scan.end);
  }
  pm_members_end(s, &m, open);
  if (names > 0)
    add_new_fields(s, &m, open, at, colon, colon_len, here, depth);
  return p + 1;
}
