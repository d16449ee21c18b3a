/*
 * The values of a record's fields: decoded when they are read, kept in its
 * user values.
 */
#include <string.h>

#include "data/json_read_lua.h"
#include "data/record_lua.h"

void pm_record_push_value(lua_State *L, const pm_record *r, int at,
                          uint32_t i) {
  if (pm_record_few(r)) {
    lua_getiuservalue(L, at, PM_RECORD_VALUES + (int)i);
    return;
  }
  lua_getiuservalue(L, at, PM_RECORD_VALUES);
  lua_rawgeti(L, -1, (lua_Integer)i + 1);
  lua_remove(L, -2);
}

const char *pm_record_text(lua_State *L, const pm_record *r, int at, uint32_t i,
                           size_t *len) {
  if (r->text && r->text_field == i) {
    *len = r->text_len;
    return r->text;
  }
  pm_record_push_value(L, r, at, i);
  const char *text =
      lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, len) : NULL;
  lua_pop(L, 1); /* the record keeps it */
  return text;
}

/* The value on top of the stack is kept for field i and popped. */
static void store(lua_State *L, const pm_record *r, int at, uint32_t i) {
  if (pm_record_few(r)) {
    lua_setiuservalue(L, at, PM_RECORD_VALUES + (int)i);
    return;
  }
  lua_getiuservalue(L, at, PM_RECORD_VALUES);
  lua_insert(L, -2);
  lua_rawseti(L, -2, (lua_Integer)i + 1);
  lua_pop(L, 1);
}

void pm_record_keep_value(lua_State *L, pm_record *r, int at, uint32_t i,
                          const char *text, size_t len) {
  if (r->text_field == i)
    r->text = NULL; /* the collector may take it */
  store(L, r, at, i);
  if (text) {
    r->text_field = i;
    r->text = text;
    r->text_len = len;
  }
}

void pm_record_push_key(lua_State *L, const pm_record *r, uint32_t i) {
  const pm_field *f = &r->fields[i];
  pm_json_push_string(L, r->line + f->key, f->key_end - f->key, f->key_escaped);
}

int64_t pm_record_field(lua_State *L, const pm_record *r, int at, int key) {
  if (pm_record_few(r)) {
    size_t len;
    const char *s = lua_tolstring(L, key, &len);
    return pm_record_find(r->line, r->fields, r->object.count, s, len);
  }
  lua_getiuservalue(L, at, PM_RECORD_VALUES);
  lua_pushvalue(L, key);
  int64_t i = lua_rawget(L, -2) == LUA_TNIL ? -1 : lua_tointeger(L, -1);
  lua_pop(L, 2);
  return i;
}

uint32_t pm_record_last(lua_State *L, const pm_record *r, int at, uint32_t i) {
  const pm_field *f = &r->fields[i];
  int64_t last;
  if (pm_record_few(r) && !f->key_escaped) {
    last = pm_record_find(r->line, r->fields, r->object.count, r->line + f->key,
                          f->key_end - f->key);
  } else {
    pm_record_push_key(L, r, i);
    last = pm_record_field(L, r, at, lua_gettop(L));
    lua_pop(L, 1);
  }
  return (uint32_t)last;
}

/* Pushes the value of field i as the line has it, and remembers it. */
static void decode_field(lua_State *L, pm_record *r, int at, uint32_t i) {
  pm_field *f = &r->fields[i];
  const char *value = r->line + f->value, *text = NULL;
  size_t len = f->value_end - f->value;
  int state = PM_FIELD_READ;
  if (*value == '"') {
    text = pm_json_push_text(L, value + 1, len - 2, f->value_escaped, &len);
  } else {
    pm_json_error error;
    pm_json_reader reader = {.scan = {.text = value,
                                      .end = value + len,
                                      .keep_bytes = true,
                                      .error = &error},
                             .L = L};
    pm_json_push(&reader, value, 1); /* checked before: cannot fail */
    if (lua_type(L, -1) == LUA_TTABLE) {
      state = reader.repeated ? PM_FIELD_REPEATED : PM_FIELD_TABLE;
      r->changed = true;
    }
  }
  lua_pushvalue(L, -1);
  pm_record_keep_value(L, r, at, i, text, len);
  f->state = (uint8_t)state;
}

void pm_record_push_field(lua_State *L, pm_record *r, int at, uint32_t i) {
  switch (r->fields[i].state) {
  case PM_FIELD_RAW: decode_field(L, r, at, i); break;
  case PM_FIELD_REMOVED: lua_pushnil(L); break;
  default: pm_record_push_value(L, r, at, i);
  }
}
