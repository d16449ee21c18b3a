/*
 * The Lua object `Spans`: an array of spans over one Lua string.
 *
 *   pm_spans *s = pm_spans_new(L, 1);          // pushes it; text at index 1
 *   while ((n = next(&state, pm_spans_room(L, s, 1024), 1024)) > 0)
 *     s->count += n;
 *
 * The array belongs to the userdata, so an error raised at any time leaks
 * nothing.
 */
#ifndef PM_SPANS_LUA_H
#define PM_SPANS_LUA_H

#include <stddef.h>

#include <lauxlib.h>
#include <lua.h>

#include "text/spans.h"

#define PM_SPANS "pumice.spans"

typedef struct pm_spans {
  pm_span *at; /* [room], the first `count` are set */
  size_t count, room;
} pm_spans;

/* Pushes an empty Spans over the string at `text` and returns it. Raises if
 * the text is longer than PM_TEXT_MAX. */
pm_spans *pm_spans_new(lua_State *L, int text);

/* Pushes an empty Spans over the text of the Spans at `arg`. */
pm_spans *pm_spans_over(lua_State *L, int arg);

/* Makes room for `extra` more spans and returns the place of the first of
 * them. Raises when memory is short. */
pm_span *pm_spans_room(lua_State *L, pm_spans *s, size_t extra);

/* The Spans at `arg`, or an error that names the argument. */
pm_spans *pm_spans_check(lua_State *L, int arg);

/* The text of the Spans at `arg` and its length; alive as long as that is. */
const char *pm_spans_text(lua_State *L, int arg, size_t *len);

/* Methods, by what they do, one file each. */
extern const luaL_Reg pm_spans_filters[];  /* count, where, without */
extern const luaL_Reg pm_spans_rewrites[]; /* lower, replace */
extern const luaL_Reg pm_spans_tallies[];  /* frequencies, hash, ngrams */

#endif
