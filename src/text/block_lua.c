/*
 * Lexicons and block measures for Lua. A measure is a table of columns, so
 * that a loop over blocks reads its neighbours as easily as itself.
 */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/block.h"
#include "text/spans.h"

#define LEXICON "pumice.lexicon"

/* lexicon(phrases, masks, counted, covering) --> lexicon
 *   phrases  array of strings, masks  array of integers: the classes of each;
 *   counted and covering are masks of classes */
static int block_lexicon(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_Integer counted = luaL_checkinteger(L, 3);
  lua_Integer covering = luaL_checkinteger(L, 4);
  pm_lexicon *lexicon = lua_newuserdatauv(L, sizeof *lexicon, 0);
  *lexicon = (pm_lexicon){.counted = (uint64_t)counted,
                          .covering = (uint64_t)covering};
  luaL_setmetatable(L, LEXICON);
  lua_Integer n = luaL_len(L, 1);
  for (lua_Integer i = 1; i <= n; i++) {
    size_t len;
    lua_geti(L, 1, i);
    lua_geti(L, 2, i);
    const char *phrase = luaL_checklstring(L, -2, &len);
    uint64_t classes = (uint64_t)luaL_checkinteger(L, -1);
    switch (pm_lexicon_add(lexicon, phrase, len, classes)) {
    case 0: break;
    case 1:
      return luaL_error(L, "phrase '%s' has no word or over %d", phrase,
                        PM_LEXICON_WORDS);
    default: return luaL_error(L, "not enough memory for the lexicon");
    }
    lua_pop(L, 2);
  }
  return 1;
}

static int lexicon_gc(lua_State *L) {
  pm_lexicon_free(luaL_checkudata(L, 1, LEXICON));
  return 0;
}

static const char *const columns[] = {
    "first",   "last",       "gap",      "words", "characters", "lower",
    "capital", "upper",      "numbers",  "links", "sentences",  "commas",
    "quotes",  "separators", "brackets", "ats",   "common",     "covered",
    "mask",    "exact",      "masked",   "plain", "opening",    "ending",
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* measure(text, lexicon) --> table of columns, how many blocks */
static int block_measure(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  const pm_lexicon *lexicon = luaL_checkudata(L, 2, LEXICON);
  luaL_argcheck(L, len <= PM_TEXT_MAX, 1, "text longer than 4 GiB");
  lua_settop(L, 2);
  luaL_checkstack(L, COLUMNS + 4, NULL);
  for (int c = 0; c < COLUMNS; c++)
    lua_newtable(L);
  size_t width = pm_block_wrap(text, len), at = 0;
  lua_Integer n = 0;
  pm_block b;
  while (pm_block_next(text, len, width, lexicon, &at, &b)) {
    const lua_Integer values[COLUMNS] = {
        (lua_Integer)b.start + 1,
        (lua_Integer)b.end,
        b.gap,
        b.words,
        b.characters,
        b.lower,
        b.capital,
        b.upper,
        b.numbers,
        b.links,
        b.sentences,
        b.commas,
        b.quotes,
        b.separators,
        b.brackets,
        b.ats,
        b.common,
        b.covered,
        (lua_Integer)b.mask,
        (lua_Integer)b.exact,
        (lua_Integer)b.masked,
        b.plain,
        (lua_Integer)b.opening,
        (lua_Integer)b.ending,
    };
    n++;
    for (int c = 0; c < COLUMNS; c++) {
      lua_pushinteger(L, values[c]);
      lua_rawseti(L, 3 + c, n);
    }
  }
  lua_createtable(L, 0, COLUMNS);
  for (int c = 0; c < COLUMNS; c++) {
    lua_pushvalue(L, 3 + c);
    lua_setfield(L, -2, columns[c]);
  }
  lua_pushinteger(L, n);
  return 2;
}

enum { SKETCH_MAX = 64 };

/* sketch(text, first, last, room) --> up to `room` hashes, packed in 8 bytes */
static int block_sketch(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  lua_Integer first = luaL_checkinteger(L, 2);
  lua_Integer last = luaL_checkinteger(L, 3);
  lua_Integer room = luaL_checkinteger(L, 4);
  luaL_argcheck(L, first >= 1 && first <= last + 1, 2, "not in the text");
  luaL_argcheck(L, last <= (lua_Integer)len, 3, "not in the text");
  luaL_argcheck(L, room >= 1 && room <= SKETCH_MAX, 4, "1 to 64 hashes");
  uint64_t out[SKETCH_MAX];
  size_t n = pm_block_sketch(text + first - 1, (size_t)(last - first + 1), out,
                             (size_t)room);
  char packed[SKETCH_MAX * 8];
  for (size_t i = 0; i < n * 8; i++)
    packed[i] = (char)(uint8_t)(out[i / 8] >> (i % 8 * 8));
  lua_pushlstring(L, packed, n * 8);
  return 1;
}

static const luaL_Reg functions[] = {
    {"lexicon", block_lexicon},
    {"measure", block_measure},
    {"sketch", block_sketch},
    {NULL, NULL},
};

int pm_open_block(lua_State *L) {
  luaL_newmetatable(L, LEXICON);
  lua_pushcfunction(L, lexicon_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
