/*
 * The executable: a Lua state with the core and the Lua files of pumice
 * inside, handed to pumice.cli. What the command line means is told there.
 */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "app/app_lua.h"
#include "app/embedded.h"
#include "app/heap.h"
#include "core_lua.h"
#include "engine/process.h"

/* Pushes the chunk of a file inside. Lua may be of another release than the one
 * we were built with: then it reads the source. */
static int load_embedded(lua_State *L, const pm_embedded *e) {
  const char *chunk = lua_pushfstring(L, "@%s", e->path);
  if (strstr(lua_ident, pm_embedded_release))
    return luaL_loadbufferx(L, e->code, e->code_len, chunk, "b");
  return luaL_loadbufferx(L, e->source, e->len, chunk, "t");
}

/* A searcher of `require`: the files inside the executable. */
static int search_embedded(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  for (const pm_embedded *e = pm_embedded_files; e->name; e++) {
    if (strcmp(e->name, name) != 0)
      continue;
    if (load_embedded(L, e) != LUA_OK)
      return lua_error(L);
    lua_pushstring(L, e->path);
    return 2;
  }
  lua_pushfstring(L, "no file '%s' inside pumice", name);
  return 1;
}

/* pumice.embedded: the name of each file inside -> its source */
static int open_embedded(lua_State *L) {
  lua_newtable(L);
  for (const pm_embedded *e = pm_embedded_files; e->name; e++) {
    lua_pushlstring(L, e->source, e->len);
    lua_setfield(L, -2, e->name);
  }
  return 1;
}

static const luaL_Reg preloaded[] = {
    {"pumice.core", luaopen_pumice_core},
    {"pumice.embedded", open_embedded},
    {"pumice.host", pm_open_host},
    {"pumice.interrupt", pm_open_interrupt},
    {"pumice.line", pm_open_line},
    {NULL, NULL},
};

/* The embedded files come before the ones on disk: the same program
 * everywhere, whatever package.path says. */
static void add_searcher(lua_State *L) {
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "searchers");
  for (lua_Integer i = luaL_len(L, -1); i >= 2; i--) {
    lua_rawgeti(L, -1, i);
    lua_rawseti(L, -2, i + 1);
  }
  lua_pushcfunction(L, search_embedded);
  lua_rawseti(L, -2, 2);
  lua_pop(L, 1);
  lua_getfield(L, -1, "preload");
  luaL_setfuncs(L, preloaded, 0);
  lua_pop(L, 2);
}

static int traceback(lua_State *L) {
  const char *message = luaL_tolstring(L, 1, NULL);
  luaL_traceback(L, L, message, 1);
  return 1;
}

/* main(argc, argv) --> exit status */
static int run(lua_State *L) {
  int argc = (int)lua_tointeger(L, 1);
  char **argv = lua_touserdata(L, 2);
  luaL_openlibs(L);
  add_searcher(L);
  lua_createtable(L, argc, 1);
  for (int i = 0; i < argc; i++) {
    lua_pushstring(L, argv[i]);
    lua_rawseti(L, -2, i);
  }
  lua_pushvalue(L, -1);
  lua_setglobal(L, "arg");
  lua_getglobal(L, "require");
  lua_pushliteral(L, "pumice.cli");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "main");
  lua_pushvalue(L, -3);
  lua_call(L, 1, 1);
  return 1;
}

/* Whether nobody reads our standard output any more. */
static bool is_unread(void) {
  struct pollfd out = {STDOUT_FILENO, POLLOUT, 0};
  return poll(&out, 1, 0) == 1 && out.revents & POLLERR;
}

/* Blocks of documents come and go all the time: the heap keeps them, where
 * the system would map and unmap (and clear) the pages of each. */
enum { KEEP_BLOCKS = PM_HEAP_LARGE };

/* Where a standard stream is closed, the file that is opened next would take
 * its place, and get what is meant for it. What stands in for it fails as a
 * closed one does. */
static void fill_closed(void) {
  for (int fd = 0; fd <= STDERR_FILENO; fd++)
    if (fcntl(fd, F_GETFD) < 0)
      (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv) {
  fill_closed();
  /* A parent may have us ignore it, and a script that prints without end into
   * a pipe nobody reads would never end. `pumice run` sees to its own. */
  signal(SIGPIPE, SIG_DFL);
  mallopt(M_MMAP_THRESHOLD, KEEP_BLOCKS);
  mallopt(M_TRIM_THRESHOLD, 2 * KEEP_BLOCKS);
  lua_State *L = luaL_newstate();
  if (!L) {
    fputs("pumice: not enough memory to start\n", stderr);
    return 3;
  }
  lua_setallocf(L, pm_heap_alloc, NULL);
  lua_pushcfunction(L, traceback);
  lua_pushcfunction(L, run);
  lua_pushinteger(L, argc);
  lua_pushlightuserdata(L, argv);
  int status = 70; /* an error that reaches this place is a bug of ours */
  switch (lua_pcall(L, 2, 1, 1)) {
  case LUA_OK: status = (int)lua_tointeger(L, -1); break;
  case LUA_ERRMEM:
    status = 3;
    fputs("pumice: not enough memory\n", stderr);
    break;
  default: fprintf(stderr, "pumice: internal error: %s\n", lua_tostring(L, -1));
  }
  lua_close(L);
  bool unread = is_unread();
  int lost = ferror(stdout); /* a write that failed earlier counts */
  int failed = fclose(stdout) != 0;
  if ((lost || failed) && unread)
    pm_process_die_unread();
  if (lost || failed)
    fprintf(stderr, "pumice: cannot write to standard output: %s\n",
            failed ? strerror(errno) : "a write failed");
  return status == 0 && (lost || failed) ? 3 : status;
}
