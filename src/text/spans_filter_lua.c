/*
 * Spans: count, where, without. All three ask one question of every span; what
 * they are given says which one.
 */
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "text/regex_lua.h"
#include "text/regex_within.h"
#include "text/spans_lua.h"
#include "text/string_set_lua.h"

typedef struct question {
  enum { SET, TABLE, FUNCTION, LENGTH, PATTERN } kind;
  const pm_string_set *set;
  pm_regex_within within;
  lua_Integer min, max; /* bytes, or characters when `chars` is set */
  int chars;
} question;

static int is_length(lua_State *L, question *q);
static int is_larger(lua_State *L, size_t size);

/* Reads argument 2, for the Spans at 1. What it needs to keep alive stays on
 * the stack. */
static question read_question(lua_State *L, size_t spans) {
  question q = {.kind = SET, .max = LUA_MAXINTEGER};
  switch (lua_type(L, 2)) {
  case LUA_TFUNCTION: q.kind = FUNCTION; break;
  case LUA_TUSERDATA:
    if (luaL_testudata(L, 2, PM_REGEX)) {
      size_t len;
      const char *text = pm_spans_text(L, 1, &len);
      q.kind = PATTERN;
      q.within = pm_regex_within_begin(pm_regex_check(L, 2), text, len);
    } else {
      q.set = luaL_checkudata(L, 2, PM_STRING_SET);
    }
    break;
  case LUA_TTABLE:
    if (is_length(L, &q))
      q.kind = LENGTH;
    else if (is_larger(L, spans))
      q.kind = TABLE;
    else
      q.set = pm_string_set_new(L, 2);
    break;
  default:
    luaL_argerror(L, 2,
                  "a set of strings, a regex, a function or {min =, max =} "
                  "expected");
  }
  return q;
}

/* {min =, max =} or {min_chars =, max_chars =} and nothing else */
static int is_length(lua_State *L, question *q) {
  static const char *const names[] = {"min", "max", "min_chars", "max_chars",
                                      NULL};
  int known = 0, others = 0;
  for (lua_pushnil(L); lua_next(L, 2); lua_pop(L, 1)) {
    int i = 4;
    if (lua_type(L, -2) == LUA_TSTRING && !lua_isboolean(L, -1)) {
      const char *key = lua_tostring(L, -2);
      for (i = 0; names[i] && strcmp(names[i], key) != 0;)
        i++;
    }
    if (names[i] && !lua_isinteger(L, -1))
      luaL_error(L, "'%s' is an integer, not %s", names[i],
                 luaL_tolstring(L, -1, NULL));
    if (!names[i]) {
      others = 1;
      lua_pop(L, 2);
      break;
    }
    known |= 1 << i;
    *(i & 1 ? &q->max : &q->min) = lua_tointeger(L, -1);
  }
  if (!known || others)
    return 0;
  q->chars = known > 3;
  luaL_argcheck(L, known <= 3 || (known & 3) == 0, 2,
                "lengths are in bytes (min, max) or in characters (min_chars, "
                "max_chars), not in both");
  return 1;
}

/* Strings as keys, more of them than there are spans to look up: then the
 * table itself is asked. */
static int is_larger(lua_State *L, size_t size) {
  lua_rawgeti(L, 2, 1);
  int list = !lua_isnil(L, -1);
  lua_pop(L, 1);
  if (list)
    return 0;
  lua_pushnil(L);
  for (size_t seen = 0; lua_next(L, 2); seen++) {
    lua_pop(L, 1);
    if (seen == size) {
      lua_pop(L, 1);
      return 1;
    }
  }
  return 0;
}

static lua_Integer length_of(const char *s, size_t len, int chars) {
  if (!chars)
    return (lua_Integer)len;
  lua_Integer count = 0;
  for (size_t i = 0; i < len; i++)
    count += ((unsigned char)s[i] & 0xC0) != 0x80;
  return count;
}

/* For the span `at`, the i-th, of `text`. */
static int holds(lua_State *L, question *q, const char *text, pm_span at,
                 size_t i) {
  const char *s = text + at.start;
  size_t len = at.end - at.start;
  switch (q->kind) {
  case PATTERN: {
    int code = pm_regex_within_has(&q->within, at);
    return code < 0 ? pm_regex_raise(L, 2, code) : code;
  }
  case SET: return pm_string_set_has(q->set, s, len);
  case LENGTH: {
    lua_Integer n = length_of(s, len, q->chars);
    return n >= q->min && n <= q->max;
  }
  case TABLE:
    lua_pushlstring(L, s, len);
    lua_rawget(L, 2);
    break;
  case FUNCTION:
    lua_pushvalue(L, 2);
    lua_pushlstring(L, s, len);
    lua_pushinteger(L, (lua_Integer)i + 1);
    lua_call(L, 2, 1);
  }
  int yes = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return yes;
}

/* spans:count(set | regex | function | {min =, max =}) --> how many */
static int spans_count(lua_State *L) {
  const pm_spans *s = pm_spans_check(L, 1);
  const char *text = pm_spans_text(L, 1, NULL);
  question q = read_question(L, s->count);
  lua_Integer count = 0;
  for (size_t i = 0; i < s->count; i++)
    count += holds(L, &q, text, s->at[i], i);
  lua_pushinteger(L, count);
  return 1;
}

static int filter(lua_State *L, int wanted) {
  const pm_spans *s = pm_spans_check(L, 1);
  const char *text = pm_spans_text(L, 1, NULL);
  question q = read_question(L, s->count);
  pm_spans *kept = pm_spans_over(L, 1);
  pm_spans_room(L, kept, s->count);
  for (size_t i = 0; i < s->count; i++) {
    if (holds(L, &q, text, s->at[i], i) == wanted)
      kept->at[kept->count++] = s->at[i];
  }
  return 1;
}

/* spans:where(set | regex | function | {min =, max =}) --> Spans */
static int spans_where(lua_State *L) {
  return filter(L, 1);
}

/* spans:without(set | regex | function | {min =, max =}) --> Spans */
static int spans_without(lua_State *L) {
  return filter(L, 0);
}

const luaL_Reg pm_spans_filters[] = {
    {"count", spans_count},
    {"where", spans_where},
    {"without", spans_without},
    {NULL, NULL},
};
