/* Making an encoder from Lua, step by step. */
#include "text/bpe_lua.h"

#include "text/bpe_derive.h"
#include "text/regex_lua.h"

/* Pushes nil and what is wrong with a token; raises when memory is short. */
static int fail(lua_State *L, int code, const char *what, lua_Integer which) {
  if (code == PM_VOCAB_MEMORY || code == PM_BPE_MEMORY)
    return luaL_error(L, "not enough memory for a vocabulary");
  lua_pushnil(L);
  lua_pushfstring(L, "%s %I: %s", what, which,
                  code == PM_RANKS_LINE
                      ? "not a token in base64, a blank and its rank"
                  : code == PM_VOCAB_TWICE
                      ? "another token has that id, or that token another id"
                      : "no bytes, or an id that is not from 0 to 2097151");
  return 2;
}

/* encoder:ranks(bytes) --> true | nil, message */
static int bpe_ranks(lua_State *L) {
  pm_encoder *e = pm_encoder_check(L);
  size_t len, line;
  const char *text = luaL_checklstring(L, 2, &len);
  int failed = pm_ranks_read(&e->bpe.vocab, text, len, &line);
  if (failed)
    return fail(L, failed, "line", (lua_Integer)line);
  lua_pushboolean(L, 1);
  return 1;
}

/* encoder:tokens({[id] = bytes}) --> true | nil, message */
static int bpe_tokens(lua_State *L) {
  pm_encoder *e = pm_encoder_check(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, 2); lua_pop(L, 1)) {
    lua_Integer id = luaL_checkinteger(L, -2);
    size_t len;
    luaL_checktype(L, -1, LUA_TSTRING);
    const char *token = lua_tolstring(L, -1, &len);
    int failed = id < 0 || id >= PM_VOCAB_IDS
                     ? PM_VOCAB_RANGE
                     : pm_vocab_add(&e->bpe.vocab, (uint32_t)id, token, len);
    if (failed)
      return fail(L, failed, "id", id);
  }
  lua_pushboolean(L, 1);
  return 1;
}

static uint32_t number_at(lua_State *L, int table, lua_Integer i) {
  lua_rawgeti(L, table, i);
  lua_Integer n = luaL_checkinteger(L, -1);
  lua_pop(L, 1);
  return n < 0 || n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

/* Pushes nil and a message when a byte has no token; returns what it pushed. */
static int fail_at_missing(lua_State *L, const pm_bpe *b) {
  unsigned missing = pm_bpe_missing_byte(b);
  if (missing == 256)
    return 0;
  lua_pushnil(L);
  lua_pushfstring(L, "the vocabulary has no token for byte %d", (int)missing);
  return 2;
}

/* encoder:rules({left, right, made, left, ...}) --> true | nil, message; in the
 * order of their ranks. Without a table: those that the vocabulary implies. */
static int bpe_rules(lua_State *L) {
  pm_encoder *e = pm_encoder_check(L);
  int missing = fail_at_missing(L, &e->bpe);
  if (missing)
    return missing;
  int failed = 0;
  size_t count = 0;
  if (lua_isnoneornil(L, 2)) {
    failed = pm_bpe_derive(&e->bpe.pairs, &e->bpe.vocab);
  } else {
    luaL_checktype(L, 2, LUA_TTABLE);
    size_t rules = lua_rawlen(L, 2) / 3;
    for (; count < rules && !failed; count++) {
      lua_Integer at = (lua_Integer)count * 3;
      uint32_t left = number_at(L, 2, at + 1), right = number_at(L, 2, at + 2);
      failed = pm_pairs_add(&e->bpe.pairs, left, right, (uint32_t)count,
                            number_at(L, 2, at + 3));
    }
  }
  if (failed)
    return fail(L, failed, "rule", (lua_Integer)count);
  lua_pushboolean(L, 1);
  return 1;
}

/* The string at table[i], which the table keeps, or an error. */
static pm_phrase string_at(lua_State *L, int table, lua_Integer i) {
  pm_phrase s;
  /* A number would be turned in a copy, which nobody keeps. */
  luaL_argcheck(L, lua_rawgeti(L, table, i) == LUA_TSTRING, table, "strings");
  s.text = lua_tolstring(L, -1, &s.len);
  lua_pop(L, 1);
  return s;
}

/* encoder:names(strings, ids) --> true | nil, message; when finished */
static int bpe_names(lua_State *L) {
  pm_encoder *e = pm_encoder_finished(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  luaL_checktype(L, 3, LUA_TTABLE);
  lua_Integer count = (lua_Integer)lua_rawlen(L, 2);
  for (lua_Integer i = 1; i <= count; i++) {
    pm_phrase token = string_at(L, 2, i);
    uint32_t id = number_at(L, 3, i);
    int failed = pm_vocab_name(&e->bpe.vocab, id, token.text, token.len);
    if (failed)
      return fail(L, failed, "special token", i);
  }
  lua_pushboolean(L, 1);
  return 1;
}

/* encoder:special(which, strings, ids) --> true; which: 0 found always, 1 when
 * asked for; their ids have names */
static int bpe_special(lua_State *L) {
  pm_encoder *e = pm_encoder_finished(L);
  lua_Integer which = luaL_checkinteger(L, 2);
  luaL_argcheck(L, which == 0 || which == 1, 2, "0 or 1");
  luaL_argcheck(L, !e->bpe.special[which].ids, 2, "set before");
  luaL_checktype(L, 3, LUA_TTABLE);
  luaL_checktype(L, 4, LUA_TTABLE);
  size_t count = lua_rawlen(L, 3);
  luaL_argcheck(L, count < PM_VOCAB_IDS, 3, "too many");
  pm_phrase *strings = lua_newuserdatauv(L, count * sizeof *strings + 1, 0);
  uint32_t *ids = lua_newuserdatauv(L, count * sizeof *ids + 1, 0);
  for (size_t i = 0; i < count; i++) {
    strings[i] = string_at(L, 3, (lua_Integer)i + 1);
    ids[i] = number_at(L, 4, (lua_Integer)i + 1);
  }
  if (pm_bpe_set_special(&e->bpe, (int)which, strings, ids, count) != 0)
    return luaL_error(L, "not enough memory for special tokens");
  lua_pushboolean(L, 1);
  return 1;
}

static const char *const patterns[] = {"r50k", "cl100k", "qwen2", "o200k",
                                       NULL};

/* encoder:finish(stages, whole) --> true | nil, message; a stage is the name of
 * a pattern or a regex */
static int bpe_finish(lua_State *L) {
  pm_encoder *e = pm_encoder_check(L);
  pm_bpe *b = &e->bpe;
  luaL_argcheck(L, !e->finished, 1, "finished before");
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t count = lua_rawlen(L, 2);
  luaL_argcheck(L, count <= PM_BPE_STAGES, 2, "more than 8 patterns");
  for (size_t i = 0; i < count; i++) {
    pm_bpe_stage *stage = &b->stages[i];
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    if (lua_isuserdata(L, -1)) {
      stage->pattern = PM_BPE_REGEX;
      stage->regex = pm_regex_check(L, -1);
    } else {
      stage->pattern = (pm_bpe_pattern)luaL_checkoption(L, -1, NULL, patterns);
    }
    lua_pop(L, 1);
  }
  int missing = fail_at_missing(L, b);
  if (missing)
    return missing;
  b->stage_count = (unsigned)count;
  b->whole = lua_toboolean(L, 3);
  if (pm_bpe_finish(b) != 0)
    return luaL_error(L, "not enough memory for a vocabulary");
  lua_pushvalue(L, 2); /* keeps the regexes */
  lua_setiuservalue(L, 1, 1);
  e->finished = true;
  /* Some 30 MiB that the collector does not see. */
  if (lua_gc(L, LUA_GCISRUNNING))
    lua_gc(L, LUA_GCSTEP, 30 << 10);
  lua_pushboolean(L, 1);
  return 1;
}

const luaL_Reg pm_bpe_building[] = {
    {"ranks", bpe_ranks}, {"tokens", bpe_tokens},   {"rules", bpe_rules},
    {"names", bpe_names}, {"special", bpe_special}, {"finish", bpe_finish},
    {NULL, NULL},
};
