/*
 * core.process: workers to start, talk to and end; and from inside a worker
 * the way back to its parent.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "engine/channel.h"
#include "engine/process.h"

#define PEER "pumice.peer"

enum { PEERS_MAX = 512, ARGS_MAX = 64 };

/* The process at the other end of a channel. */
typedef struct peer {
  pid_t pid; /* 0: not ours to end (the parent), or ended */
  pm_channel channel;
} peer;

static peer *push_peer(lua_State *L) {
  peer *p = lua_newuserdatauv(L, sizeof *p, 0);
  *p = (peer){.channel = {.in = -1, .out = -1, .ended = true}};
  luaL_setmetatable(L, PEER);
  return p;
}

static peer *check(lua_State *L, int arg) {
  return luaL_checkudata(L, arg, PEER);
}

/* process.start(path, { name, argument... }) --> peer | nil, message, errno */
static int process_start(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  char *argv[ARGS_MAX + 1];
  lua_Integer count = luaL_len(L, 2);
  luaL_argcheck(L, count >= 1 && count <= ARGS_MAX, 2, "1 to 64 arguments");
  luaL_checkstack(L, ARGS_MAX, NULL);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 2, i); /* stays on the stack while argv needs it */
    argv[i - 1] = (char *)luaL_checkstring(L, -1);
  }
  argv[count] = NULL;
  peer *p = push_peer(L);
  int from, to;
  pid_t pid = pm_process_start(path, argv, &from, &to);
  if (pid < 0)
    return luaL_fileresult(L, 0, path);
  p->pid = pid;
  pm_channel_init(&p->channel, from, to);
  return 1;
}

/* process.parent() --> peer: in a worker, who started it */
static int process_parent(lua_State *L) {
  peer *p = push_peer(L);
  int from, to;
  if (pm_process_claim(&from, &to) != 0)
    return luaL_fileresult(L, 0, "descriptors 0 and 1");
  pm_channel_init(&p->channel, from, to);
  return 1;
}

/* Raises what Lua raises when it gets no memory. */
static int no_memory(lua_State *L) {
  lua_pushliteral(L, "not enough memory");
  return lua_error(L);
}

/* peer:send(bytes): queues a frame; process.poll moves it */
static int peer_send(lua_State *L) {
  peer *p = check(L, 1);
  size_t len;
  const char *data = luaL_checklstring(L, 2, &len);
  if (pm_channel_begin(&p->channel, len) != 0)
    return errno == ENOMEM ? no_memory(L)
                           : luaL_error(L, "cannot queue %I bytes: %s",
                                        (lua_Integer)len, strerror(errno));
  pm_channel_put(&p->channel, data, len);
  return 0;
}

/* peer:receive() --> the next whole frame | nil, whether the peer is gone */
static int peer_receive(lua_State *L) {
  peer *p = check(L, 1);
  const char *data;
  size_t len;
  if (!pm_channel_receive(&p->channel, &data, &len)) {
    lua_pushnil(L);
    lua_pushboolean(L, p->channel.ended);
    return 2;
  }
  lua_pushlstring(L, data, len);
  return 1;
}

/* peer:pid() --> process id | 0 when it has ended */
static int peer_pid(lua_State *L) {
  lua_pushinteger(L, check(L, 1)->pid);
  return 1;
}

/* peer:kill(): ends the process at once; peer:finish() says how it ended */
static int peer_kill(lua_State *L) {
  peer *p = check(L, 1);
  if (p->pid > 0)
    kill(p->pid, SIGKILL);
  return 0;
}

/* peer:finish() --> "exit", status | "signal", name
 * Closes the channel, which ends a worker that waits, and waits for it. */
static int peer_finish(lua_State *L) {
  peer *p = check(L, 1);
  pm_channel_close(&p->channel);
  int status = 0;
  if (p->pid > 0)
    while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR) {
    }
  p->pid = 0;
  bool signalled = WIFSIGNALED(status);
  lua_pushstring(L, signalled ? "signal" : "exit");
  if (signalled) {
    const char *name = sigabbrev_np(WTERMSIG(status));
    lua_pushfstring(L, "SIG%s", name ? name : "?");
  } else {
    lua_pushinteger(L, WEXITSTATUS(status));
  }
  return 2;
}

/* __gc and __close: nobody asks for its results any more */
static int peer_gc(lua_State *L) {
  peer_kill(L);
  peer_finish(L);
  return 0;
}

/* process.poll(peers, seconds) --> true | nil, message, errno
 * Moves bytes until one of them has news or the time is over. Raises when
 * memory is short. */
static int process_poll(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Number seconds = luaL_checknumber(L, 2);
  pm_channel *channels[PEERS_MAX];
  lua_Integer count = luaL_len(L, 1);
  luaL_argcheck(L, count <= PEERS_MAX, 1, "at most 512 processes");
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 1, i);
    channels[i - 1] = &check(L, -1)->channel;
    lua_pop(L, 1);
  }
  int wait = seconds < 0 ? -1 : (int)(seconds * 1000);
  if (pm_channel_poll(channels, (size_t)count, wait) != 0 && errno != EINTR)
    return errno == ENOMEM ? no_memory(L) : luaL_fileresult(L, 0, "poll");
  lua_pushboolean(L, 1);
  return 1;
}

/* process.confine(): no core dumps, no new privileges from here on */
static int process_confine(lua_State *L) {
  (void)L;
  pm_process_confine();
  return 0;
}

/* process.catch_interrupt(): Ctrl-C sets a flag instead of ending us */
static int process_catch_interrupt(lua_State *L) {
  (void)L;
  pm_process_catch_interrupt();
  return 0;
}

/* process.interrupt() --> number of the signal that came | nil */
static int process_interrupt(lua_State *L) {
  int number = pm_process_interrupt();
  if (number == 0)
    return 0;
  lua_pushinteger(L, number);
  return 1;
}

/* process.die_unread(): ends as a write into a pipe that nobody reads does */
static int process_die_unread(lua_State *L) {
  (void)L;
  pm_process_die_unread();
  return 0;
}

/* process.asked() --> whether SIGUSR1 came since the last call */
static int process_asked(lua_State *L) {
  lua_pushboolean(L, pm_process_asked());
  return 1;
}

static int push_seconds(lua_State *L, clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  lua_pushnumber(L, (lua_Number)t.tv_sec + (lua_Number)t.tv_nsec * 1e-9);
  return 1;
}

/* process.clock() --> seconds that only go forward */
static int process_clock(lua_State *L) {
  return push_seconds(L, CLOCK_MONOTONIC);
}

/* process.program() --> the path of the running executable, which is none that
 * there is (it ends in " (deleted)") when that was replaced or removed */
static int process_program(lua_State *L) {
  char path[4096];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path);
  if (n < 0)
    return luaL_fileresult(L, 0, "/proc/self/exe");
  lua_pushlstring(L, path, (size_t)n);
  return 1;
}

/* process.processors() --> how many this process may use */
static int process_processors(lua_State *L) {
  lua_pushinteger(L, sysconf(_SC_NPROCESSORS_ONLN));
  return 1;
}

/* process.terminal(fd) --> whether it is one */
static int process_terminal(lua_State *L) {
  lua_pushboolean(L, isatty((int)luaL_checkinteger(L, 1)));
  return 1;
}

/* process.columns(fd) --> width of the terminal | nil when it is none, or
 * does not tell */
static int process_columns(lua_State *L) {
  struct winsize size;
  int fd = (int)luaL_checkinteger(L, 1);
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return 0;
  lua_pushinteger(L, size.ws_col);
  return 1;
}

static const luaL_Reg methods[] = {
    {"send", peer_send},  {"receive", peer_receive}, {"pid", peer_pid},
    {"kill", peer_kill},  {"finish", peer_finish},   {"__gc", peer_gc},
    {"__close", peer_gc}, {"__index", NULL},         {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"start", process_start},
    {"parent", process_parent},
    {"poll", process_poll},
    {"confine", process_confine},
    {"catch_interrupt", process_catch_interrupt},
    {"interrupt", process_interrupt},
    {"clock", process_clock},
    {"program", process_program},
    {"processors", process_processors},
    {"terminal", process_terminal},
    {"asked", process_asked},
    {"die_unread", process_die_unread},
    {"columns", process_columns},
    {NULL, NULL},
};

int pm_open_process(lua_State *L) {
  luaL_newmetatable(L, PEER);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
