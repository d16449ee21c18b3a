/*
 * The next line of a block as a record of which little is asked: a few fields,
 * and the sample of its text. Neither the line nor the text becomes a string.
 */
#include <lauxlib.h>

#include "core_lua.h"
#include "data/json_read_lua.h"
#include "data/line_block_lua.h"
#include "data/quote.h"
#include "data/record.h"
#include "data/scratch_lua.h"
#include "match/sets_lua.h"
#include "sketch/sample_lua.h"
#include "sketch/seen.h"

/* Lines with more fields are left to who asks. */
enum { FIELDS = 64 };

enum { MOST = 2, WANTED, NAMES, SETS, FORM };

typedef struct found {
  const char *line;
  pm_object object;
  pm_field fields[FIELDS];
} found;

static bool scan(found *f, size_t len) {
  pm_json_error error;
  pm_json_scan s;
  pm_json_begin(&s, f->line, len, false, &error);
  return pm_record_scan(&s, &f->object, f->fields, FIELDS) == 0 &&
         f->object.count <= FIELDS;
}

static const pm_field *find(const found *f, const char *name, size_t len) {
  int64_t i = pm_record_find(f->line, f->fields, f->object.count, name, len);
  return i < 0 ? NULL : &f->fields[i];
}

static bool is_string(const found *f, const pm_field *field) {
  return field && f->line[field->value] == '"';
}

/* Pushes the value of a field, which was checked. */
static void push_value(lua_State *L, const found *f, const pm_field *field) {
  const char *value = f->line + field->value;
  size_t len = field->value_end - field->value;
  if (is_string(f, field)) {
    pm_json_push_string(L, value + 1, len - 2, field->value_escaped);
    return;
  }
  pm_json_error error;
  pm_json_reader reader = {.L = L};
  pm_json_begin(&reader.scan, value, len, true, &error);
  pm_json_push(&reader, value, 1);
}

/* Gives the table at WANTED the fields that are named at NAMES. */
static void set_wanted(lua_State *L, const found *f) {
  for (lua_Integer i = 1; lua_rawgeti(L, NAMES, i) == LUA_TSTRING; i++) {
    size_t len;
    const char *name = lua_tolstring(L, -1, &len);
    const pm_field *field = find(f, name, len);
    if (field)
      push_value(L, f, field);
    else
      lua_pushnil(L);
    lua_rawset(L, WANTED);
  }
  lua_pop(L, 1);
}

/* Adds the sample of a text to the sets; pushes its words, and its key, nil
 * without words. */
static void take_text(lua_State *L, const char *text, size_t len) {
  pm_sampled sampled;
  unsigned char key[PM_SEEN_KEY];
  int top = lua_gettop(L);
  pm_sets *sets = pm_sets_check(L, SETS);
  pm_sample_text(L, text, len, pm_sample_check(L, FORM), &sampled);
  pm_sets_add_or_raise(L, sets, sampled.packed, sampled.len);
  lua_settop(L, top);
  lua_pushinteger(L, (lua_Integer)sampled.words);
  if (sampled.words == 0) {
    lua_pushnil(L);
    return;
  }
  pm_seen_key(text, len, key);
  lua_pushlstring(L, (const char *)key, sizeof key);
}

static void take_field(lua_State *L, const found *f, const pm_field *field) {
  const char *raw = f->line + field->value + 1;
  size_t len = field->value_end - field->value - 2;
  if (!field->value_escaped) {
    take_text(L, raw, len);
    return;
  }
  pm_buffer *b = pm_scratch_borrow(L);
  int owner = lua_gettop(L);
  if (pm_buffer_room(b, len) != 0)
    luaL_error(L, "not enough memory");
  take_text(L, b->at, pm_quote_read(raw, len, b->at));
  pm_scratch_return(L, owner);
  lua_remove(L, owner);
}

/* line_block:sample(most, fields, names, sets, n, enough, rate)
 * --> first byte from 1, bytes without and with its end, number, words, key
 *   | first byte, bytes, bytes, number, nil, line: longer than `most` bytes,
 *     no record, or one without a text
 *   | nil
 * Gives `fields` the fields of those names, nil for what is not there. Adds the
 * set that sketch.sample gives to `sets`; the key is that of seen.key. */
int pm_line_sample(lua_State *L) {
  pm_line_block *lines = pm_line_block_check(L, 1);
  lua_Integer most = luaL_checkinteger(L, MOST);
  luaL_checktype(L, WANTED, LUA_TTABLE);
  luaL_checktype(L, NAMES, LUA_TTABLE);
  pm_line line;
  if (!pm_line_block_next(lines, &line))
    return 0;
  found f = {.line = lines->data + line.first};
  lua_pushinteger(L, (lua_Integer)line.first + 1);
  lua_pushinteger(L, (lua_Integer)line.len);
  lua_pushinteger(L, (lua_Integer)line.size);
  lua_pushinteger(L, (lua_Integer)line.number);
  const pm_field *text = NULL;
  if (line.size <= (lua_Unsigned)most && scan(&f, line.len))
    text = find(&f, "text", 4);
  if (is_string(&f, text)) {
    set_wanted(L, &f);
    take_field(L, &f, text);
    return 6;
  }
  lua_pushnil(L);
  lua_pushlstring(L, f.line, line.len);
  return 6;
}
