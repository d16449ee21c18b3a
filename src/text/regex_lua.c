/* regex for Lua: the object, and what all its methods ask for. */
#include "text/regex_lua.h"

#include <string.h>

#include <lauxlib.h>

#include "core_lua.h"
#include "text/utf8.h"

#define MACHINE "pumice.regex.machine"
#define RAISES "pumice.regex.raises" /* in the registry: limits are errors */
/* Shorter subjects are looked at each time; that is cheaper than to know. */
#define KNOWN_LEAST 256

/* One per state: the stack, and the kinds of the two latest long subjects
 * (user values 1 and 2 hold them, so an address means one string). */
typedef struct machine {
  const void *meta; /* the metatable of regexes */
  pm_regex_stack stack;
  pm_regex_subject known[2];
  int oldest;
} machine;

static machine *machine_of(lua_State *L) {
  return lua_touserdata(L, lua_upvalueindex(1));
}

static int machine_gc(lua_State *L) {
  machine *m = luaL_checkudata(L, 1, MACHINE);
  pm_regex_stack_close(&m->stack);
  return 0;
}

pm_regex *pm_regex_check(lua_State *L, int arg) {
  pm_regex *re = luaL_checkudata(L, arg, PM_REGEX);
  luaL_argcheck(L, re->data, arg, "regex is closed");
  return re;
}

/* Lua's `init` at `arg` as an offset: 1 when absent, negative from the end; len
 * + 1 when it lies past the end. */
static size_t init_at(lua_State *L, int arg, size_t len) {
  lua_Integer init = luaL_optinteger(L, arg, 1);
  if (init > 0)
    return (lua_Unsigned)init - 1 > len ? len + 1 : (size_t)init - 1;
  if (init == 0 || init < -(lua_Integer)len)
    return 0;
  return len - (size_t)-init;
}

/* The kind of the subject at 2. */
static pm_regex_kind kind_of(lua_State *L, const pm_regex_subject *s) {
  if (s->len < KNOWN_LEAST)
    return pm_regex_kind_of(s->text, s->len);
  machine *m = machine_of(L);
  for (int i = 0; i < 2; i++)
    if (m->known[i].text == s->text)
      return m->known[i].kind;
  int i = m->oldest;
  m->oldest = !i;
  lua_pushvalue(L, 2);
  lua_setiuservalue(L, lua_upvalueindex(1), i + 1);
  m->known[i] = *s;
  m->known[i].kind = pm_regex_kind_of(s->text, s->len);
  return m->known[i].kind;
}

pm_regex *pm_regex_self(lua_State *L) {
  pm_regex *re = lua_touserdata(L, 1);
  if (!re || !lua_getmetatable(L, 1) ||
      lua_topointer(L, -1) != machine_of(L)->meta)
    return pm_regex_check(L, 1);
  lua_pop(L, 1);
  luaL_argcheck(L, re->data, 1, "regex is closed");
  return re;
}

pm_regex_subject pm_regex_subject_at(lua_State *L, const pm_regex *re, int init,
                                     size_t *from) {
  pm_regex_subject s = {0};
  s.text = luaL_checklstring(L, 2, &s.len);
  *from = init ? init_at(L, init, s.len) : 0;
  if (*from <= s.len && s.len < KNOWN_LEAST && pm_regex_excludes(re, &s, *from))
    *from = s.len + 1;
  if (*from <= s.len && !pm_regex_takes_any(re))
    s.kind = kind_of(L, &s);
  return s;
}

/* Raises {code, reason} for what happened to the regex at index `re`, or to
 * what has one in it, if limits are to raise. */
static void raise_limit(lua_State *L, int re, const char *what) {
  lua_getfield(L, LUA_REGISTRYINDEX, RAISES);
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    return;
  }
  lua_createtable(L, 0, 2);
  lua_pushliteral(L, "regex-limit");
  lua_setfield(L, -2, "code");
  lua_pushstring(L, what);
  if (luaL_testudata(L, re, PM_REGEX)) {
    lua_getiuservalue(L, re, 1);
    lua_pushfstring(L, "%s of the regex \"%s\"", what, lua_tostring(L, -1));
    lua_replace(L, -3);
    lua_pop(L, 1);
  }
  lua_setfield(L, -2, "reason");
  lua_error(L);
}

int pm_regex_fail(lua_State *L, int code) {
  char text[128];
  const char *what = pm_regex_message(code, text, sizeof text);
  raise_limit(L, 1, what);
  lua_pushnil(L);
  lua_pushstring(L, what);
  return 2;
}

int pm_regex_raise(lua_State *L, int re, int code) {
  char text[128];
  const char *what = pm_regex_message(code, text, sizeof text);
  raise_limit(L, re, what);
  return luaL_error(L, "regex: %s", what);
}

/* regex.raise_limits(whether) --> boolean: how it was. Whether a limit that is
 * reached is an error {code, reason}, and not nil and a reason. */
static int regex_raise_limits(lua_State *L) {
  bool raises = lua_toboolean(L, 1);
  lua_getfield(L, LUA_REGISTRYINDEX, RAISES);
  bool before = lua_toboolean(L, -1);
  if (raises != before) {
    lua_pushboolean(L, raises);
    lua_setfield(L, LUA_REGISTRYINDEX, RAISES);
  }
  lua_pushboolean(L, before);
  return 1;
}

static uint32_t options_at(lua_State *L, int arg) {
  static const struct {
    char flag;
    uint32_t option;
  } known[] = {{'i', PCRE2_CASELESS}, {'m', PCRE2_MULTILINE},
               {'s', PCRE2_DOTALL},   {'x', PCRE2_EXTENDED},
               {'u', PCRE2_UCP},      {'U', PCRE2_UNGREEDY}};
  uint32_t options = 0;
  for (const char *f = luaL_checkstring(L, arg); *f; f++) {
    size_t i = 0;
    while (i < sizeof known / sizeof *known && known[i].flag != *f)
      i++;
    if (i == sizeof known / sizeof *known)
      return (uint32_t)luaL_error(
          L, "unknown flag '%s' of a regex; known: i m s x u U",
          lua_pushlstring(L, f, 1));
    options |= known[i].option;
  }
  return options;
}

static uint32_t limit_at(lua_State *L, int arg, lua_Integer most,
                         const char *name) {
  lua_Integer n = luaL_checkinteger(L, arg);
  if (n < 1 || n > most)
    return (uint32_t)luaL_error(L, "%s is from 1 to %I, not %I", name, most, n);
  return (uint32_t)n;
}

/* regex.new(pattern, flags, match_limit, depth_limit, heap_limit in KiB,
 * time_limit)
 * --> regex | nil, message, position in the pattern */
static int regex_new(lua_State *L) {
  size_t len, offset;
  const char *pattern = luaL_checklstring(L, 1, &len);
  uint32_t options = options_at(L, 2);
  pm_regex_limits limits = {limit_at(L, 3, 10000000, "match_limit"),
                            limit_at(L, 4, 10000000, "depth_limit"),
                            limit_at(L, 5, 1 << 20, "heap_limit in KiB"),
                            luaL_checknumber(L, 6)};
  luaL_argcheck(L, limits.seconds > 0, 6, "time_limit is more than 0 seconds");
  lua_settop(L, 2);
  pm_regex *re = lua_newuserdatauv(L, sizeof *re, 3);
  memset(re, 0, sizeof *re);
  luaL_setmetatable(L, PM_REGEX);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, 3, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_setiuservalue(L, 3, 2);
  lua_pushvalue(L, 2);
  lua_setiuservalue(L, 3, 3);
  int code = pm_regex_compile(re, pattern, len, options, limits,
                              &machine_of(L)->stack, &offset);
  if (code == 0)
    return 1;
  char text[256];
  pm_regex_message(code, text, sizeof text);
  size_t excerpt = offset > 20 ? offset - 20 : 0;
  while (excerpt < offset && pm_utf8_is_tail(pattern[excerpt]))
    excerpt++;
  lua_pushnil(L);
  lua_pushlstring(L, pattern + excerpt, offset - excerpt);
  lua_pushfstring(L, "%s at byte %I, after '%s'", text, (lua_Integer)offset + 1,
                  lua_tostring(L, -1));
  lua_replace(L, -2);
  lua_pushinteger(L, (lua_Integer)offset + 1);
  return 3;
}

/* regex.groups(regex) --> how many, {name = number}; the number is the name
 * again when several groups have it */
static int regex_groups(lua_State *L) {
  pm_regex *re = pm_regex_check(L, 1);
  lua_pushinteger(L, re->groups);
  lua_newtable(L);
  for (uint32_t i = pm_regex_names(re); i-- > 0;) {
    int group;
    const char *name = pm_regex_name(re, i, &group);
    if (lua_getfield(L, -1, name) == LUA_TNIL)
      lua_pushinteger(L, group);
    else
      lua_pushstring(L, name);
    lua_setfield(L, -3, name);
    lua_pop(L, 1);
  }
  return 2;
}

/* regex.literal(regex) --> a string that every match has, in lower case if the
 * case does not matter | nil */
static int regex_literal(lua_State *L) {
  pm_regex *re = pm_regex_check(L, 1);
  if (re->known && re->need.literal_len > 0)
    lua_pushlstring(L, re->need.literal, re->need.literal_len);
  else
    lua_pushnil(L);
  return 1;
}

static int regex_gc(lua_State *L) {
  pm_regex_close(luaL_checkudata(L, 1, PM_REGEX));
  return 0;
}

/* tostring(regex) --> regex "a+b" i */
static int regex_tostring(lua_State *L) {
  luaL_checkudata(L, 1, PM_REGEX);
  lua_getiuservalue(L, 1, 1);
  lua_getiuservalue(L, 1, 3);
  const char *flags = lua_tostring(L, -1);
  lua_pushfstring(L, "regex \"%s\"%s%s", lua_tostring(L, -2), *flags ? " " : "",
                  flags);
  return 1;
}

static const luaL_Reg methods[] = {
    {"find", pm_regex_lua_find},     {"match", pm_regex_lua_match},
    {"test", pm_regex_lua_test},     {"captures", pm_regex_lua_captures},
    {"gmatch", pm_regex_lua_gmatch}, {"gsub", pm_regex_lua_gsub},
    {"count", pm_regex_lua_count},   {"spans", pm_regex_lua_spans},
    {"split", pm_regex_lua_split},   {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"new", regex_new},
    {"groups", regex_groups},
    {"literal", regex_literal},
    {"raise_limits", regex_raise_limits},
    {"spans", pm_regex_lua_spans},
    {NULL, NULL},
};

static const luaL_Reg metamethods[] = {
    {"__gc", regex_gc},
    {"__tostring", regex_tostring},
    {NULL, NULL},
};

/* Pushes the machine of regexes with this metatable, born closed. */
static void push_machine(lua_State *L, const void *meta) {
  machine *m = lua_newuserdatauv(L, sizeof *m, 2);
  *m = (machine){.meta = meta};
  if (luaL_newmetatable(L, MACHINE)) {
    lua_pushcfunction(L, machine_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  if (pm_regex_stack_open(&m->stack) != 0)
    luaL_error(L, "not enough memory for the stack of regex");
}

int pm_open_regex(lua_State *L) {
  luaL_newmetatable(L, PM_REGEX);
  luaL_setfuncs(L, metamethods, 0);
  push_machine(L, lua_topointer(L, -1));
  /* What Lua added to the methods stays when the core is opened again. */
  if (lua_getfield(L, -2, "__index") != LUA_TTABLE) {
    lua_pop(L, 1);
    luaL_newlibtable(L, methods);
    lua_pushvalue(L, -2);
    luaL_setfuncs(L, methods, 1);
    lua_pushvalue(L, -1);
    lua_setfield(L, -4, "__index");
  } /* metatable, machine, methods */
  luaL_newlibtable(L, functions);
  lua_pushvalue(L, -3);
  luaL_setfuncs(L, functions, 1);
  lua_insert(L, -2);
  lua_setfield(L, -2, "methods");
  return 1;
}
