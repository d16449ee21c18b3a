/*
 * Lua values as JSON text. Objects have their keys sorted, so equal values
 * give equal bytes; floats are as short as they can be and stay floats.
 * Tables are read raw: no metamethod runs.
 */
#ifndef PM_JSON_WRITE_LUA_H
#define PM_JSON_WRITE_LUA_H

#include <lua.h>

#include "data/mark_lua.h"
#include "data/path_lua.h"
#include "text/buffer.h"

typedef struct pm_json_writer {
  lua_State *L;
  pm_buffer *out;
  const char *root;  /* what errors call the whole value */
  const char *comma; /* between elements: "," or ", " */
  const char *colon; /* behind a key: ":" or ": " */
  int indent;        /* blanks for each level, each element on its own line;
                        0 for all in one line */
} pm_json_writer;

/*
 * Writes the value at the absolute index `at`. It is found at `path`, inside
 * of `depth` arrays and objects. Raises at what JSON cannot hold, naming the
 * place.
 */
void pm_json_write(pm_json_writer *w, int at, const pm_path *path, int depth);

/* Adds bytes as they are. */
void pm_json_put(pm_json_writer *w, const char *bytes, size_t len);

/* Writes a string, quoted. */
void pm_json_write_string(pm_json_writer *w, int at, const pm_path *path);

/* Is the table at `at` an array or an object? An empty one without a mark is
 * what `empty` says. */
pm_mark pm_json_kind(lua_State *L, int at, pm_mark empty);

/* How many keys the table at `at` has. */
lua_Integer pm_json_count_keys(lua_State *L, int at);

/* The length of the array at `at`. Raises at a hole and at any other key. */
lua_Integer pm_json_array_length(pm_json_writer *w, int at,
                                 const pm_path *path);

/* Raises "<path> <what>, which JSON cannot hold". */
void pm_json_refuse(pm_json_writer *w, const pm_path *path, const char *what);

#endif
