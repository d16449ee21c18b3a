/*
 * core.arena: memory that a run shares with its workers, and regions of it.
 */
#include "data/arena_lua.h"

#include <stdbool.h>
#include <string.h>

#include <lauxlib.h>

#include "core_lua.h"
#include "data/arena.h"

#define ARENA "pumice.arena"
#define REGION "pumice.region"

enum { PAGE = 4096 };

/* A region; its user value is the arena, which has to stay. */
typedef struct region {
  char *data; /* [len]; NULL: freed */
  size_t len;
  uint64_t address;
} region;

static pm_arena *push_arena(lua_State *L) {
  pm_arena *a = lua_newuserdatauv(L, sizeof *a, 0);
  *a = (pm_arena){.fd = -1};
  luaL_setmetatable(L, ARENA);
  return a;
}

static size_t check_slots(lua_State *L, int arg) {
  lua_Integer slots = luaL_checkinteger(L, arg);
  luaL_argcheck(L, slots >= 1 && slots <= PM_ARENA_SLOTS, arg,
                "1 to 1024 slots");
  return (size_t)slots;
}

static size_t check_ring(lua_State *L, int arg) {
  lua_Integer ring = luaL_checkinteger(L, arg);
  luaL_argcheck(L, ring >= PAGE && ring <= 1 << 30 && ring % PAGE == 0, arg,
                "a multiple of 4096, at most a GiB");
  return (size_t)ring;
}

/* arena.create(slots, ring) --> arena | nil, message, errno
 * ring: bytes of each slot, a multiple of 4096 */
static int arena_create(lua_State *L) {
  size_t slots = check_slots(L, 1), ring = check_ring(L, 2);
  if (pm_arena_create(push_arena(L), slots, ring) != 0)
    return luaL_fileresult(L, 0, "shared memory");
  return 1;
}

/* arena.attach(fd, slots, ring) --> arena | nil, message, errno
 * The one that was inherited as `fd`. */
static int arena_attach(lua_State *L) {
  int fd = (int)luaL_checkinteger(L, 1);
  size_t slots = check_slots(L, 2), ring = check_ring(L, 3);
  if (pm_arena_attach(push_arena(L), fd, slots, ring) != 0)
    return luaL_fileresult(L, 0, "shared memory");
  return 1;
}

static pm_arena *check(lua_State *L) {
  pm_arena *a = luaL_checkudata(L, 1, ARENA);
  luaL_argcheck(L, a->base, 1, "arena is closed");
  return a;
}

/* arena:fd() --> the descriptor, as child processes see it */
static int arena_fd(lua_State *L) {
  lua_pushinteger(L, check(L)->fd);
  return 1;
}

/* arena:put(slot, strings, ending) --> address, size | nil when it is full
 * Puts the strings of a list into a slot, from 0, the ending behind each. */
static int arena_put(lua_State *L) {
  pm_arena *a = check(L);
  lua_Integer slot = luaL_checkinteger(L, 2);
  luaL_argcheck(L, slot >= 0 && (size_t)slot < a->slots, 2, "no such slot");
  luaL_checktype(L, 3, LUA_TTABLE);
  size_t ending_len, len, total = 0;
  const char *ending = luaL_checklstring(L, 4, &ending_len);
  lua_Integer count = luaL_len(L, 3);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 3, i);
    luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, 3, "a list of strings");
    lua_tolstring(L, -1, &len);
    total += len + ending_len;
    lua_pop(L, 1);
  }
  char *to = pm_arena_reserve(a, (size_t)slot, total);
  if (!to)
    return 0;
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 3, i);
    const char *from = lua_tolstring(L, -1, &len);
    memcpy(to, from, len);
    memcpy(to + len, ending, ending_len);
    to += len + ending_len;
    lua_pop(L, 1);
  }
  lua_pushinteger(L, (lua_Integer)pm_arena_keep(a, (size_t)slot, total));
  lua_pushinteger(L, (lua_Integer)total);
  return 2;
}

/* Pushes a region of the arena at `at`. */
static region *push_region(lua_State *L, int at) {
  at = lua_absindex(L, at);
  region *p = lua_newuserdatauv(L, sizeof *p, 1);
  *p = (region){0};
  luaL_setmetatable(L, REGION);
  lua_pushvalue(L, at);
  lua_setiuservalue(L, -2, 1);
  return p;
}

/* arena:region(address, size) --> region | nil when there is none any more */
static int arena_region(lua_State *L) {
  pm_arena *a = check(L);
  lua_Integer address = luaL_checkinteger(L, 2);
  lua_Integer size = luaL_checkinteger(L, 3);
  luaL_argcheck(L, size >= 0, 3, "size is at least 0");
  char *data = pm_arena_find(a, (uint64_t)address, (size_t)size);
  if (!data)
    return 0;
  *push_region(L, 1) = (region){data, (size_t)size, (uint64_t)address};
  return 1;
}

bool pm_region_push(lua_State *L, int arena, size_t slot, const char *data,
                    size_t len) {
  pm_arena *a = luaL_checkudata(L, arena, ARENA);
  if (!a->base || slot >= a->slots)
    return false;
  region *p = push_region(L, arena); /* before there is room to lose */
  char *to = pm_arena_reserve(a, slot, len);
  if (!to) {
    lua_pop(L, 1);
    return false;
  }
  memcpy(to, data, len);
  *p = (region){to, len, pm_arena_keep(a, slot, len)};
  return true;
}

/* arena:close(), __close and __gc: as often as they like */
static int arena_close(lua_State *L) {
  pm_arena_close(luaL_checkudata(L, 1, ARENA));
  return 0;
}

static bool is_open(lua_State *L, int arg) {
  lua_getiuservalue(L, arg, 1);
  const pm_arena *a = luaL_checkudata(L, -1, ARENA);
  lua_pop(L, 1);
  return a->base != NULL;
}

const char *pm_region_check(lua_State *L, int arg, size_t *len) {
  region *p = luaL_testudata(L, arg, REGION);
  if (!p)
    return luaL_checklstring(L, arg, len);
  luaL_argcheck(L, p->data && is_open(L, arg), arg, "region was freed");
  *len = p->len;
  return p->data;
}

/* #region --> bytes */
static int region_len(lua_State *L) {
  region *p = luaL_checkudata(L, 1, REGION);
  lua_pushinteger(L, (lua_Integer)p->len);
  return 1;
}

/* tostring(region) --> its bytes */
static int region_string(lua_State *L) {
  size_t len;
  const char *data = pm_region_check(L, 1, &len);
  lua_pushlstring(L, data, len);
  return 1;
}

/* region:sub(first, last) --> those of its bytes, as a string */
static int region_sub(lua_State *L) {
  size_t len;
  const char *data = pm_region_check(L, 1, &len);
  lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3);
  luaL_argcheck(L, first >= 1 && first <= last + 1, 2, "not in the region");
  luaL_argcheck(L, last <= (lua_Integer)len, 3, "not in the region");
  lua_pushlstring(L, data + first - 1, (size_t)(last - first + 1));
  return 1;
}

/* region:free(): gives its room back; once is enough */
static int region_free(lua_State *L) {
  region *p = luaL_checkudata(L, 1, REGION);
  if (p->data && is_open(L, 1))
    pm_arena_free(p->data);
  p->data = NULL;
  return 0;
}

/* region:place() --> address, size, slot */
static int region_place(lua_State *L) {
  region *p = luaL_checkudata(L, 1, REGION);
  lua_pushinteger(L, (lua_Integer)p->address);
  lua_pushinteger(L, (lua_Integer)p->len);
  lua_pushinteger(L, (lua_Integer)pm_arena_slot(p->address));
  return 3;
}

static const luaL_Reg methods[] = {
    {"fd", arena_fd},         {"put", arena_put},
    {"region", arena_region}, {"close", arena_close},
    {"__close", arena_close}, {"__gc", arena_close},
    {"__index", NULL},        {NULL, NULL},
};

static const luaL_Reg region_methods[] = {
    {"free", region_free},
    {"sub", region_sub},
    {"place", region_place},
    {"__len", region_len},
    {"__tostring", region_string},
    {"__index", NULL},
    {NULL, NULL},
};

/* arena.free(bytes): of a region; a string is fine too */
static int arena_free(lua_State *L) {
  return luaL_testudata(L, 1, REGION) ? region_free(L) : 0;
}

static const luaL_Reg functions[] = {
    {"create", arena_create},
    {"free", arena_free},
    {"attach", arena_attach},
    {NULL, NULL},
};

static void new_class(lua_State *L, const char *name, const luaL_Reg *list) {
  luaL_newmetatable(L, name);
  luaL_setfuncs(L, list, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}

int pm_open_arena(lua_State *L) {
  new_class(L, ARENA, methods);
  new_class(L, REGION, region_methods);
  luaL_newlib(L, functions);
  return 1;
}
