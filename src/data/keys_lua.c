#include "data/keys_lua.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

lua_Integer pm_keys_array(lua_State *L, int table) {
  for (lua_Integer n = 0;; n++) {
    int type = lua_rawgeti(L, table, n + 1);
    lua_pop(L, 1);
    if (type == LUA_TNIL)
      return n;
  }
}

/* A key with its value at hand, so that sorting needs no Lua. */
typedef struct sort_key {
  int type;
  lua_Integer place; /* where it stands in the unsorted array */
  const char *s;     /* a string, kept alive by the array */
  size_t len;        /* its length, or a boolean */
  lua_Integer i;
  lua_Number f;
} sort_key;

enum { BOOLEAN, INTEGER, FLOAT, STRING };

/* Floats that are keys are not integers, and no NaN: the order is total. */
static int compare_numbers(const sort_key *a, const sort_key *b) {
  if (a->type == INTEGER && b->type == INTEGER)
    return (a->i > b->i) - (a->i < b->i);
  lua_Number x = a->type == INTEGER ? (lua_Number)a->i : a->f;
  lua_Number y = b->type == INTEGER ? (lua_Number)b->i : b->f;
  if (x != y)
    return x < y ? -1 : 1;
  return a->type - b->type;
}

static int compare(const void *p, const void *q) {
  const sort_key *a = p, *b = q;
  int numbers = (a->type == INTEGER || a->type == FLOAT) &&
                (b->type == INTEGER || b->type == FLOAT);
  if (numbers)
    return compare_numbers(a, b);
  if (a->type != b->type)
    return a->type - b->type;
  if (a->type == BOOLEAN)
    return (a->len > b->len) - (a->len < b->len);
  int order = memcmp(a->s, b->s, a->len < b->len ? a->len : b->len);
  return order ? order : (a->len > b->len) - (a->len < b->len);
}

static void read_key(lua_State *L, int at, sort_key *k) {
  switch (lua_type(L, at)) {
  case LUA_TSTRING:
    k->type = STRING;
    k->s = lua_tolstring(L, at, &k->len);
    break;
  case LUA_TNUMBER:
    k->type = lua_isinteger(L, at) ? INTEGER : FLOAT;
    k->i = lua_tointeger(L, at);
    k->f = lua_tonumber(L, at);
    break;
  default: k->type = BOOLEAN; k->len = (size_t)lua_toboolean(L, at);
  }
}

static int in_array(lua_State *L, int at, lua_Integer array) {
  if (!lua_isinteger(L, at))
    return 0;
  lua_Integer i = lua_tointeger(L, at);
  return i >= 1 && i <= array;
}

/* Pushes the keys as they come and returns how many they are, or -1. */
static lua_Integer collect(lua_State *L, int table, lua_Integer array) {
  lua_Integer n = 0;
  lua_newtable(L);
  lua_pushnil(L);
  while (lua_next(L, table)) {
    lua_pop(L, 1);
    if (in_array(L, -1, array))
      continue;
    int type = lua_type(L, -1);
    if (type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TBOOLEAN) {
      lua_replace(L, -2);
      return -1;
    }
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, ++n);
  }
  return n;
}

lua_Integer pm_keys_sorted(lua_State *L, int table, lua_Integer array) {
  luaL_checkstack(L, 6, "value nested too deeply");
  table = lua_absindex(L, table);
  lua_Integer n = collect(L, table, array);
  if (n < 2)
    return n;
  int all = lua_gettop(L);
  sort_key *keys = lua_newuserdatauv(L, (size_t)n * sizeof *keys, 0);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, all, i + 1);
    read_key(L, -1, &keys[i]);
    keys[i].place = i + 1;
    lua_pop(L, 1); /* the array keeps it */
  }
  qsort(keys, (size_t)n, sizeof *keys, compare);
  lua_createtable(L, n < INT_MAX ? (int)n : 0, 0);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, all, keys[i].place);
    lua_rawseti(L, -2, i + 1);
  }
  lua_replace(L, all);
  lua_pop(L, 1);
  return n;
}
