/*
 * The Lua object `Record`: one document, kept as the line it came in. A field
 * is decoded when it is read and remembered; writing splices what changed into
 * the line.
 */
#ifndef PM_RECORD_LUA_H
#define PM_RECORD_LUA_H

#include <lua.h>

#include "data/json_write_lua.h"
#include "data/record.h"

/* What became of a field, in pm_field.state. */
enum pm_field_state {
  PM_FIELD_RAW,      /* nobody asked for it */
  PM_FIELD_READ,     /* decoded, cannot change by itself */
  PM_FIELD_TABLE,    /* decoded, the table may have been changed */
  PM_FIELD_REPEATED, /* the same, and some object in it has a key twice */
  PM_FIELD_SET,      /* has another value */
  PM_FIELD_REMOVED,
};

typedef struct pm_record {
  const char *line; /* the string in PM_RECORD_LINE */
  size_t len;
  pm_object object;
  bool changed;   /* may any field differ from the line? */
  uint32_t added; /* entries in the list of new fields */
  /* The string that a field was decoded to or given last: most scripts read
   * one, change it and write the record. NULL when there is none. */
  uint32_t text_field;
  const char *text;
  size_t text_len;
  pm_field fields[];
} pm_record;

/*
 * User values of a record: the line; the new fields (a list of their names in
 * order, false for one removed again, and their values by name) or nil; then
 * the values of the fields, one each, or, where there are many fields, one
 * table of their values by number and their numbers by name.
 */
enum { PM_RECORD_LINE = 1, PM_RECORD_ADDED, PM_RECORD_VALUES };
enum { PM_RECORD_FEW = 64 };

/* Pushes the line of the record at the absolute index `at` with its changes.
 * Raises where a field was given what JSON cannot hold. */
void pm_record_push_line(lua_State *L, int at);

/* Is the value at `at` a record? */
bool pm_record_is(lua_State *L, int at);

/* Pushes the metatable of records. */
void pm_record_push_meta(lua_State *L);

/* Writes the record at the absolute index `at`, found at `path`. */
void pm_record_write(pm_json_writer *w, int at, const pm_path *path, int depth);

/* Pushes field i's key, and the value it was given or decoded to. */
void pm_record_push_key(lua_State *L, const pm_record *r, uint32_t i);
void pm_record_push_value(lua_State *L, const pm_record *r, int at, uint32_t i);

/* Pushes field i's value, decoded now if it was not yet; nil if it was
 * removed. */
void pm_record_push_field(lua_State *L, pm_record *r, int at, uint32_t i);

/* Keeps the value on top of the stack for field i and pops it. `text` [len] is
 * the value where it is a string, else NULL. */
void pm_record_keep_value(lua_State *L, pm_record *r, int at, uint32_t i,
                          const char *text, size_t len);

/* The value of field i where it is a string that is kept, else NULL. */
const char *pm_record_text(lua_State *L, const pm_record *r, int at, uint32_t i,
                           size_t *len);

/* Gives the field of the record at 1 whose name is at 2 the value at 3. */
void pm_record_set(lua_State *L, pm_record *r);

/* Gives the new field whose name is at `name` the value at `value`. */
void pm_record_add(lua_State *L, pm_record *r, int at, int name, int value);

/* The number of the last field with the key of field i: i itself, unless the
 * key comes again. */
uint32_t pm_record_last(lua_State *L, const pm_record *r, int at, uint32_t i);

/* The number of the field whose name is the string at `key`, or -1. */
int64_t pm_record_field(lua_State *L, const pm_record *r, int at, int key);

/* Has few enough fields to keep each one's value for itself. */
static inline bool pm_record_few(const pm_record *r) {
  return r->object.count <= PM_RECORD_FEW;
}

/* Pops the metatable of records and pushes the function that makes one of a
 * line and looks for keys that come twice. */
void pm_record_push_of_line(lua_State *L);

/* maker(keeps_bytes): makes the function that makes records; its upvalue is
 * their metatable. */
int pm_record_maker(lua_State *L);

#endif
