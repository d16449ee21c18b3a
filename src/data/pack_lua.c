#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "data/keys_lua.h"
#include "data/mark_lua.h"
#include "data/pack.h"
#include "data/path_lua.h"
#include "text/buffer_lua.h"

enum { DEPTH_MAX = 200 };

/* A damaged count may promise much: tables get no more room than this before
 * their values are seen. */
enum { ROOM_MAX = 1024 };

typedef struct packer {
  lua_State *L;
  pm_buffer *out;
  const char *root; /* what errors call the value */
} packer;

static void pack_value(packer *k, int at, const pm_path *path, int depth);

static void put(packer *k, const pm_pack_item *item) {
  char head[PM_PACK_HEAD];
  size_t len = pm_pack_put(item, head);
  if (pm_buffer_add(k->out, head, len) != 0 ||
      pm_buffer_add(k->out, item->string, item->len) != 0)
    luaL_error(k->L, "not enough memory");
}

static pm_pack_kind table_kind(packer *k, int at, const pm_path *path) {
  switch (pm_mark_get(k->L, at)) {
  case PM_PLAIN: return PM_PACK_TABLE;
  case PM_ARRAY: return PM_PACK_ARRAY;
  case PM_OBJECT: return PM_PACK_OBJECT;
  default:
    pm_path_error(k->L, k->root, path,
                  "has a metatable, which cannot be packed");
    return PM_PACK_NIL;
  }
}

static void pack_table(packer *k, int at, const pm_path *path, int depth) {
  lua_State *L = k->L;
  pm_path here = {.up = path, .table = lua_topointer(L, at)};
  if (depth > DEPTH_MAX)
    pm_path_error(L, k->root, &here, "is nested deeper than 200 tables");
  luaL_checkstack(L, 8, "value nested too deeply");
  pm_pack_kind kind = table_kind(k, at, path);
  lua_Integer array = pm_keys_array(L, at);
  lua_Integer pairs = pm_keys_sorted(L, at, array);
  if (pairs < 0)
    pm_path_error(
        L, k->root, path,
        lua_pushfstring(L, "has a key that is a %s", luaL_typename(L, -1)));
  int keys = lua_gettop(L);
  put(k, &(pm_pack_item){
             .kind = kind, .array = (uint64_t)array, .pairs = (uint64_t)pairs});
  for (here.index = 1; here.index <= array; here.index++) {
    lua_rawgeti(L, at, here.index);
    pack_value(k, keys + 1, &here, depth);
    lua_pop(L, 1);
  }
  for (lua_Integer i = 1; i <= pairs; i++) {
    lua_rawgeti(L, keys, i);
    here.key = keys + 1;
    pack_value(k, keys + 1, NULL, depth);
    lua_pushvalue(L, keys + 1);
    lua_rawget(L, at);
    pack_value(k, keys + 2, &here, depth);
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
}

static void pack_value(packer *k, int at, const pm_path *path, int depth) {
  lua_State *L = k->L;
  pm_pack_item item = {0};
  switch (lua_type(L, at)) {
  case LUA_TNIL: break;
  case LUA_TBOOLEAN:
    item.kind = lua_toboolean(L, at) ? PM_PACK_TRUE : PM_PACK_FALSE;
    break;
  case LUA_TNUMBER:
    item.kind = lua_isinteger(L, at) ? PM_PACK_INTEGER : PM_PACK_FLOAT;
    item.integer = lua_tointeger(L, at);
    item.number = lua_tonumber(L, at);
    break;
  case LUA_TSTRING: {
    size_t len;
    item.kind = PM_PACK_STRING;
    item.string = lua_tolstring(L, at, &len);
    item.len = len;
    break;
  }
  case LUA_TTABLE: pack_table(k, at, path, depth + 1); return;
  default:
    if (!pm_null_is(L, at))
      pm_path_error(L, k->root, path,
                    lua_pushfstring(L, "is a %s", luaL_typename(L, at)));
    item.kind = PM_PACK_NULL;
  }
  put(k, &item);
}

/* pack(value, name) --> string; errors call the value `name` */
static int pack_pack(lua_State *L) {
  luaL_checkany(L, 1);
  const char *root = luaL_optstring(L, 2, "value");
  lua_settop(L, 2);
  packer k = {.L = L, .out = pm_buffer_push(L), .root = root};
  pack_value(&k, 1, NULL, 0);
  pm_buffer_take(L, k.out);
  return 1;
}

typedef struct unpacker {
  lua_State *L;
  const char *start, *at, *end;
} unpacker;

static int damaged(unpacker *u) {
  return luaL_error(u->L, "packed data is damaged at byte %I",
                    (LUAI_UACINT)(u->at - u->start + 1));
}

static void unpack_value(unpacker *u, int depth);

static int room(uint64_t n) {
  return n < ROOM_MAX ? (int)n : ROOM_MAX;
}

static void unpack_table(unpacker *u, const pm_pack_item *item, int depth) {
  lua_State *L = u->L;
  if (depth > DEPTH_MAX)
    damaged(u);
  luaL_checkstack(L, 6, "value nested too deeply");
  lua_createtable(L, room(item->array), room(item->pairs));
  for (uint64_t i = 1; i <= item->array; i++) {
    unpack_value(u, depth);
    lua_rawseti(L, -2, (lua_Integer)i);
  }
  for (uint64_t i = 0; i < item->pairs; i++) {
    unpack_value(u, depth);
    if (lua_isnil(L, -1) || (lua_type(L, -1) == LUA_TNUMBER &&
                             lua_tonumber(L, -1) != lua_tonumber(L, -1)))
      damaged(u); /* nil and NaN are no keys */
    unpack_value(u, depth);
    lua_rawset(L, -3);
  }
  if (item->kind == PM_PACK_ARRAY)
    pm_mark_set(L, -1, PM_ARRAY);
  if (item->kind == PM_PACK_OBJECT)
    pm_mark_set(L, -1, PM_OBJECT);
}

static void unpack_value(unpacker *u, int depth) {
  lua_State *L = u->L;
  pm_pack_item item;
  if (!pm_pack_get(&u->at, u->end, &item))
    damaged(u);
  switch (item.kind) {
  case PM_PACK_NIL: lua_pushnil(L); break;
  case PM_PACK_FALSE: lua_pushboolean(L, 0); break;
  case PM_PACK_TRUE: lua_pushboolean(L, 1); break;
  case PM_PACK_INTEGER: lua_pushinteger(L, item.integer); break;
  case PM_PACK_FLOAT: lua_pushnumber(L, item.number); break;
  case PM_PACK_STRING: lua_pushlstring(L, item.string, item.len); break;
  case PM_PACK_NULL: pm_null_push(L); break;
  default: unpack_table(u, &item, depth + 1);
  }
}

/* unpack(string) --> value; raises when the bytes are damaged */
static int pack_unpack(lua_State *L) {
  size_t len;
  const char *s = luaL_checklstring(L, 1, &len);
  unpacker u = {.L = L, .start = s, .at = s, .end = s + len};
  unpack_value(&u, 0);
  if (u.at != u.end)
    damaged(&u);
  return 1;
}

/* Passes over so many values, those in tables too. */
static void skip(unpacker *u, uint64_t values) {
  for (pm_pack_item item; values > 0; values--) {
    if (!pm_pack_get(&u->at, u->end, &item))
      damaged(u);
    values += item.array + 2 * item.pairs;
  }
}

/* unpack_item(string, number) --> that value of a packed list, alone; nil
 * beyond its end; raises when the bytes up to there are damaged */
static int pack_unpack_item(lua_State *L) {
  size_t len;
  const char *s = luaL_checklstring(L, 1, &len);
  lua_Integer number = luaL_checkinteger(L, 2);
  luaL_argcheck(L, number >= 1, 2, "numbers begin at 1");
  unpacker u = {.L = L, .start = s, .at = s, .end = s + len};
  pm_pack_item list;
  if (!pm_pack_get(&u.at, u.end, &list))
    damaged(&u);
  if ((uint64_t)number > list.array)
    return 0;
  skip(&u, (uint64_t)number - 1);
  unpack_value(&u, 1);
  return 1;
}

static const luaL_Reg functions[] = {
    {"pack", pack_pack},
    {"unpack", pack_unpack},
    {"unpack_item", pack_unpack_item},
    {NULL, NULL},
};

int pm_open_pack(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
