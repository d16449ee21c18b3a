/*
 * pumice.interrupt: Ctrl-C stops the Lua code that the REPL runs, and the
 * session goes on.
 *
 * The handler may do next to nothing, so it only asks Lua to call `stop`
 * before its next instruction, as Lua's own interpreter does. A hook belongs
 * to one coroutine: `resume` keeps the list of those that run, each waiting
 * for the next, and the handler arms them all.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <lauxlib.h>
#include <lua.h>

#include "app/app_lua.h"

/* Lua allows some 200 nested calls through C, so no more coroutines wait. */
#define MOST_RUNNING 256

/* A signal handler has no other way to know what runs. */
static struct {
  lua_State *running[MOST_RUNNING];
  volatile sig_atomic_t count; /* 0: nothing runs */
  volatile sig_atomic_t asked; /* times Ctrl-C came and nothing stopped yet */
  int pause;                   /* instructions until it stops again */
} now;

#define EVERYTHING (LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT)

/* Raises in the code that runs, and again and again until the evaluation is
 * over, so that a loop around pcall ends too. The pauses between, shorter each
 * time, let handlers clean up. */
static void stop(lua_State *L, lua_Debug *ar) {
  (void)ar;
  now.asked = 0;
  now.pause = now.pause / 10 + 1;
  lua_sethook(L, stop, LUA_MASKCOUNT, now.pause);
  luaL_error(L, "interrupted");
}

static void on_interrupt(int signal) {
  static const char busy[] =
      "\n(waiting for a C function to end; Ctrl-\\ ends pumice at once)\n";
  (void)signal;
  for (int i = 0; i < now.count; i++)
    lua_sethook(now.running[i], stop, EVERYTHING, 1);
  now.asked++;
  if (now.asked == 2 && write(STDERR_FILENO, busy, sizeof busy - 1) < 0)
    now.asked = 1; /* say it next time */
}

/* interrupt.call(f, handler, ...) --> as xpcall, and Ctrl-C ends it with the
 * error "interrupted"; a call inside a call is a plain xpcall */
static int interrupt_call(lua_State *L) {
  int arguments = lua_gettop(L) - 2;
  luaL_checktype(L, 1, LUA_TFUNCTION);
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 1); /* f, handler, f, ... */

  int outermost = now.count == 0;
  struct sigaction action = {.sa_handler = on_interrupt}, before;
  sigemptyset(&action.sa_mask);
  if (outermost) {
    now.running[0] = L;
    now.asked = 0;
    now.pause = 1000000;
    now.count = 1;
    sigaction(SIGINT, &action, &before);
  }
  int status = lua_pcall(L, arguments, LUA_MULTRET, 2);
  if (outermost) {
    sigaction(SIGINT, &before, NULL);
    now.count = 0;
    lua_sethook(L, NULL, 0, 0);
  }
  lua_pushboolean(L, status == LUA_OK);
  lua_replace(L, 2);
  return lua_gettop(L) - 1;
}

/* interrupt.resume(coroutine, ...) --> as coroutine.resume, the upvalue */
static int interrupt_resume(lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "coroutine");
  if (lua_gethook(co) == stop)
    lua_sethook(co, NULL, 0, 0); /* outlived an earlier evaluation */
  int depth = now.count;
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  if (depth > 0 && depth < MOST_RUNNING) {
    now.running[depth] = co;
    now.count = depth + 1;
  }
  int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
  now.count = depth;
  return status == LUA_OK ? lua_gettop(L) : lua_error(L);
}

int pm_open_interrupt(lua_State *L) {
  lua_newtable(L);
  lua_pushcfunction(L, interrupt_call);
  lua_setfield(L, -2, "call");
  lua_getglobal(L, "coroutine");
  lua_getfield(L, -1, "resume");
  lua_pushcclosure(L, interrupt_resume, 1);
  lua_setfield(L, -3, "resume");
  lua_pop(L, 1);
  return 1;
}
