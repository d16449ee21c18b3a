/*
 * pumice.line: the line editor as the REPL sees it. A completer that raises
 * completes nothing: no error may fly through the editor's library.
 */
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "app/app_lua.h"
#include "app/line.h"

/* line.open() --> "readline", "libedit" or "plain" */
static int line_open(lua_State *L) {
  lua_pushstring(L, pm_line_open());
  return 1;
}

typedef struct request {
  const char *typed;
  size_t len;
  pm_line_words *words;
} request;

/* Takes the strings of the list at index 1, as far as memory goes. */
static void take_words(lua_State *L, pm_line_words *words) {
  size_t n = lua_rawlen(L, 1);
  words->word = calloc(n + 1, sizeof *words->word);
  for (size_t i = 0; words->word && i < n; i++) {
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    char *copy = strdup(luaL_checkstring(L, -1));
    lua_pop(L, 1);
    if (!copy)
      break;
    words->word[words->count++] = copy;
  }
}

/* f(completer, request): calls the completer and keeps what it says */
static int ask(lua_State *L) {
  request *r = lua_touserdata(L, 2);
  lua_settop(L, 1);
  lua_pushlstring(L, r->typed, r->len);
  lua_call(L, 1, 2);
  const char *suffix = luaL_optstring(L, 2, "");
  luaL_checktype(L, 1, LUA_TTABLE);
  r->words->suffix = suffix[0];
  take_words(L, r->words);
  return 0;
}

static void complete(void *context, const char *typed, size_t len,
                     pm_line_words *words) {
  lua_State *L = context;
  request r = {typed, len, words};
  if (!lua_checkstack(L, 5))
    return;
  lua_pushcfunction(L, ask);
  lua_pushvalue(L, 2); /* the completer given to line.read */
  lua_pushlightuserdata(L, &r);
  if (lua_pcall(L, 2, 0, 0) != LUA_OK)
    lua_pop(L, 1);
}

/* line.read(prompt, completer) --> line | nil, "end" or "interrupted"
 * completer(typed) --> list of words, suffix */
static int line_read(lua_State *L) {
  const char *line;
  const char *prompt = luaL_checkstring(L, 1);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  switch (pm_line_read(prompt, complete, L, &line)) {
  case PM_LINE_TEXT: lua_pushstring(L, line); return 1;
  case PM_LINE_END:
    lua_pushnil(L);
    lua_pushliteral(L, "end");
    return 2;
  default:
    lua_pushnil(L);
    lua_pushliteral(L, "interrupted");
    return 2;
  }
}

/* line.remember(entry): the arrow keys bring it back */
static int line_remember(lua_State *L) {
  pm_line_remember(luaL_checkstring(L, 1));
  return 0;
}

static const luaL_Reg functions[] = {
    {"open", line_open},
    {"read", line_read},
    {"remember", line_remember},
    {NULL, NULL},
};

int pm_open_line(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
