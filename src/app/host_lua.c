/*
 * pumice.host: what the program knows of the machine it runs on. Only in the
 * executable.
 */
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <utf8proc.h>
#include <xxhash.h>
#include <zlib.h>
#include <zstd.h>

#include <lauxlib.h>
#include <lua.h>

#include "app/app_lua.h"
#include "text/whole_io.h"

/* host.flush() --> true | nil, message: is all that was printed so far
 * where it belongs? A write that failed earlier counts. */
static int host_flush(lua_State *L) {
  int ok = fflush(stdout) == 0;
  if (ok && ferror(stdout)) { /* why, is not known any more */
    lua_pushnil(L);
    lua_pushliteral(L, "standard output: a write failed");
    return 2;
  }
  return luaL_fileresult(L, ok, "standard output");
}

/* host.make_folder(path) --> true | nil, message, errno: readable by its owner
 * alone; one that is there already is as good */
static int host_make_folder(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  int ok = mkdir(path, 0700) == 0 || errno == EEXIST;
  return luaL_fileresult(L, ok, path);
}

/*
 * host.save(path, bytes, expected) --> boolean | nil, message, errno
 *
 * Appends to a private file (0600), or, if `expected` is given and the file
 * still has that many bytes, replaces what it holds; false if it has grown in
 * the meantime. A lock keeps the sessions that share the file apart.
 */
static int host_save(lua_State *L) {
  size_t len;
  const char *path = luaL_checkstring(L, 1);
  const char *bytes = luaL_checklstring(L, 2, &len);
  lua_Integer expected = luaL_optinteger(L, 3, -1);
  int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0)
    return luaL_fileresult(L, 0, path);
  struct stat st;
  int ok = flock(fd, LOCK_EX) == 0 && fstat(fd, &st) == 0;
  int same = ok && (expected < 0 || st.st_size == expected);
  if (same && expected >= 0)
    ok = ftruncate(fd, 0) == 0;
  if (same && ok)
    ok = pm_write_all(fd, bytes, len) == 0;
  int error = errno;
  if (close(fd) != 0 && ok) {
    ok = 0;
    error = errno;
  }
  errno = error;
  if (!ok)
    return luaL_fileresult(L, 0, path);
  lua_pushboolean(L, same);
  return 1;
}

/* Pops a value and appends {name, value} to the list below it. */
static void row(lua_State *L, const char *name) {
  lua_createtable(L, 2, 0);
  lua_pushstring(L, name);
  lua_rawseti(L, -2, 1);
  lua_insert(L, -2);
  lua_rawseti(L, -2, 2);
  lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

static void text_row(lua_State *L, const char *name, const char *value) {
  lua_pushstring(L, value);
  row(L, name);
}

static void pcre2_rows(lua_State *L) {
  char text[128];
  uint32_t jit = 0;
  pcre2_config(PCRE2_CONFIG_VERSION, text);
  text_row(L, "PCRE2", text);
  pcre2_config(PCRE2_CONFIG_JIT, &jit);
  if (!jit || pcre2_config(PCRE2_CONFIG_JITTARGET, text) < 0)
    strcpy(text, "not available");
  text_row(L, "PCRE2 JIT", text);
}

static void cpu_row(lua_State *L, const char *machine) {
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  luaL_addstring(&b, machine);
#if defined(__x86_64__)
  __builtin_cpu_init();
#define FEATURE(name)                                                          \
  if (__builtin_cpu_supports(name))                                            \
  luaL_addstring(&b, " " name)
  FEATURE("ssse3");
  FEATURE("sse4.2");
  FEATURE("popcnt");
  FEATURE("avx2");
  FEATURE("bmi2");
  FEATURE("avx512bw");
#undef FEATURE
#endif
  luaL_pushresult(&b);
  row(L, "CPU");
}

/* host.versions() --> list of {name, value}, for bug reports */
static int host_versions(lua_State *L) {
  struct utsname os;
  lua_newtable(L);
  pcre2_rows(L);
  text_row(L, "utf8proc", utf8proc_version());
  text_row(L, "Unicode", utf8proc_unicode_version());
  text_row(L, "zlib", zlibVersion());
  text_row(L, "zstd", ZSTD_versionString());
  int xxh = (int)XXH_versionNumber();
  lua_pushfstring(L, "%d.%d.%d", xxh / 10000, xxh / 100 % 100, xxh % 100);
  row(L, "xxHash");
  if (uname(&os) == 0) {
    lua_pushfstring(L, "%s %s", os.sysname, os.release);
    row(L, "system");
    cpu_row(L, os.machine);
  }
  lua_pushinteger(L, sysconf(_SC_NPROCESSORS_ONLN));
  row(L, "CPUs");
  locale_t locale = newlocale(LC_ALL_MASK, "", (locale_t)0);
  text_row(L, "character set",
           locale ? nl_langinfo_l(CODESET, locale) : "of no installed locale");
  if (locale)
    freelocale(locale);
  return 1;
}

static const luaL_Reg functions[] = {
    {"flush", host_flush}, {"make_folder", host_make_folder},
    {"save", host_save},   {"versions", host_versions},
    {NULL, NULL},
};

int pm_open_host(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
