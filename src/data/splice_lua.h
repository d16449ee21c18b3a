/*
 * Writing JSON text again with what a script changed: a walk over the text
 * and the Lua values side by side. What is equal is not written at all; the
 * bytes from the last change to the next are copied in one piece, so keys,
 * blanks, escapes and the spelling of numbers stay as they came.
 *
 * The text was checked before. No object in it may have a key twice.
 */
#ifndef PM_SPLICE_LUA_H
#define PM_SPLICE_LUA_H

#include "data/json.h"
#include "data/json_write_lua.h"

typedef struct pm_splice {
  pm_json_writer *w;
  pm_json_scan scan; /* of the text */
  const char *done;  /* the text up to here is written, or was cut */
} pm_splice;

/* Writes the text up to `p`, and goes on from `next`. */
void pm_splice_copy(pm_splice *s, const char *p, const char *next);

/*
 * Writes what differs between the value at `p` of the text and the Lua value
 * at `at`. Returns the place behind the former.
 */
const char *pm_splice_value(pm_splice *s, const char *p, int at,
                            const pm_path *path, int depth);

/* Writes the Lua value at `at` in the place of the one that starts at `p`. An
 * empty table without a mark stays the array or object that it replaces. */
void pm_splice_replace(pm_splice *s, const char *p, int at, const pm_path *path,
                       int depth);

/* The same for an array or object at `open` and the table at `at`, which is of
 * that kind and, for an object, has only strings as keys; `here` is its level
 * of the path. */
const char *pm_splice_array(pm_splice *s, const char *open, int at,
                            pm_path *here, int depth);
const char *pm_splice_object(pm_splice *s, const char *open, int at,
                             pm_path *here, int depth);

/* Returns the place behind the value at `p` if the Lua value at `at` is equal
 * to it, else NULL. */
const char *pm_splice_equal(pm_splice *s, const char *p, int at);

/* Is the text in [p, end) a scalar with the Lua value at `at`? */
bool pm_splice_same(lua_State *L, const char *p, const char *end, int at);

/*
 * The members of one object or array, one after the other: `next`, then
 * `keep` or `cut`; then `end`; then `add` before each new one. Removing one
 * takes the comma before it or, while none is kept, the one behind it.
 */
typedef struct pm_members {
  const char *cut; /* while none is kept: where the first one to go starts */
  const char *end; /* behind the last one */
  const char *gap; /* what stands between the last two */
  size_t gap_len;  /* 0 until there were two */
  bool kept;       /* is there one to stay? */
} pm_members;

void pm_members_next(pm_members *m, const char *start);
void pm_members_keep(pm_splice *s, pm_members *m, const char *start);
void pm_members_cut(pm_splice *s, pm_members *m, const char *start,
                    const char *end);

/* Goes to where new members are written: behind the last one, or, in an empty
 * object or array, behind the bracket at `open`. */
void pm_members_end(pm_splice *s, pm_members *m, const char *open);
void pm_members_add(pm_splice *s, pm_members *m);

/* Writes a new field: its name is the string at `key`, its value above it. */
void pm_members_add_field(pm_splice *s, pm_members *m, int key,
                          const char *colon, size_t colon_len, pm_path *here,
                          int depth);

#endif
