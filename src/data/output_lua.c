/*
 * core.output: files that take their names when they are whole.
 */

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "data/arena_lua.h"
#include "data/descriptor.h"
#include "data/folder.h"
#include "data/output.h"

#define OUTPUT "pumice.output"

typedef struct handle {
  pm_output *out;
} handle;

/* Pushes a closed output that knows its path, for the messages. */
static handle *push_handle(lua_State *L, int path) {
  handle *h = lua_newuserdatauv(L, sizeof *h, 1);
  h->out = NULL;
  luaL_setmetatable(L, OUTPUT);
  lua_pushvalue(L, path);
  lua_setiuservalue(L, -2, 1);
  return h;
}

/* nil, message, errno for `path`. */
static int fail(lua_State *L, const char *path) {
  return luaL_fileresult(L, 0,
                         strcmp(path, "-") == 0 ? "standard output" : path);
}

static pm_output_kind kind_at(lua_State *L, int at) {
  return lua_toboolean(L, at) ? PM_OUTPUT_MEMBER : PM_OUTPUT_ALONE;
}

/* output.open(path [, member]) --> output | nil, message, errno
 * A member is one of many files in a folder that is itself aside. */
static int output_open(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  pm_output_kind kind = kind_at(L, 2);
  handle *h = push_handle(L, 1);
  h->out = pm_output_open(path, kind);
  return h->out ? 1 : fail(L, path);
}

/* output.go_on(path, length, pending [, member])
 *   --> output | nil, message, errno
 * Opens the part an earlier run left, cut back to where it stood. */
static int output_go_on(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  lua_Integer length = luaL_checkinteger(L, 2);
  pm_position from = {.length = (uint64_t)length};
  from.pending = luaL_checklstring(L, 3, &from.pending_len);
  luaL_argcheck(L, length >= 0, 2, "length is at least 0");
  pm_output_kind kind = kind_at(L, 4);
  handle *h = push_handle(L, 1);
  h->out = pm_output_go_on(path, &from, kind);
  return h->out ? 1 : luaL_fileresult(L, 0, path);
}

static handle *check(lua_State *L) {
  handle *h = luaL_checkudata(L, 1, OUTPUT);
  luaL_argcheck(L, h->out, 1, "output is closed");
  return h;
}

static int failure(lua_State *L) {
  lua_getiuservalue(L, 1, 1);
  return fail(L, lua_tostring(L, -1));
}

/* output:write(bytes [, first, last]) --> true | nil, message, errno
 * bytes: a string or a region; all of it, or those from first to last */
static int output_write(lua_State *L) {
  handle *h = check(L);
  size_t len;
  const char *data = pm_region_check(L, 2, &len);
  lua_Integer first = luaL_optinteger(L, 3, 1);
  lua_Integer last = luaL_optinteger(L, 4, (lua_Integer)len);
  luaL_argcheck(L, first >= 1 && first <= last + 1, 3, "not in the bytes");
  luaL_argcheck(L, last <= (lua_Integer)len, 4, "not in the bytes");
  if (pm_output_write(h->out, data + first - 1, (size_t)(last - first + 1)) !=
      0)
    return failure(L);
  lua_pushboolean(L, 1);
  return 1;
}

static const char *const packings[] = {"plain", "gzip", "zstd", NULL};

/* output:framing() --> "gzip" | "zstd", plain bytes of a frame | nil */
static int output_framing(lua_State *L) {
  size_t size;
  pm_packing packing = pm_output_framing(check(L)->out, &size);
  if (packing == PM_PLAIN)
    return 0;
  lua_pushstring(L, packings[packing]);
  lua_pushinteger(L, (lua_Integer)size);
  return 2;
}

/* output:take() --> the plain bytes that wait, which it forgets */
static int output_take(lua_State *L) {
  size_t len;
  const char *data = pm_output_take(check(L)->out, &len);
  lua_pushlstring(L, data ? data : "", len);
  return 1;
}

/* output:append(frame) --> true | nil, message, errno
 * A frame of output.pack, when no plain bytes wait. */
static int output_append(lua_State *L) {
  handle *h = check(L);
  size_t len;
  const char *data = pm_region_check(L, 2, &len);
  if (pm_output_append(h->out, data, len) != 0)
    return failure(L);
  lua_pushboolean(L, 1);
  return 1;
}

/* output:open_to_others() --> path of the part | nil
 * Whether other processes may write to it, see extend. */
static int output_open_to_others(lua_State *L) {
  lua_pushstring(L, pm_output_open_to_others(check(L)->out));
  return 1;
}

/* output:extend(size) --> offset | nil, message, errno
 * Makes room for bytes that fill or, in another process, place puts there. */
static int output_extend(lua_State *L) {
  handle *h = check(L);
  lua_Integer size = luaL_checkinteger(L, 2);
  luaL_argcheck(L, size >= 0, 2, "size is at least 0");
  luaL_argcheck(L, pm_output_open_to_others(h->out), 1, "not open to others");
  uint64_t offset;
  if (pm_output_extend(h->out, (size_t)size, &offset) != 0)
    return failure(L);
  lua_pushinteger(L, (lua_Integer)offset);
  return 1;
}

/* output:fill(offset, bytes) --> true | nil, message, errno */
static int output_fill(lua_State *L) {
  handle *h = check(L);
  lua_Integer offset = luaL_checkinteger(L, 2);
  size_t len;
  const char *data = pm_region_check(L, 3, &len);
  luaL_argcheck(L, offset >= 0, 2, "offset is at least 0");
  if (pm_output_fill(h->out, (uint64_t)offset, data, len) != 0)
    return failure(L);
  lua_pushboolean(L, 1);
  return 1;
}

/* output:sync() --> length, pending | nil, message, errno
 * What was written is on the disk; go_on takes both. */
static int output_sync(lua_State *L) {
  handle *h = check(L);
  pm_position position;
  if (pm_output_sync(h->out, &position) != 0)
    return failure(L);
  lua_pushinteger(L, (lua_Integer)position.length);
  lua_pushlstring(L, position.pending, position.pending_len);
  return 2;
}

/* output:parted() --> whether go_on is possible: not for a device or a pipe */
static int output_parted(lua_State *L) {
  lua_pushboolean(L, pm_output_parted(check(L)->out));
  return 1;
}

/* output:unread() --> whether it goes to a pipe that nobody reads any more */
static int output_unread(lua_State *L) {
  lua_pushboolean(L, pm_output_unread(check(L)->out));
  return 1;
}

/* output:commit() --> true | nil, message, errno; closed in both cases */
static int output_commit(lua_State *L) {
  handle *h = check(L);
  pm_output *out = h->out;
  h->out = NULL;
  if (pm_output_commit(out) != 0)
    return failure(L);
  lua_pushboolean(L, 1);
  return 1;
}

/* output:finish() --> true | nil, message, errno */
static int output_finish(lua_State *L) {
  if (pm_output_finish(check(L)->out) != 0)
    return failure(L);
  lua_pushboolean(L, 1);
  return 1;
}

/* output:discard(), __close and __gc: as often as they like */
static int output_discard(lua_State *L) {
  handle *h = luaL_checkudata(L, 1, OUTPUT);
  pm_output_discard(h->out);
  h->out = NULL;
  return 0;
}

/* output:leave(): closed, and its part stays for go_on */
static int output_leave(lua_State *L) {
  handle *h = luaL_checkudata(L, 1, OUTPUT);
  pm_output_leave(h->out);
  h->out = NULL;
  return 0;
}

static int push_status(lua_State *L, int status, const char *path) {
  if (status != 0)
    return luaL_fileresult(L, 0, path);
  lua_pushboolean(L, 1);
  return 1;
}

/* output.whole(path, bytes) --> true | nil, message, errno
 * Makes a member of its bytes; 17 (EEXIST) where there is one. */
static int output_whole(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  size_t len;
  const char *data = luaL_checklstring(L, 2, &len);
  return push_status(L, pm_output_whole(path, data, len), path);
}

/* Pushes part `i` of a list of {bytes, first, last}; returns where its bytes
 * are. They stay while the list does. */
static const char *part_at(lua_State *L, int list, lua_Integer i, size_t *len) {
  lua_geti(L, list, i);
  luaL_argcheck(L, lua_istable(L, -1), list, "a list of {bytes, first, last}");
  lua_geti(L, -1, 1);
  lua_geti(L, -2, 2);
  lua_geti(L, -3, 3);
  lua_Integer first = lua_tointeger(L, -2), last = lua_tointeger(L, -1);
  size_t whole;
  const char *data = pm_region_check(L, lua_absindex(L, -3), &whole);
  luaL_argcheck(L,
                first >= 1 && first <= last + 1 && last <= (lua_Integer)whole,
                list, "first and last are not in the bytes");
  *len = (size_t)(last - first + 1);
  lua_pop(L, 4);
  return data + first - 1;
}

/* output.pack(packing, parts) --> frame
 * parts: a list of {bytes, first, last}, bytes a string or a region */
static int output_pack(lua_State *L) {
  pm_packing packing = (pm_packing)luaL_checkoption(L, 1, NULL, packings);
  luaL_argcheck(L, packing != PM_PLAIN, 1, "gzip or zstd");
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_Integer count = luaL_len(L, 2);
  size_t total = 0, len;
  for (lua_Integer i = 1; i <= count; i++) {
    part_at(L, 2, i, &len);
    total += len;
  }
  char *plain = lua_newuserdatauv(L, total + 1, 0), *to = plain;
  for (lua_Integer i = 1; i <= count; i++) {
    const char *part = part_at(L, 2, i, &len);
    memcpy(to, part, len);
    to += len;
  }
  size_t room = pm_frame_bound(packing, total);
  luaL_Buffer b;
  char *out = luaL_buffinitsize(L, &b, room);
  size_t n = pm_frame_pack(packing, plain, total, out, room);
  if (n == 0)
    return luaL_error(L, "not enough memory");
  luaL_pushresultsize(&b, n);
  return 1;
}

/* output.place(part, offset, bytes) --> true | nil, message, errno
 * Writes to the part of an output that another process extended. */
static int output_place(lua_State *L) {
  const char *part = luaL_checkstring(L, 1);
  lua_Integer offset = luaL_checkinteger(L, 2);
  size_t len;
  const char *data = pm_region_check(L, 3, &len);
  luaL_argcheck(L, offset >= 0, 2, "offset is at least 0");
  return push_status(L, pm_output_place(part, (uint64_t)offset, data, len),
                     part);
}

/* output.sync_all(folder) --> true | nil, message, errno */
static int output_sync_all(lua_State *L) {
  const char *folder = luaL_checkstring(L, 1);
  return push_status(L, pm_folder_sync_all(folder), folder);
}

/* output.sync_folder(path) --> true | nil, message, errno
 * The names in it are on the disk. */
static int output_sync_folder(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  return push_status(L, pm_folder_sync(path), path);
}

/* output.can_name(path) --> true | nil, message, errno
 * Whether name_folder could give a folder that name, were nothing in it. */
static int output_can_name(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  return push_status(L, pm_folder_can_name(path) ? 0 : -1, path);
}

/* output.name_folder(from, to) --> true | nil, message, errno
 * Gives a folder its name, where nothing or an empty folder is. */
static int output_name_folder(lua_State *L) {
  const char *from = luaL_checkstring(L, 1), *to = luaL_checkstring(L, 2);
  return push_status(L, pm_folder_rename(from, to), to);
}

/* output.make_folder(path) --> true | nil, message, errno; fine when there */
static int output_make_folder(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  if (mkdir(path, 0777) != 0 && errno != EEXIST)
    return luaL_fileresult(L, 0, path);
  lua_pushboolean(L, 1);
  return 1;
}

static const luaL_Reg methods[] = {
    {"write", output_write},
    {"framing", output_framing},
    {"take", output_take},
    {"append", output_append},
    {"open_to_others", output_open_to_others},
    {"extend", output_extend},
    {"fill", output_fill},
    {"sync", output_sync},
    {"parted", output_parted},
    {"unread", output_unread},
    {"finish", output_finish},
    {"commit", output_commit},
    {"discard", output_discard},
    {"leave", output_leave},
    {"__close", output_discard},
    {"__gc", output_discard},
    {"__index", NULL},
    {NULL, NULL},
};

/* output.is_descriptor(path) --> boolean: "-", /dev/stdout, /dev/fd/3 */
static int output_is_descriptor(lua_State *L) {
  lua_pushboolean(L, pm_descriptor_of(luaL_checkstring(L, 1)) >= 0);
  return 1;
}

static const luaL_Reg functions[] = {
    {"open", output_open},
    {"go_on", output_go_on},
    {"whole", output_whole},
    {"place", output_place},
    {"pack", output_pack},
    {"sync_all", output_sync_all},
    {"sync_folder", output_sync_folder},
    {"is_descriptor", output_is_descriptor},
    {"can_name", output_can_name},
    {"name_folder", output_name_folder},
    {"make_folder", output_make_folder},
    {NULL, NULL},
};

int pm_open_output(lua_State *L) {
  luaL_newmetatable(L, OUTPUT);
  luaL_setfuncs(L, methods, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  luaL_newlib(L, functions);
  return 1;
}
