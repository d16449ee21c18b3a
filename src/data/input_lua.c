/*
 * core.input: blocks of lines out of files, and what stands in a folder.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "data/arena_lua.h"
#include "data/csv.h"
#include "data/input_lua.h"
#include "data/warc.h"
#include "text/whole_io.h"

#define INPUT "pumice.input"

/* Blocks go to an arena that is shared, the user value: to one after the other
 * of `slots` from `first` on. */
typedef struct handle {
  pm_input *in;
  size_t first, slots, turn; /* slots: 0 when none is shared */
  const char *held;          /* [held_len] the last block, while it is there */
  size_t held_len;
} handle;

/* The exponent of the least power of two that is not below `bytes`, within what
 * zstd knows. */
static int log_of(lua_Integer bytes) {
  int log = 10;
  while (log < 31 && ((lua_Integer)1 << log) < bytes)
    log++;
  return log;
}

/* input.open(path, max_record) --> input | nil, message, errno
 * "-" is standard input. */
static int input_open(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  lua_Integer max_record = luaL_checkinteger(L, 2);
  luaL_argcheck(L, max_record >= 1, 2, "max_record is in bytes, at least 1");
  pm_inflate_room room = pm_inflate_usual;
  lua_Integer max_window = luaL_optinteger(L, 3, 0);
  if (max_window > 0)
    room.window_log = log_of(max_window);
  handle *h = lua_newuserdatauv(L, sizeof *h, 1);
  *h = (handle){0};
  luaL_setmetatable(L, INPUT);
  int fd =
      strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return luaL_fileresult(L, 0, path);
  h->in = pm_input_new(fd, (size_t)max_record, room);
  if (!h->in) {
    if (fd != STDIN_FILENO)
      close(fd);
    return luaL_error(L, "not enough memory to read %s", path);
  }
  return 1;
}

static pm_input *check(lua_State *L) {
  handle *h = luaL_checkudata(L, 1, INPUT);
  luaL_argcheck(L, h->in, 1, "input is closed");
  return h->in;
}

/* For what moves the bytes of the last block. */
static pm_input *check_let_go(lua_State *L) {
  pm_input *in = check(L);
  ((handle *)lua_touserdata(L, 1))->held = NULL;
  return in;
}

const char *pm_input_held(lua_State *L, int arg, size_t *len) {
  const handle *h = luaL_testudata(L, arg, INPUT);
  if (!h)
    return NULL;
  luaL_argcheck(L, h->held, arg, "input has no block at hand");
  *len = h->held_len;
  return h->held;
}

/* Pushes a block as a region, when an arena is shared that has room. */
static bool push_shared(lua_State *L, const pm_block *block) {
  handle *h = luaL_checkudata(L, 1, INPUT);
  if (h->slots == 0)
    return false;
  lua_getiuservalue(L, 1, 1);
  bool pushed = pm_region_push(L, lua_gettop(L), h->first + h->turn,
                               block->data, block->len);
  h->turn = (h->turn + 1) % h->slots;
  lua_remove(L, pushed ? -2 : -1);
  return pushed;
}

/* "block" | "long" | "error" | "failed", bytes, line, offset, size | message;
 * nil at the end. offset is 0-based. The bytes of a block are left out (false)
 * when `there` says that they can be read from the file. */
static int push_event(lua_State *L, pm_input_event event, pm_input *in,
                      const pm_block *block, bool there) {
  static const char *const names[] = {"block", "long", "end", "error",
                                      "failed"};
  if (event == PM_INPUT_END)
    return 0;
  lua_pushstring(L, names[event]);
  if (there && event == PM_INPUT_BLOCK)
    lua_pushboolean(L, 0);
  else if (event != PM_INPUT_BLOCK || !push_shared(L, block))
    lua_pushlstring(L, block->data ? block->data : "", block->len);
  lua_pushinteger(L, (lua_Integer)block->line);
  lua_pushinteger(L, (lua_Integer)block->offset);
  if (event == PM_INPUT_ERROR || event == PM_INPUT_FAILED)
    lua_pushstring(L, pm_input_error(in));
  else
    lua_pushinteger(L, (lua_Integer)block->size);
  return 5;
}

static int push_next(lua_State *L, pm_input *in, const pm_cut *cut,
                     int ranges) {
  handle *h = lua_touserdata(L, 1);
  lua_Integer size = luaL_checkinteger(L, 2);
  luaL_argcheck(L, size >= 1, 2, "size is in bytes, at least 1");
  pm_block block;
  pm_input_event event = pm_input_next(in, cut, (size_t)size, &block);
  h->held = event == PM_INPUT_BLOCK ? block.data : NULL;
  h->held_len = block.len;
  bool there = lua_toboolean(L, ranges) && pm_input_plain(in);
  return push_event(L, event, in, &block, there);
}

/* input:lines(size [, ranges]) --> an event
 * With `ranges`, blocks of a plain file come without their bytes. */
static int input_lines(lua_State *L) {
  return push_next(L, check(L), &pm_cut_lines, 3);
}

/* input:rows(size, delimiter [, ranges]) --> an event: rows of CSV */
static int input_rows(lua_State *L) {
  pm_input *in = check(L);
  size_t len;
  const char *delimiter = luaL_checklstring(L, 3, &len);
  luaL_argcheck(L, len == 1, 3, "a delimiter is one byte");
  pm_cut cut = pm_csv_cut(*delimiter);
  return push_next(L, in, &cut, 4);
}

/* input:records(size [, ranges]) --> an event: records of WARC */
static int input_records(lua_State *L) {
  return push_next(L, check(L), &pm_warc_cut, 3);
}

/* input:peek(size) --> the bytes to come, which stay to come */
static int input_peek(lua_State *L) {
  pm_input *in = check_let_go(L);
  lua_Integer size = luaL_checkinteger(L, 2);
  luaL_argcheck(L, size >= 1, 2, "size is in bytes, at least 1");
  size_t len;
  const char *data = pm_input_peek(in, (size_t)size, &len);
  lua_pushlstring(L, data, len);
  return 1;
}

/* input:recover() --> whether reading goes on behind damaged bytes */
static int input_recover(lua_State *L) {
  lua_pushboolean(L, pm_input_recover(check_let_go(L)));
  return 1;
}

/* input:rest() --> an event */
static int input_rest(lua_State *L) {
  pm_input *in = check_let_go(L);
  pm_block block;
  return push_event(L, pm_input_rest(in, &block), in, &block, false);
}

/* input:skip(line, offset, damages): goes to where an earlier reader stood
 * Raises when the file is shorter. */
static int input_skip(lua_State *L) {
  pm_input *in = check_let_go(L);
  pm_place to = {.line = (uint64_t)luaL_checkinteger(L, 2),
                 .offset = (uint64_t)luaL_checkinteger(L, 3),
                 .damages = (uint64_t)luaL_checkinteger(L, 4)};
  if (pm_input_skip(in, to) != 0)
    return luaL_error(L, "the input ends before byte %I",
                      (LUAI_UACINT)to.offset);
  return 0;
}

/* input:position() --> line, offset of what comes next, spots of damage
 * passed before it */
static int input_position(lua_State *L) {
  pm_place at = pm_input_position(check(L));
  lua_pushinteger(L, (lua_Integer)at.line);
  lua_pushinteger(L, (lua_Integer)at.offset);
  lua_pushinteger(L, (lua_Integer)at.damages);
  return 3;
}

/* input:taken() --> bytes of the file read so far */
static int input_taken(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)pm_input_taken(check(L)));
  return 1;
}

/* input:share(arena, slot, slots): blocks to come are regions in these slots,
 * as far as they have room */
static int input_share(lua_State *L) {
  check(L);
  handle *h = lua_touserdata(L, 1);
  luaL_checktype(L, 2, LUA_TUSERDATA);
  lua_Integer slot = luaL_checkinteger(L, 3);
  lua_Integer slots = luaL_checkinteger(L, 4);
  luaL_argcheck(L, slot >= 0, 3, "slot is at least 0");
  luaL_argcheck(L, slots >= 1, 4, "1 slot at least");
  h->first = (size_t)slot;
  h->slots = (size_t)slots;
  lua_settop(L, 2);
  lua_setiuservalue(L, 1, 1);
  return 0;
}

/* input:plain() --> whether offsets are those of the file itself; known after
 * something was read */
static int input_plain(lua_State *L) {
  lua_pushboolean(L, pm_input_plain(check(L)));
  return 1;
}

/* input:marked() --> whether a byte order mark was passed over; known after
 * something was read */
static int input_marked(lua_State *L) {
  lua_pushboolean(L, pm_input_marked(check(L)));
  return 1;
}

/* input:close(), __close and __gc: as often as they like */
static int input_close(lua_State *L) {
  handle *h = luaL_checkudata(L, 1, INPUT);
  pm_input_free(h->in);
  h->in = NULL;
  h->held = NULL;
  return 0;
}

/* input.kind(path) --> "file" | "folder" | "other", size, time, identity
 *                     | nil, message, errno
 * time: of the last change, in nanoseconds; identity: the same string for all
 * paths of one file or folder. Links are followed. */
static int input_kind(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  struct stat s;
  if (stat(path, &s) != 0)
    return luaL_fileresult(L, 0, path);
  lua_pushstring(L, S_ISREG(s.st_mode)   ? "file"
                    : S_ISDIR(s.st_mode) ? "folder"
                                         : "other");
  lua_pushinteger(L, (lua_Integer)s.st_size);
  lua_pushinteger(L, (lua_Integer)s.st_mtim.tv_sec * 1000000000 +
                         s.st_mtim.tv_nsec);
  lua_pushfstring(L, "%I:%I", (LUAI_UACINT)s.st_dev, (LUAI_UACINT)s.st_ino);
  return 4;
}

/* A folder being read; the userdata owns it, since pushing a name may raise. */
#define FOLDER "pumice.folder"

static int folder_close(lua_State *L) {
  DIR **dir = luaL_checkudata(L, 1, FOLDER);
  if (*dir)
    closedir(*dir);
  *dir = NULL;
  return 0;
}

/* input.names(path) --> the names in a folder, unsorted | nil, message, errno
 * Without "." and "..". */
static int input_names(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  DIR **dir = lua_newuserdatauv(L, sizeof *dir, 0);
  *dir = NULL;
  luaL_setmetatable(L, FOLDER);
  *dir = opendir(path);
  if (!*dir)
    return luaL_fileresult(L, 0, path);
  lua_newtable(L);
  lua_Integer count = 0;
  errno = 0;
  for (struct dirent *e; (e = readdir(*dir)); errno = 0) {
    if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
      continue;
    lua_pushstring(L, e->d_name);
    lua_rawseti(L, -2, ++count);
  }
  if (errno != 0)
    return luaL_fileresult(L, 0, path);
  closedir(*dir);
  *dir = NULL;
  return 1;
}

static const luaL_Reg methods[] = {
    {"lines", input_lines},
    {"rows", input_rows},
    {"records", input_records},
    {"rest", input_rest},
    {"peek", input_peek},
    {"recover", input_recover},
    {"taken", input_taken},
    {"skip", input_skip},
    {"position", input_position},
    {"plain", input_plain},
    {"marked", input_marked},
    {"share", input_share},
    {"close", input_close},
    {"__close", input_close},
    {"__gc", input_close},
    {"__index", NULL},
    {NULL, NULL},
};

static const luaL_Reg functions[] = {
    {"open", input_open},
    {"kind", input_kind},
    {"names", input_names},
    {NULL, NULL},
};

int pm_open_input(lua_State *L) {
  luaL_newmetatable(L, INPUT);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newmetatable(L, FOLDER);
  lua_pushcfunction(L, folder_close);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
