/* pumice.core.token: tokenizers that give Spans over their argument. */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "text/graphemes.h"
#include "text/lines.h"
#include "text/sentences.h"
#include "text/spans_lua.h"
#include "text/string_set_lua.h"
#include "text/words.h"

/* Spans for a text of this many bytes a token, at first; then it grows. */
static size_t first_room(size_t len, size_t bytes_each) {
  return len / bytes_each + 16;
}

/* Calls `next` on `state` until it gives no more. */
#define COLLECT(L, spans, state, next, len, bytes_each)                        \
  do {                                                                         \
    size_t more_ = first_room(len, bytes_each), n_;                            \
    while ((n_ = next(state, pm_spans_room(L, spans, more_), more_)) > 0) {    \
      (spans)->count += n_;                                                    \
      more_ = (spans)->room - (spans)->count;                                  \
      if (more_ < 16)                                                          \
        more_ = (spans)->count / 2 + 16;                                       \
    }                                                                          \
  } while (0)

/* token.words(text, all) --> Spans */
static int token_words(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  pm_spans *spans = pm_spans_new(L, 1);
  pm_words it = pm_words_begin(text, len, lua_toboolean(L, 2));
  COLLECT(L, spans, &it, pm_words_next, len, 6);
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

/* token.sentences(text, all) --> Spans */
static int token_sentences(lua_State *L) {
  size_t len;
  const char *text = luaL_checklstring(L, 1, &len);
  pm_spans *spans = pm_spans_new(L, 1);
  pm_sentences it = pm_sentences_begin(text, len, lua_toboolean(L, 2));
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
  pm_spans *spans = pm_spans_new(L, 1);
  pm_lines it = pm_lines_begin(text, len, lua_toboolean(L, 2));
  COLLECT(L, spans, &it, pm_paragraphs_next, len, 200);
  return 1;
}

/* token.set(strings) --> set */
static int token_set(lua_State *L) {
  pm_string_set_new(L, 1);
  return 1;
}

static const luaL_Reg functions[] = {
    {"set", token_set},
    {"words", token_words},
    {"graphemes", token_graphemes},
    {"sentences", token_sentences},
    {"lines", token_lines},
    {"paragraphs", token_paragraphs},
    {NULL, NULL},
};

int pm_open_token(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
