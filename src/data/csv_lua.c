/*
 * core.csv: rows of CSV, read and written.
 */
#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "data/csv.h"
#include "data/csv_record.h"
#include "data/scratch_lua.h"

static char check_delimiter(lua_State *L, int at) {
  size_t len;
  const char *s = luaL_checklstring(L, at, &len);
  luaL_argcheck(L, len == 1, at, "a delimiter is one byte");
  return *s;
}

static lua_Integer count_lines(const char *data, size_t len) {
  lua_Integer count = 0;
  const char *end = data + len;
  while (data < end && (data = memchr(data, '\n', (size_t)(end - data)))) {
    count++;
    data++;
  }
  return count;
}

/* Pushes a table of the fields of a sound row. */
static void push_fields(lua_State *L, const char *row, size_t len,
                        char delimiter) {
  lua_newtable(L);
  pm_csv_field field;
  lua_Integer n = 0;
  for (size_t at = 0; pm_csv_next(row, len, delimiter, &at, &field);) {
    if (field.doubled) {
      luaL_Buffer b;
      char *out = luaL_buffinitsize(L, &b, field.len);
      luaL_pushresultsize(&b, pm_csv_unquote(&field, out));
    } else {
      lua_pushlstring(L, field.text, field.len);
    }
    lua_rawseti(L, -2, ++n);
  }
}

/* csv.row(data, at, delimiter)
 *   --> fields | nil, last, next, lines [, what is wrong]
 * The row from `at` to `last` and the place where the next one begins, so many
 * lines on. */
static int csv_row(lua_State *L) {
  size_t len;
  const char *data = luaL_checklstring(L, 1, &len);
  lua_Integer at = luaL_checkinteger(L, 2);
  char delimiter = check_delimiter(L, 3);
  luaL_argcheck(L, at >= 1 && (size_t)at <= len, 2, "at is within the data");
  data += at - 1;
  len -= (size_t)at - 1;
  pm_csv_row row;
  pm_csv_status status = pm_csv_read(data, len, true, delimiter, &row);
  if (status == PM_CSV_ROW)
    push_fields(L, data, row.len, delimiter);
  else
    lua_pushnil(L);
  lua_pushinteger(L, at + (lua_Integer)row.len - 1);
  lua_pushinteger(L, at + (lua_Integer)row.next);
  lua_pushinteger(L, count_lines(data, row.next));
  if (status == PM_CSV_ROW)
    return 4;
  lua_pushstring(L, status == PM_CSV_OPEN ? "a quote is not closed"
                                          : "text behind a closing quote");
  return 5;
}

/* The strings in the table at `at`; Lua owns the list. */
static pm_name *read_names(lua_State *L, int at, size_t *count) {
  luaL_checktype(L, at, LUA_TTABLE);
  *count = lua_rawlen(L, at);
  pm_name *names = lua_newuserdatauv(L, *count * sizeof *names, 0);
  for (size_t i = 0; i < *count; i++) {
    if (lua_rawgeti(L, at, (lua_Integer)i + 1) != LUA_TSTRING)
      luaL_argerror(L, at, "names are strings");
    names[i].text = lua_tolstring(L, -1, &names[i].len);
    lua_pop(L, 1); /* the table keeps it */
  }
  return names;
}

/* csv.header(names, delimiter) --> the first row of a file */
static int csv_header(lua_State *L) {
  size_t count;
  const pm_name *names = read_names(L, 1, &count);
  char delimiter = check_delimiter(L, 2);
  pm_buffer *out = pm_scratch_borrow(L);
  int status = 0;
  for (size_t i = 0; i < count && status == 0; i++) {
    if (i > 0)
      status = pm_buffer_add(out, &delimiter, 1);
    if (status == 0)
      status = pm_csv_quote(out, names[i].text, names[i].len, delimiter);
  }
  if (status == 0 && out->len == 0)
    status = pm_buffer_add(out, "\"\"", 2);
  if (status != 0 || pm_buffer_add(out, "\n", 1) != 0)
    return luaL_error(L, "not enough memory");
  lua_pushlstring(L, out->at, out->len);
  pm_scratch_return(L, lua_gettop(L) - 1);
  return 1;
}

/* The fields of the record in the string at `at`, checked; Lua owns them. */
static pm_field *scan(lua_State *L, int at, size_t *count) {
  size_t len;
  const char *line = luaL_checklstring(L, at, &len);
  pm_json_error error = {0};
  pm_json_scan s = {.text = line, .end = line + len, .error = &error};
  pm_object object = {0};
  pm_field *fields = NULL;
  for (size_t room = 32;; room = object.count) {
    fields = lua_newuserdatauv(L, room * sizeof *fields, 0);
    if (pm_record_scan(&s, &object, fields, room) != 0)
      luaL_argerror(L, at, error.message);
    if (object.count <= room)
      break;
    lua_pop(L, 1);
  }
  *count = object.count;
  return fields;
}

/* csv.stranger(json, names) --> a field that is none of the names | nil */
static int csv_stranger(lua_State *L) {
  const char *line = luaL_checkstring(L, 1);
  size_t count, field_count;
  const pm_name *names = read_names(L, 2, &count);
  const pm_field *fields = scan(L, 1, &field_count);
  int64_t stranger = pm_csv_stranger(line, fields, field_count, names, count);
  if (stranger < 0)
    return 0;
  const pm_field *f = &fields[stranger];
  lua_pushlstring(L, line + f->key, f->key_end - f->key);
  return 1;
}

/* csv.line(json, names, delimiter) --> a row of the fields that are named */
static int csv_line(lua_State *L) {
  lua_settop(L, 3);
  const char *line = luaL_checkstring(L, 1);
  char delimiter = check_delimiter(L, 3);
  size_t count, field_count;
  const pm_name *names = read_names(L, 2, &count);
  const pm_field *fields = scan(L, 1, &field_count);
  pm_buffer *out = pm_scratch_borrow(L);
  if (pm_csv_record(out, line, fields, field_count, names, count, delimiter) !=
      0)
    return luaL_error(L, "not enough memory for a row");
  lua_pushlstring(L, out->at, out->len);
  pm_scratch_return(L, lua_gettop(L) - 1);
  return 1;
}

static const luaL_Reg functions[] = {
    {"row", csv_row},           {"header", csv_header}, {"line", csv_line},
    {"stranger", csv_stranger}, {NULL, NULL},
};

int pm_open_csv(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
