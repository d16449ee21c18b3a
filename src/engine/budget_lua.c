/*
 * core.budget: what a document may cost in a worker: instructions of Lua, and
 * memory of its state.
 *
 * The counter rides on a count hook. When it runs out, the thread at hand is
 * hooked at every instruction, so that no pcall outlives the error. A hook
 * sees nothing of what goes on inside a C function: those of Lua's library
 * that can work for ever on small arguments are charged before they start, and
 * those that match patterns as they go, see core.pattern. What still gets by is
 * ended by the parent, which waits only so long.
 */
#include <stdbool.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "engine/budget_lua.h"

enum { EVERY = 1000 }; /* instructions between looks at the counter */

/* What the engine itself may have beyond the limit, so that it can still work
 * when a document has used all of it: Lua frees objects with finalizers only
 * some time later. */
enum { RESERVE = 64 << 20, LEAST_MEMORY = 1 << 20 };

/* A cap on memory. What C allocates for a state may remember who gave it, and
 * is given back here long after the cap was lifted: a cap lasts as long as its
 * state, and one that is lifted counts nothing. */
typedef struct cap {
  size_t used, most; /* bytes; most is 0: lifted */
  bool strict;       /* without the reserve */
  lua_Alloc alloc;   /* who had the memory before */
  void *ud;
} cap;

typedef struct budget {
  lua_Integer left; /* instructions */
  bool limited;     /* within budget.call */
  cap memory;
  const char *code; /* name of the chunk to blame; NULL: none */
  int line;         /* in it, that led to the last error; 0: none did */
} budget;

/* The budget of a state: one userdata, which threads know by pointer. */
static budget *of_state(lua_State *L) {
  budget **place = lua_getextraspace(L);
  if (!*place) { /* a thread older than the budget */
    lua_getfield(L, LUA_REGISTRYINDEX, "pumice.budget");
    *place = lua_touserdata(L, -1);
    lua_pop(L, 1);
  }
  return *place;
}

static void *limited_alloc(void *ud, void *p, size_t from, size_t to) {
  cap *c = ud;
  size_t old = p ? from : 0;
  size_t most = c->strict ? c->most : c->most + RESERVE;
  if (c->most == 0)
    return c->alloc(c->ud, p, from, to);
  if (to > old && c->used + (to - old) > most)
    return NULL;
  void *q = c->alloc(c->ud, p, from, to);
  if (q || to == 0) /* what is older than the cap was not counted */
    c->used = c->used + to > old ? c->used + to - old : 0;
  return q;
}

static void lift_cap(lua_State *L, cap *c) {
  if (c->most > 0)
    lua_setallocf(L, c->alloc, c->ud);
  c->most = 0;
}

/* Before the state frees its userdata: it goes on freeing after this one. */
static int budget_gc(lua_State *L) {
  lift_cap(L, &((budget *)lua_touserdata(L, 1))->memory);
  return 0;
}

/* budget.limit_memory(bytes | nil) --> the limit before | nil
 * Of this state. */
static int budget_limit_memory(lua_State *L) {
  cap *c = &of_state(L)->memory;
  size_t before = c->most;
  if (lua_isnoneornil(L, 1)) {
    lift_cap(L, c);
  } else {
    lua_Integer bytes = luaL_checkinteger(L, 1);
    luaL_argcheck(L, bytes >= LEAST_MEMORY, 1, "too little memory to run");
    if (before == 0) {
      c->alloc = lua_getallocf(L, &c->ud);
      c->used = (size_t)lua_gc(L, LUA_GCCOUNT, 0) * 1024;
      c->strict = false;
      lua_setallocf(L, limited_alloc, c);
    }
    c->most = (size_t)bytes;
  }
  if (before == 0)
    return 0;
  lua_pushinteger(L, (lua_Integer)before);
  return 1;
}

/* budget.allow_memory(bytes): another limit, where there is one */
static int budget_allow_memory(lua_State *L) {
  lua_Integer bytes = luaL_checkinteger(L, 1);
  luaL_argcheck(L, bytes >= LEAST_MEMORY, 1, "too little memory to run");
  cap *c = &of_state(L)->memory;
  if (c->most > 0)
    c->most = (size_t)bytes;
  return 0;
}

static void on_count(lua_State *L, lua_Debug *ar) {
  (void)ar;
  budget *b = of_state(L);
  b->left -= EVERY;
  if (b->left > 0)
    return;
  lua_sethook(L, on_count, LUA_MASKCOUNT, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, "pumice.over_budget");
  lua_error(L);
}

static void hook(lua_State *L, budget *b) {
  b->memory.strict = b->limited;
  if (b->limited)
    lua_sethook(L, on_count, LUA_MASKCOUNT, b->left > 0 ? EVERY : 1);
  else
    lua_sethook(L, NULL, 0, 0);
}

int64_t pm_budget_left(lua_State *L) {
  const budget *b = of_state(L);
  return b->limited ? b->left : INT64_MAX;
}

void pm_budget_charge(lua_State *L, uint64_t cost) {
  budget *b = of_state(L);
  if (!b->limited)
    return;
  if (cost < INT64_MAX && (lua_Integer)cost < b->left) {
    b->left -= (lua_Integer)cost;
    return;
  }
  b->left = 0;
  hook(L, b);
  lua_getfield(L, LUA_REGISTRYINDEX, "pumice.over_budget");
  lua_error(L);
}

/* budget.blame(name): the chunk whose lines budget.place tells */
static int budget_blame(lua_State *L) {
  luaL_checkstring(L, 1);
  lua_settop(L, 1);
  of_state(L)->code = lua_tostring(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, "pumice.blamed"); /* stays there */
  return 0;
}

/* budget.place() --> name, line of the chunk to blame, where the last error in
 * budget.call came from | nil; once for each error */
static int budget_place(lua_State *L) {
  budget *b = of_state(L);
  if (b->line <= 0)
    return 0;
  lua_pushstring(L, b->code);
  lua_pushinteger(L, b->line);
  b->line = 0;
  return 2;
}

/* The message handler of budget.call: notes the line, leaves the message. In
 * C, since no instruction of Lua may run when the budget is used up. */
static int note_line(lua_State *L) {
  budget *b = of_state(L);
  lua_Debug ar;
  b->line = 0;
  for (int level = 0; b->code && lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (strcmp(ar.source, b->code) == 0) {
      b->line = ar.currentline;
      break;
    }
  }
  return 1;
}

/* budget.call(steps, f, ...) --> as pcall; f may take so many instructions */
static int budget_call(lua_State *L) {
  budget *b = of_state(L);
  lua_Integer steps = luaL_checkinteger(L, 1);
  budget before = *b;
  b->left = steps;
  b->limited = true;
  b->line = 0;
  lua_pushcfunction(L, note_line);
  lua_replace(L, 1);
  hook(L, b);
  int status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 1);
  b->left = before.left;
  b->limited = before.limited;
  hook(L, b);
  lua_pushboolean(L, status == LUA_OK);
  lua_replace(L, 1);
  return lua_gettop(L);
}

/* What budget.outside makes: calls the function in its upvalue uncharged. */
static int call_outside(lua_State *L) {
  budget *b = of_state(L);
  bool limited = b->limited;
  b->limited = false;
  hook(L, b);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
  b->limited = limited;
  hook(L, b);
  return status == LUA_OK ? lua_gettop(L) : lua_error(L);
}

/* budget.outside(f) --> a function that calls f at the engine's expense */
static int budget_outside(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  lua_pushcclosure(L, call_outside, 1);
  return 1;
}

/* Calls the function in upvalue 1 with what it was given. */
static int call_original(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static lua_Unsigned span(lua_Integer first, lua_Integer last) {
  return last < first ? 0 : (lua_Unsigned)last - (lua_Unsigned)first + 1;
}

static int charged_rep(lua_State *L) {
  size_t len, separator;
  luaL_checklstring(L, 1, &len);
  lua_Integer n = luaL_checkinteger(L, 2);
  luaL_optlstring(L, 3, "", &separator);
  if (n > 0)
    pm_budget_charge(L, (lua_Unsigned)n);
  return call_original(L);
}

static int charged_move(lua_State *L) {
  pm_budget_charge(L, span(luaL_checkinteger(L, 2), luaL_checkinteger(L, 3)));
  return call_original(L);
}

/* table.insert and table.remove move what is behind their position. */
static int charged_shift(lua_State *L) {
  if (lua_gettop(L) >= 2 && lua_isinteger(L, 2))
    pm_budget_charge(L, span(lua_tointeger(L, 2), luaL_len(L, 1)));
  return call_original(L);
}

static int charged_concat(lua_State *L) {
  lua_Integer last =
      lua_isnoneornil(L, 4) ? luaL_len(L, 1) : luaL_checkinteger(L, 4);
  pm_budget_charge(L, span(luaL_optinteger(L, 3, 1), last));
  return call_original(L);
}

static int charged_unpack(lua_State *L) {
  lua_Integer last =
      lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
  pm_budget_charge(L, span(luaL_optinteger(L, 2, 1), last));
  return call_original(L);
}

static int charged_sort(lua_State *L) {
  enum { STEPS = 32 }; /* an element, generously: log2 of many */
  lua_Unsigned n = span(1, luaL_len(L, 1));
  pm_budget_charge(L, n > LUA_MAXINTEGER / STEPS ? LUA_MAXINTEGER : n * STEPS);
  return call_original(L);
}

static const struct {
  const char *library, *name;
  lua_CFunction f;
} charged[] = {
    {"string", "rep", charged_rep},      {"table", "move", charged_move},
    {"table", "insert", charged_shift},  {"table", "remove", charged_shift},
    {"table", "concat", charged_concat}, {"table", "unpack", charged_unpack},
    {"table", "sort", charged_sort},
};

/* budget.charge_library(): replaces those functions of this state's library
 * that could work for ever by ones that are charged first */
static int budget_charge_library(lua_State *L) {
  for (size_t i = 0; i < sizeof charged / sizeof *charged; i++) {
    lua_getglobal(L, charged[i].library);
    lua_getfield(L, -1, charged[i].name);
    lua_pushcclosure(L, charged[i].f, 1);
    lua_setfield(L, -2, charged[i].name);
    lua_pop(L, 1);
  }
  return 0;
}

static const luaL_Reg functions[] = {
    {"limit_memory", budget_limit_memory},
    {"allow_memory", budget_allow_memory},
    {"call", budget_call},
    {"blame", budget_blame},
    {"place", budget_place},
    {"outside", budget_outside},
    {"charge_library", budget_charge_library},
    {NULL, NULL},
};

/* Who opens the core twice has the budget of the first time. */
static budget *push_budget(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, "pumice.budget") == LUA_TUSERDATA)
    return lua_touserdata(L, -1);
  budget *b = lua_newuserdatauv(L, sizeof *b, 0);
  *b = (budget){0};
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, budget_gc);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, "pumice.budget");
  return b;
}

int pm_open_budget(lua_State *L) {
  budget *b = push_budget(L);
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
  *(budget **)lua_getextraspace(lua_tothread(L, -1)) = b;
  lua_pop(L, 1);
  of_state(L); /* this thread may be another one */
  lua_createtable(L, 0, 2);
  lua_pushliteral(L, "too-many-steps");
  lua_setfield(L, -2, "code");
  lua_pushliteral(L, "the instruction limit of a document is reached");
  lua_setfield(L, -2, "reason");
  lua_setfield(L, LUA_REGISTRYINDEX, "pumice.over_budget");
  luaL_newlib(L, functions);
  return 1;
}
