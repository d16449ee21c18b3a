/*
 * JSON text as Lua values: objects and arrays as tables, arrays marked, null
 * as the null of mark_lua.h, integers beyond 64 bits as floats.
 */
#ifndef PM_JSON_READ_LUA_H
#define PM_JSON_READ_LUA_H

#include <lua.h>

#include "data/json.h"

typedef struct pm_json_reader {
  pm_json_scan scan;
  lua_State *L;
  bool repeated; /* set when an object has a key twice; the last value wins */
} pm_json_reader;

/*
 * Checks the value at `p`, which is inside of `depth` arrays and objects,
 * pushes it and returns the place behind it. NULL after filling in the error;
 * then the stack holds rubbish above what it held.
 */
const char *pm_json_push(pm_json_reader *r, const char *p, int depth);

/* Pushes the text that the inside `raw` [len] of a checked string stands for,
 * and returns Lua's copy of it [text_len]. */
const char *pm_json_push_text(lua_State *L, const char *raw, size_t len,
                              bool escaped, size_t *text_len);

static inline void pm_json_push_string(lua_State *L, const char *raw,
                                       size_t len, bool escaped) {
  size_t text_len;
  pm_json_push_text(L, raw, len, escaped, &text_len);
}

/* Pushes the number that `text`, checked, says. */
void pm_json_push_number(lua_State *L, const char *text, size_t len);

#endif
