/*
 * What the bindings of regex share: the object, the subject, the captures.
 *
 * Every C function has the machine (stack, known subjects) as upvalue 1.
 * Results are copied out of the match data before anything is pushed: pushing
 * may collect garbage, and a finaliser may match with the same object.
 */
#ifndef PM_REGEX_LUA_H
#define PM_REGEX_LUA_H

#include <lua.h>

#include "text/regex.h"

#define PM_REGEX "pumice.regex"

typedef struct pm_regex_copy {
  size_t few[2 * 16];
  size_t *at; /* few, or a userdata on the stack */
  int groups;
} pm_regex_copy;

/* The open regex at `arg`, or an error that names the argument. */
pm_regex *pm_regex_check(lua_State *L, int arg);

/* The same for the regex at 1, for methods. */
pm_regex *pm_regex_self(lua_State *L);

/* The text at 2 as a subject of `re`, and where to start: the offset of Lua's
 * `init` at that index, unless it is 0; len + 1 where there is surely no match.
 * Long texts are looked at once while they are in use, and none at all for a
 * pattern that takes any. */
pm_regex_subject pm_regex_subject_at(lua_State *L, const pm_regex *re, int init,
                                     size_t *from);

/* Prepares *copy, which may push one value; call before the match. */
void pm_regex_copy_room(lua_State *L, const pm_regex *re, pm_regex_copy *copy);

/* Pushes group `i`, or false if it took no part. */
void pm_regex_push_group(lua_State *L, const pm_regex_subject *s,
                         const pm_regex_copy *copy, int i);

/* Pushes all groups, or the whole match if there are none and `whole`.
 * Returns how many. */
int pm_regex_push_captures(lua_State *L, const pm_regex_subject *s,
                           const pm_regex_copy *copy, bool whole);

/* Pushes nil and the reason for a code < 0 of the regex at index 1, or of what
 * is there and has one, and returns 2; raises it if limits are to raise. */
int pm_regex_fail(lua_State *L, int code);

/* Raises a code < 0 of the regex at `re`. */
int pm_regex_raise(lua_State *L, int re, int code);

/* The methods, by what they do, one file each. */
int pm_regex_lua_find(lua_State *L);
int pm_regex_lua_match(lua_State *L);
int pm_regex_lua_test(lua_State *L);
int pm_regex_lua_captures(lua_State *L);
int pm_regex_lua_gsub(lua_State *L);
int pm_regex_lua_gmatch(lua_State *L);
int pm_regex_lua_count(lua_State *L);
int pm_regex_lua_spans(lua_State *L);
int pm_regex_lua_split(lua_State *L);

#endif
