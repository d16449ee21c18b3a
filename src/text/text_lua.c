/*
 * pumice.core.text. Texts that come out as they went in are the same Lua
 * string: nothing is copied.
 */
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/buffer_lua.h"
#include "text/mend.h"
#include "text/normal.h"
#include "text/profile.h"
#include "text/punct.h"
#include "text/repair.h"
#include "text/squeeze.h"
#include "text/utf8.h"
#include "text/utf8_lua.h"

/* text.check(s) --> true | nil, message, position */
static int text_check(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  size_t good = pm_utf8_check(text, len);
  if (good < len)
    return pm_utf8_invalid(L, text, good);
  lua_pushboolean(L, 1);
  return 1;
}

static int no_memory(lua_State *L, size_t len) {
  return luaL_error(L, "not enough memory for a text of %I bytes",
                    (lua_Integer)len);
}

/* Pushes what was written, or the text at argument 1 if that is the same. */
static void take(lua_State *L, pm_buffer *out) {
  size_t len;
  const char *text = lua_tolstring(L, 1, &len);
  if (out->len == len && (len == 0 || memcmp(out->at, text, len) == 0)) {
    pm_buffer_free(out);
    lua_pushvalue(L, 1);
  } else {
    pm_buffer_take(L, out);
  }
}

/* text.normalize(s, form) --> text | nil, message, position */
static int text_normalize(lua_State *L) {
  static const char *const names[] = {
      [PM_NFC] = "NFC",           [PM_NFD] = "NFD",
      [PM_NFKC] = "NFKC",         [PM_NFKD] = "NFKD",
      [PM_FOLD] = "fold",         [PM_FOLD_SIMPLE] = "fold simple",
      [PM_STRIP] = "strip marks", NULL};
  size_t len;
  pm_form form = (pm_form)luaL_checkoption(L, 2, NULL, names);
  const char *text = pm_utf8_valid(L, &len);
  if (!text)
    return 3;
  lua_settop(L, 1);
  size_t span = pm_normal_span(text, len, form);
  if (span == len)
    return 1;
  pm_buffer *out = pm_buffer_push(L);
  pm_buffer *wide = pm_buffer_push(L);
  if (pm_normal_extend(text, len, form, &span, out, wide) != 0)
    return no_memory(L, len);
  if (span == len) {
    lua_settop(L, 1);
    return 1;
  }
  if (pm_buffer_room(out, len) != 0 || pm_buffer_add(out, text, span) != 0 ||
      pm_normalize(text + span, len - span, form, out, wide) != 0)
    return no_memory(L, len);
  pm_buffer_free(wide);
  take(L, out);
  return 1;
}

static void push_counts(lua_State *L, const size_t *counts, int n) {
  lua_createtable(L, n, 0);
  for (int i = 0; i < n; i++) {
    lua_pushinteger(L, (lua_Integer)counts[i]);
    lua_rawseti(L, -2, i + 1);
  }
}

/* text.profile(s) --> table of counts */
static int text_profile(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  pm_profile p;
  pm_profile_count(text, len, &p);
  const struct {
    const char *name;
    size_t count;
  } counts[] = {
      {"bytes", len},           {"characters", p.characters},
      {"invalid", p.invalid},   {"nul", p.nul},
      {"controls", p.controls}, {"c1", p.c1},
      {"bom", p.bom},           {"zero_width", p.zero_width},
      {"bidi", p.bidi},         {"replacement", p.replacement},
  };
  lua_createtable(L, 0, sizeof counts / sizeof *counts);
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    lua_pushinteger(L, (lua_Integer)counts[i].count);
    lua_setfield(L, -2, counts[i].name);
  }
  return 1;
}

/* text.repair(s, steps, every) --> text, array of counts, array of characters
 * by charset; `steps` is a set of bits; only the text when nothing was done */
static int text_repair(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  unsigned steps = (unsigned)luaL_checkinteger(L, 2);
  int every = lua_toboolean(L, 3);
  lua_settop(L, 1);
  pm_mended done;
  pm_buffer *out = pm_buffer_push(L);
  pm_buffer *spare = pm_buffer_push(L);
  pm_buffer *work = pm_buffer_push(L);
  switch (pm_mend(text, len, steps, every, out, spare, work, &done)) {
  case -1: return no_memory(L, len);
  case 0: lua_settop(L, 1); return 1;
  }
  pm_buffer_free(spare);
  pm_buffer_free(work);
  take(L, out);
  push_counts(L, done.counts, PM_REPAIR_STEPS);
  push_counts(L, done.charsets, PM_CHARSETS);
  return 3;
}

/* text.punctuation(s, classes, typographic) --> text | nil, message, position
 */
static int text_punctuation(lua_State *L) {
  size_t len;
  unsigned classes = (unsigned)luaL_checkinteger(L, 2);
  int typographic = lua_toboolean(L, 3);
  const char *text = pm_utf8_valid(L, &len);
  if (!text)
    return 3;
  pm_buffer *out = pm_buffer_push(L);
  int failed = typographic ? pm_punct_typographic(text, len, classes, out)
                           : pm_punct_ascii(text, len, classes, out);
  if (failed)
    return no_memory(L, len);
  take(L, out);
  return 1;
}

/* text.squeeze(s) --> text | nil, message, position */
static int text_squeeze(lua_State *L) {
  size_t len;
  const char *text = pm_utf8_valid(L, &len);
  if (!text)
    return 3;
  pm_buffer *out = pm_buffer_push(L);
  if (pm_squeeze(text, len, out) != 0)
    return no_memory(L, len);
  take(L, out);
  return 1;
}

static const luaL_Reg functions[] = {
    {"check", text_check},
    {"normalize", text_normalize},
    {"profile", text_profile},
    {"punctuation", text_punctuation},
    {"repair", text_repair},
    {"squeeze", text_squeeze},
    {NULL, NULL},
};

int pm_open_text(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
