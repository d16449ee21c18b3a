/*
 * Elements and fields wait on the Lua stack until there is a batch of them, so
 * that most tables are made at their final size.
 */
#include "data/json_read_lua.h"

#include <lauxlib.h>

#include "data/mark_lua.h"
#include "data/number.h"
#include "data/quote.h"
#include "data/scratch_lua.h"

enum { BATCH = 64 }; /* stack slots; even, for keys and values */

const char *pm_json_push_text(lua_State *L, const char *raw, size_t len,
                              bool escaped, size_t *text_len) {
  char small[256];
  if (!escaped) {
    *text_len = len;
    return lua_pushlstring(L, raw, len);
  }
  if (len <= sizeof small) {
    *text_len = pm_quote_read(raw, len, small);
    return lua_pushlstring(L, small, *text_len);
  }
  pm_buffer *b = pm_scratch_borrow(L);
  if (pm_buffer_room(b, len) != 0)
    luaL_error(L, "not enough memory");
  *text_len = pm_quote_read(raw, len, b->at);
  const char *text = lua_pushlstring(L, b->at, *text_len);
  pm_scratch_return(L, -2);
  lua_remove(L, -2);
  return text;
}

void pm_json_push_number(lua_State *L, const char *text, size_t len) {
  int64_t i;
  double f;
  if (pm_number_read(text, len, &i, &f))
    lua_pushinteger(L, i);
  else
    lua_pushnumber(L, f);
}

/* Moves the elements above `base` to the table there, from index `from` on. */
static void store_elements(lua_State *L, int base, lua_Integer from) {
  int n = lua_gettop(L) - base;
  if (lua_isnil(L, base)) {
    lua_createtable(L, n, 0);
    lua_replace(L, base);
  }
  for (int k = 1; k <= n; k++) {
    lua_pushvalue(L, base + k);
    lua_rawseti(L, base, from + k);
  }
  lua_settop(L, base);
}

static const char *push_array(pm_json_reader *r, const char *p, int depth) {
  lua_State *L = r->L;
  lua_Integer stored = 0;
  lua_pushnil(L); /* the table, once there is something for it */
  int base = lua_gettop(L);
  p = pm_json_blanks(p + 1, r->scan.end);
  if (pm_json_peek(&r->scan, p) != ']') {
    for (;;) {
      p = pm_json_push(r, p, depth + 1);
      if (!p)
        return NULL;
      if (lua_gettop(L) - base == BATCH) {
        store_elements(L, base, stored);
        stored += BATCH;
      }
      p = pm_json_blanks(p, r->scan.end);
      if (pm_json_peek(&r->scan, p) != ',')
        break;
      p = pm_json_blanks(p + 1, r->scan.end);
    }
    if (pm_json_peek(&r->scan, p) != ']')
      return pm_json_fail(&r->scan, p, NULL);
  }
  store_elements(L, base, stored);
  pm_mark_set(L, base, PM_ARRAY);
  return p + 1;
}

/* Moves the keys and values above `base` to the table there. */
static void store_fields(pm_json_reader *r, int base) {
  lua_State *L = r->L;
  int n = lua_gettop(L) - base;
  if (lua_isnil(L, base)) {
    lua_createtable(L, 0, n / 2);
    lua_replace(L, base);
  }
  for (int k = 1; k <= n; k += 2) {
    lua_pushvalue(L, base + k);
    r->repeated |= lua_rawget(L, base) != LUA_TNIL;
    lua_pop(L, 1);
    lua_pushvalue(L, base + k);
    lua_pushvalue(L, base + k + 1);
    lua_rawset(L, base);
  }
  lua_settop(L, base);
}

static const char *push_object(pm_json_reader *r, const char *p, int depth) {
  lua_State *L = r->L;
  lua_pushnil(L);
  int base = lua_gettop(L);
  p = pm_json_blanks(p + 1, r->scan.end);
  if (pm_json_peek(&r->scan, p) != '}') {
    for (;;) {
      const char *key = p + 1, *key_end;
      p = pm_json_key(&r->scan, p, &key_end);
      if (!p)
        return NULL;
      pm_json_push_string(L, key, (size_t)(key_end - 1 - key), r->scan.escaped);
      p = pm_json_push(r, p, depth + 1);
      if (!p)
        return NULL;
      if (lua_gettop(L) - base == BATCH)
        store_fields(r, base);
      p = pm_json_blanks(p, r->scan.end);
      if (pm_json_peek(&r->scan, p) != ',')
        break;
      p = pm_json_blanks(p + 1, r->scan.end);
    }
    if (pm_json_peek(&r->scan, p) != '}')
      return pm_json_fail(&r->scan, p, NULL);
  }
  store_fields(r, base);
  return p + 1;
}

const char *pm_json_push(pm_json_reader *r, const char *p, int depth) {
  const char *start = p;
  int c = pm_json_peek(&r->scan, p);
  switch (c) {
  case '"':
    p = pm_json_string(&r->scan, p);
    if (p)
      pm_json_push_string(r->L, start + 1, (size_t)(p - start) - 2,
                          r->scan.escaped);
    return p;
  case '{':
  case '[':
    if (depth >= PM_JSON_DEPTH)
      return pm_json_fail(&r->scan, p, "nested deeper than 512");
    luaL_checkstack(r->L, BATCH + 10, "JSON nested too deeply");
    return c == '[' ? push_array(r, p, depth) : push_object(r, p, depth);
  case 't':
  case 'f':
  case 'n':
    p = pm_json_literal(&r->scan, p);
    if (p && c == 'n')
      pm_null_push(r->L);
    else if (p)
      lua_pushboolean(r->L, c == 't');
    return p;
  default:
    p = pm_json_number(&r->scan, p);
    if (p)
      pm_json_push_number(r->L, start, (size_t)(p - start));
    return p;
  }
}
