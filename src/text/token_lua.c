/* pumice.core.token: tokenizers that give Spans over their argument. */
#include <stddef.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/graphemes.h"
#include "text/lines.h"
#include "text/sentences.h"
#include "text/spans_lua.h"
#include "text/split.h"
#include "text/string_set_lua.h"
#include "text/words_path.h"

/* Spans for a text of this many bytes a token, at first; then it grows. */
static size_t first_room(size_t len, size_t bytes_each) {
  return len / bytes_each + 128;
}

/* Calls `next` on `state` until it gives no more; always with room for blocks
 * of words. */
#define COLLECT(L, spans, state, next, len, bytes_each)                        \
  do {                                                                         \
    size_t more_ = first_room(len, bytes_each), n_;                            \
    while ((n_ = next(state, pm_spans_room(L, spans, more_), more_)) > 0) {    \
      (spans)->count += n_;                                                    \
      more_ = (spans)->room - (spans)->count;                                  \
      if (more_ < 128)                                                         \
        more_ = (spans)->count / 2 + 128;                                      \
    }                                                                          \
  } while (0)

/* token.words(text, all, path) --> Spans; `path` is one of words_path.h by its
 * name, for tests and benchmarks, or nil: nil when the processor lacks it */
static int token_words(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  int all = lua_toboolean(L, 2);
  const char *name = luaL_optstring(L, 3, NULL);
  pm_words_path *next = name ? pm_words_path_named(name) : pm_words_next;
  if (!next)
    return 0;
  pm_spans *spans = pm_spans_new(L, 1);
  pm_words it = pm_words_begin(text, len, all);
  COLLECT(L, spans, &it, next, len, 6);
  return 1;
}

/* token.graphemes(text) --> Spans */
static int token_graphemes(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  pm_spans *spans = pm_spans_new(L, 1);
  pm_graphemes it = pm_graphemes_begin(text, len);
  COLLECT(L, spans, &it, pm_graphemes_next, len, 1);
  return 1;
}

#define RULES "pumice.sentence_rules"

/* token.sentence_rules(table) --> rules: sets by name (lists of strings or
 * sets), `lower_starts` and `ordinals` */
static int token_sentence_rules(lua_State *L) {
  static const struct {
    const char *name;
    size_t offset;
  } sets[] = {
      {"titles", offsetof(pm_sentence_rules, titles)},
      {"counted", offsetof(pm_sentence_rules, counted)},
      {"others", offsetof(pm_sentence_rules, others)},
      {"times", offsetof(pm_sentence_rules, times)},
      {"zones", offsetof(pm_sentence_rules, zones)},
      {"starters", offsetof(pm_sentence_rules, starters)},
      {"exclaimed", offsetof(pm_sentence_rules, exclaimed)},
      {"faces", offsetof(pm_sentence_rules, faces)},
      {"ends", offsetof(pm_sentence_rules, ends)},
      {"inner", offsetof(pm_sentence_rules, inner)},
      {"quoting", offsetof(pm_sentence_rules, quoting)},
  };
  const int count = sizeof sets / sizeof *sets;
  luaL_checktype(L, 1, LUA_TTABLE);
  pm_sentence_rules *rules = lua_newuserdatauv(L, sizeof *rules, count);
  *rules = (pm_sentence_rules){0};
  for (int i = 0; i < count; i++) {
    if (lua_getfield(L, 1, sets[i].name) != LUA_TNIL) {
      const pm_string_set *set = pm_string_set_new(L, -1);
      memcpy((char *)rules + sets[i].offset, &set, sizeof set);
      lua_setiuservalue(L, -3, i + 1); /* keeps it alive */
    }
    lua_pop(L, 1);
  }
  lua_getfield(L, 1, "lower_starts");
  rules->lower_starts = lua_toboolean(L, -1);
  lua_getfield(L, 1, "ordinals");
  rules->ordinals = lua_toboolean(L, -1);
  lua_pop(L, 2);
  luaL_setmetatable(L, RULES);
  return 1;
}

/* token.sentences(text, all, rules) --> Spans */
static int token_sentences(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  const pm_sentence_rules *rules =
      lua_isnoneornil(L, 3) ? NULL : luaL_checkudata(L, 3, RULES);
  int all = lua_toboolean(L, 2);
  pm_spans *spans = pm_spans_new(L, 1);
  pm_sentences it = pm_sentences_begin(text, len, all, rules);
  COLLECT(L, spans, &it, pm_sentences_next, len, 100);
  return 1;
}

/* token.lines(text, all, empty) --> Spans */
static int token_lines(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  int flags = (lua_toboolean(L, 2) ? PM_LINES_ENDS : 0) |
              (lua_toboolean(L, 3) ? 0 : PM_LINES_NO_EMPTY);
  pm_spans *spans = pm_spans_new(L, 1);
  pm_lines it = pm_lines_begin(text, len, flags);
  COLLECT(L, spans, &it, pm_lines_next, len, 50);
  return 1;
}

/* token.paragraphs(text, all) --> Spans */
static int token_paragraphs(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  int all = lua_toboolean(L, 2);
  pm_spans *spans = pm_spans_new(L, 1);
  pm_lines it = pm_lines_begin(text, len, all);
  COLLECT(L, spans, &it, pm_paragraphs_next, len, 200);
  return 1;
}

/* token.split(text, separator) --> Spans */
static int token_split(lua_State *L) {
  size_t len, width;
  const char *text = luaL_checklstring(L, 1, &len);
  const char *separator = luaL_checklstring(L, 2, &width);
  luaL_argcheck(L, width > 0, 2, "the separator is empty");
  pm_spans *spans = pm_spans_new(L, 1);
  pm_split it = pm_split_begin(text, len, separator, width);
  COLLECT(L, spans, &it, pm_split_next, len, 50);
  return 1;
}

/* token.set(strings) --> set */
static int token_set(lua_State *L) {
  pm_string_set_new(L, 1);
  return 1;
}

static const luaL_Reg functions[] = {
    {"set", token_set},
    {"split", token_split},
    {"sentence_rules", token_sentence_rules},
    {"words", token_words},
    {"graphemes", token_graphemes},
    {"sentences", token_sentences},
    {"lines", token_lines},
    {"paragraphs", token_paragraphs},
    {NULL, NULL},
};

int pm_open_token(lua_State *L) {
  luaL_newmetatable(L, RULES);
  luaL_newlib(L, functions);
  return 1;
}
