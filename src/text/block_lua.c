/*
 * Lexicons and the blocks of a page for Lua. What is counted of blocks comes in
 * columns, so that a loop reads neighbours as easily as the block itself.
 */
#include <limits.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/memory_lua.h"
#include "text/spans.h"
#include "text/story.h"

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

#define PAGE "pumice.page"

/* The blocks of a text and what the page says of each. */
typedef struct page {
  pm_block *blocks;       /* [room], `count` are read */
  pm_story_place *places; /* [count + 1] once read */
  size_t count, room;
  pm_story story;
} page;

static int page_gc(lua_State *L) {
  page *p = luaL_checkudata(L, 1, PAGE);
  pm_memory_resize(L, p->blocks, p->room * sizeof *p->blocks, 0);
  *p = (page){0};
  return 0;
}

static void page_grow(lua_State *L, page *p) {
  size_t room = p->room ? p->room * 2 : 64;
  void *blocks = pm_memory_resize(L, p->blocks, p->room * sizeof *p->blocks,
                                  room * sizeof *p->blocks);
  if (!blocks)
    luaL_error(L, "not enough memory for %I blocks", (lua_Integer)room);
  p->blocks = blocks;
  p->room = room;
}

/* read(text, lexicon, heading, meta) --> page, blocks, share of prose
 *   heading and meta are masks of classes (story.h) */
static int block_read(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  const pm_lexicon *lexicon = luaL_checkudata(L, 2, LEXICON);
  const pm_story_classes classes = {(uint64_t)luaL_checkinteger(L, 3),
                                    (uint64_t)luaL_checkinteger(L, 4)};
  luaL_argcheck(L, len <= PM_TEXT_MAX, 1, "text longer than 4 GiB");
  page *p = lua_newuserdatauv(L, sizeof *p, 1);
  *p = (page){0};
  luaL_setmetatable(L, PAGE);
  size_t width = pm_block_wrap(text, len), at = 0;
  for (;;) {
    if (p->count == p->room)
      page_grow(L, p);
    if (!pm_block_next(text, len, width, lexicon, &at, &p->blocks[p->count]))
      break;
    p->count++;
  }
  p->places = lua_newuserdatauv(L, (p->count + 1) * sizeof *p->places, 0);
  size_t room = 1;
  while (room < p->count * 2)
    room *= 2;
  uint32_t *table = lua_newuserdatauv(L, room * sizeof *table, 0);
  pm_story_read(&p->story, p->blocks, p->count, &classes, p->places, table,
                room);
  lua_pop(L, 1);
  lua_setiuservalue(L, -2, 1); /* the page keeps its places */
  lua_pushinteger(L, (lua_Integer)p->count);
  lua_pushnumber(L, p->story.share);
  return 3;
}

static const char *const column_names[] = {
    "first",   "last",   "gap",        "words",  "lower",  "capital",
    "numbers", "links",  "sentences",  "commas", "quotes", "common",
    "covered", "mask",   "separators", "ats",    "exact",  "masked",
    "plain",   "ending", NULL,
};

static lua_Integer column_value(const pm_block *b, int column) {
  switch (column) {
  case 0: return (lua_Integer)b->start + 1;
  case 1: return (lua_Integer)b->end;
  case 2: return b->gap;
  case 3: return b->words;
  case 4: return b->lower;
  case 5: return b->capital;
  case 6: return b->numbers;
  case 7: return b->links;
  case 8: return b->sentences;
  case 9: return b->commas;
  case 10: return b->quotes;
  case 11: return b->common;
  case 12: return b->covered;
  case 13: return (lua_Integer)b->mask;
  case 14: return b->separators;
  case 15: return b->ats;
  case 16: return (lua_Integer)b->exact;
  case 17: return (lua_Integer)b->masked;
  case 18: return b->plain;
  default: return (lua_Integer)b->ending;
  }
}

/* page:column(name) --> array, one integer a block */
static int page_column(lua_State *L) {
  page *p = luaL_checkudata(L, 1, PAGE);
  int column = luaL_checkoption(L, 2, NULL, column_names);
  lua_createtable(L, (int)(p->count < INT_MAX ? p->count : INT_MAX), 0);
  for (size_t i = 0; i < p->count; i++) {
    lua_pushinteger(L, column_value(&p->blocks[i], column));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* Reads a table of weights by block, from -128 to 127; NULL when there is none.
 * The memory is pushed. */
static const int8_t *check_held(lua_State *L, int arg, const page *p) {
  if (lua_isnoneornil(L, arg)) {
    lua_pushnil(L);
    return NULL;
  }
  luaL_checktype(L, arg, LUA_TTABLE);
  int8_t *held = lua_newuserdatauv(L, p->count + 1, 0);
  memset(held, 0, p->count + 1);
  lua_pushnil(L);
  while (lua_next(L, arg)) {
    lua_Integer i = luaL_checkinteger(L, -2);
    lua_Number weight = luaL_checknumber(L, -1);
    luaL_argcheck(L, i >= 1 && (size_t)i <= p->count, arg, "no such block");
    held[i - 1] = (int8_t)(weight > 127 ? 127 : weight < -128 ? -128 : weight);
    lua_pop(L, 1);
  }
  return held;
}

/* page:score(weights, base, held or nil) --> array of sums
 *   weights  one float a feature, packed; base is added to each sum */
static int page_score(lua_State *L) {
  page *p = luaL_checkudata(L, 1, PAGE);
  size_t size;
  const char *packed = luaL_checklstring(L, 2, &size);
  lua_Number base = luaL_checknumber(L, 3);
  luaL_argcheck(L, size == pm_story_features() * sizeof(float), 2,
                "not a weight for each feature");
  lua_settop(L, 4);
  const int8_t *held = check_held(L, 4, p);
  float *weights = lua_newuserdatauv(L, size, 0);
  memcpy(weights, packed, size);
  lua_createtable(L, (int)(p->count < INT_MAX ? p->count : INT_MAX), 0);
  uint16_t features[PM_STORY_MOST];
  for (size_t i = 0; i < p->count; i++) {
    size_t n = pm_story_describe(&p->story, i, held, features);
    lua_Number sum = base;
    for (size_t k = 0; k < n; k++)
      sum += (lua_Number)weights[features[k]];
    lua_pushnumber(L, sum);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* page:features(i, held or nil) --> array of the features of block i, from 1 */
static int page_features(lua_State *L) {
  page *p = luaL_checkudata(L, 1, PAGE);
  lua_Integer i = luaL_checkinteger(L, 2);
  luaL_argcheck(L, i >= 1 && (size_t)i <= p->count, 2, "no such block");
  lua_settop(L, 3);
  const int8_t *held = check_held(L, 3, p);
  uint16_t features[PM_STORY_MOST];
  size_t n = pm_story_describe(&p->story, (size_t)i - 1, held, features);
  lua_createtable(L, (int)n, 0);
  for (size_t k = 0; k < n; k++) {
    lua_pushinteger(L, features[k] + 1);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  return 1;
}

/* groups() --> array of { name =, size = }: features are numbered in order */
static int block_groups(lua_State *L) {
  size_t count;
  const pm_story_group *groups = pm_story_groups(&count);
  lua_createtable(L, (int)count, 0);
  for (size_t i = 0; i < count; i++) {
    lua_createtable(L, 0, 2);
    lua_pushstring(L, groups[i].name);
    lua_setfield(L, -2, "name");
    lua_pushinteger(L, (lua_Integer)groups[i].size);
    lua_setfield(L, -2, "size");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
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
    {"groups", block_groups},
    {"read", block_read},
    {"sketch", block_sketch},
    {NULL, NULL},
};

static const luaL_Reg page_methods[] = {
    {"column", page_column},
    {"features", page_features},
    {"score", page_score},
    {NULL, NULL},
};

int pm_open_block(lua_State *L) {
  luaL_newmetatable(L, PAGE);
  lua_pushcfunction(L, page_gc);
  lua_setfield(L, -2, "__gc");
  luaL_newlib(L, page_methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  luaL_newmetatable(L, LEXICON);
  lua_pushcfunction(L, lexicon_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
