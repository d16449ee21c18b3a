/*
 * pumice.core.script: writing systems, what deceives the eye, and how wide
 * text is.
 */
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/buffer_lua.h"
#include "text/script.h"
#include "text/spans.h"
#include "text/suspects.h"
#include "text/utf8.h"
#include "text/utf8_lua.h"
#include "text/width.h"

/* script.width(s, tab) --> columns | nil, message, position */
static int script_width(lua_State *L) {
  size_t len;
  lua_Integer tab = luaL_checkinteger(L, 2);
  luaL_argcheck(L, tab >= 1, 2, "a tab is at least 1 column");
  const char *text = pm_utf8_valid(L, &len);
  if (!text)
    return 3;
  luaL_argcheck(L, len <= PM_TEXT_MAX, 1, "text too long");
  lua_pushinteger(L, (lua_Integer)pm_width(text, len, (size_t)tab));
  return 1;
}

/* script.count(s) --> table of letters by script | nil, message, position */
static int script_count(lua_State *L) {
  size_t len;
  const char *text = pm_utf8_valid(L, &len);
  if (!text)
    return 3;
  size_t *counts = lua_newuserdatauv(L, pm_scripts() * sizeof *counts, 0);
  memset(counts, 0, pm_scripts() * sizeof *counts);
  pm_script_count(text, len, counts);
  lua_newtable(L);
  for (unsigned i = 0; i < pm_scripts(); i++)
    if (counts[i] > 0) {
      lua_pushinteger(L, (lua_Integer)counts[i]);
      lua_setfield(L, -2, pm_script_name(i));
    }
  return 1;
}

/* The script of most letters. */
static unsigned main_script(const char *text, size_t len, size_t *counts) {
  unsigned best = 0;
  memset(counts, 0, pm_scripts() * sizeof *counts);
  pm_script_count(text, len, counts);
  for (unsigned i = 1; i < pm_scripts(); i++)
    if (counts[i] > counts[best])
      best = i;
  return best;
}

/* Pushes what the word at `p` reads as. */
static void push_reading(lua_State *L, const char *p, const char *end,
                         int to_latin) {
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  while (p < end) {
    char *to = luaL_prepbuffsize(&b, 4);
    uint32_t c = pm_utf8_next(&p);
    uint32_t like = (c < 0x80) != to_latin ? pm_lookalike(c) : 0;
    luaL_addsize(&b, pm_utf8_write(to, like ? like : c));
  }
  luaL_pushresult(&b);
}

/* script.suspects(s) --> array of {kind, first, last, reads} | nil, message,
 * position */
static int script_suspects(lua_State *L) {
  static const char *const kinds[] = {
      [PM_SUSPECT_CONFUSABLE] = "confusable",
      [PM_SUSPECT_MIXED] = "mixed",
      [PM_SUSPECT_INVISIBLE] = "invisible",
      [PM_SUSPECT_BIDI] = "bidi",
  };
  size_t len;
  const char *text = pm_utf8_valid(L, &len);
  if (!text)
    return 3;
  size_t *counts = lua_newuserdatauv(L, pm_scripts() * sizeof *counts, 0);
  pm_buffer *out = pm_buffer_push(L);
  if (pm_suspects(text, len, main_script(text, len, counts), out) != 0)
    return luaL_error(L, "not enough memory");
  const pm_suspect *found = (const pm_suspect *)(const void *)out->at;
  size_t n = out->len / sizeof *found;
  lua_createtable(L, n < 1 << 20 ? (int)n : 1 << 20, 0);
  for (size_t i = 0; i < n; i++) {
    lua_createtable(L, 0, 4);
    lua_pushstring(L, kinds[found[i].kind]);
    lua_setfield(L, -2, "kind");
    lua_pushinteger(L, (lua_Integer)found[i].start + 1);
    lua_setfield(L, -2, "first");
    lua_pushinteger(L, (lua_Integer)found[i].end);
    lua_setfield(L, -2, "last");
    if (found[i].kind == PM_SUSPECT_CONFUSABLE) {
      push_reading(L, text + found[i].start, text + found[i].end,
                   found[i].to_latin);
      lua_setfield(L, -2, "reads");
    }
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* script.skeleton(s): valid text with look-alikes made Latin */
static int script_skeleton(lua_State *L) {
  size_t len;
  const char *p = pm_utf8_valid(L, &len);
  if (!p)
    return 3;
  push_reading(L, p, p + len, 1);
  return 1;
}

static const luaL_Reg functions[] = {
    {"count", script_count},
    {"skeleton", script_skeleton},
    {"suspects", script_suspects},
    {"width", script_width},
    {NULL, NULL},
};

int pm_open_script(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
