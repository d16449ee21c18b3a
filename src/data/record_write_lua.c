/*
 * Writing a record: first a plan for each field, then the splice.
 */
#include <string.h>

#include <lauxlib.h>

#include "data/json_read_lua.h"
#include "data/quote.h"
#include "data/record_lua.h"
#include "data/scratch_lua.h"
#include "data/splice_lua.h"
#include "text/utf8.h"

/* Lines up to here are put together on the stack. */
#define SHORT_MOST ((size_t)64 * 1024)

/* In pm_field.plan. */
enum { KEEP, EDIT, REPLACE, CUT };

/* Is the value at `b` equal to the decoded one at `a`? */
static bool equal(lua_State *L, int a, int b) {
  if (!lua_istable(L, a) || !lua_istable(L, b) || pm_null_is(L, a))
    return lua_rawequal(L, a, b) && lua_isinteger(L, a) == lua_isinteger(L, b);
  luaL_checkstack(L, 6, "value nested too deeply");
  if (pm_json_kind(L, a, PM_OBJECT) != pm_json_kind(L, b, PM_OBJECT))
    return false;
  int top = lua_gettop(L);
  lua_pushnil(L);
  while (lua_next(L, a)) {
    lua_pushvalue(L, top + 1);
    lua_rawget(L, b);
    if (!equal(L, top + 2, top + 3)) {
      lua_settop(L, top);
      return false;
    }
    lua_settop(L, top + 1);
  }
  return pm_json_count_keys(L, a) == pm_json_count_keys(L, b);
}

/* Is the table at `at`, read from field i, as the line has it? */
static bool unchanged(lua_State *L, const pm_record *r, uint32_t i, int at) {
  pm_json_error error;
  const char *value = r->line + r->fields[i].value;
  pm_json_reader reader = {.scan = {.text = value,
                                    .end = r->line + r->fields[i].value_end,
                                    .keep_bytes = true,
                                    .error = &error},
                           .L = L};
  pm_json_push(&reader, value, 1);
  bool same = equal(L, lua_gettop(L), at);
  lua_pop(L, 1);
  return same;
}

/* The number of the last field before field i with the same key, or -1. */
static int64_t same_key(lua_State *L, const pm_record *r, uint32_t i,
                        uint32_t before) {
  const pm_field *f = &r->fields[i];
  if (!f->key_escaped)
    return pm_record_find(r->line, r->fields, before, r->line + f->key,
                          f->key_end - f->key);
  size_t len;
  pm_record_push_key(L, r, i);
  const char *key = lua_tolstring(L, -1, &len);
  int64_t found = pm_record_find(r->line, r->fields, before, key, len);
  lua_pop(L, 1);
  return found;
}

static int plan_field(lua_State *L, const pm_record *r, int at, uint32_t i) {
  switch (r->fields[i].state) {
  case PM_FIELD_SET: return REPLACE;
  case PM_FIELD_REMOVED: return CUT;
  case PM_FIELD_TABLE:
    if (same_key(L, r, i, i) < 0)
      return EDIT;
    break;
  case PM_FIELD_REPEATED: break;
  default: return KEEP;
  }
  pm_record_push_value(L, r, at, i);
  int plan = unchanged(L, r, i, lua_gettop(L)) ? KEEP : REPLACE;
  lua_pop(L, 1);
  return plan;
}

/* Where a key comes twice, the last one has the value; the others stay only
 * as long as that does. */
static void plan_fields(lua_State *L, pm_record *r, int at) {
  for (uint32_t i = 0; i < r->object.count; i++) {
    int plan = plan_field(L, r, at, i);
    r->fields[i].plan = (uint8_t)plan;
    if (plan == KEEP || plan == EDIT)
      continue;
    int64_t other = same_key(L, r, i, i);
    for (; other >= 0; other = same_key(L, r, i, (uint32_t)other))
      r->fields[other].plan = CUT;
  }
}

static void write_added(pm_splice *s, pm_members *m, int at, const char *colon,
                        size_t colon_len, pm_path *here, int depth) {
  lua_State *L = s->w->L;
  const pm_record *r = lua_touserdata(L, at);
  lua_getiuservalue(L, at, PM_RECORD_ADDED);
  int list = lua_gettop(L);
  for (uint32_t i = 1; i <= r->added; i++) {
    lua_rawgeti(L, list, i);
    if (lua_toboolean(L, list + 1)) {
      lua_pushvalue(L, list + 1);
      lua_rawget(L, list);
      pm_members_add_field(s, m, list + 1, colon, colon_len, here, depth);
    }
    lua_settop(L, list);
  }
  lua_pop(L, 1);
}

static void splice_field(pm_splice *s, const pm_record *r, int at, uint32_t i,
                         pm_path *here, int depth) {
  lua_State *L = s->w->L;
  const pm_field *f = &r->fields[i];
  pm_record_push_value(L, r, at, i);
  int value = lua_gettop(L);
  here->name = r->line + f->key; /* as it is spelled there */
  here->len = f->key_end - f->key;
  if (f->plan == EDIT) {
    pm_splice_value(s, r->line + f->value, value, here, depth);
  } else {
    pm_splice_copy(s, r->line + f->value, r->line + f->value_end);
    pm_splice_replace(s, r->line + f->value, value, here, depth);
  }
  lua_pop(L, 1);
}

static void splice_fields(pm_splice *s, pm_record *r, int at,
                          const pm_path *path, int depth) {
  lua_State *L = s->w->L;
  pm_path here = {.up = path, .table = r};
  pm_members m = {0};
  luaL_checkstack(L, 12, "value nested too deeply");
  if (depth > PM_JSON_DEPTH)
    pm_path_error(L, s->w->root, &here, "is nested deeper than 512");
  const char *line = r->line, *colon = s->w->colon;
  size_t colon_len = strlen(colon);
  plan_fields(L, r, at);
  for (uint32_t i = 0; i < r->object.count; i++) {
    const pm_field *f = &r->fields[i];
    const char *start = line + f->key - 1;
    pm_members_next(&m, start);
    if (f->plan == CUT) {
      pm_members_cut(s, &m, start, line + f->value_end);
      continue;
    }
    pm_members_keep(s, &m, start);
    if (f->plan != KEEP)
      splice_field(s, r, at, i, &here, depth);
    m.end = line + f->value_end;
    colon = line + f->key_end + 1;
    colon_len = (size_t)(line + f->value - colon);
  }
  pm_members_end(s, &m, line + r->object.open);
  if (r->added > 0)
    write_added(s, &m, at, colon, colon_len, &here, depth);
}

/* Does the line put blanks behind its colons? New parts do then as well. */
static bool is_spaced(const pm_record *r) {
  const pm_field *f = r->fields;
  return r->object.count > 0 && r->line[f->value - 1] == ' ';
}

static void write_part(pm_json_writer *w, int at, const char *start,
                       const char *end, const pm_path *path, int depth) {
  pm_record *r = lua_touserdata(w->L, at);
  pm_json_error error;
  pm_splice s = {.w = w,
                 .scan = {.text = r->line,
                          .end = r->line + r->len,
                          .keep_bytes = true,
                          .error = &error},
                 .done = start};
  if (r->changed)
    splice_fields(&s, r, at, path, depth);
  pm_splice_copy(&s, end, end);
}

void pm_record_write(pm_json_writer *w, int at, const pm_path *path,
                     int depth) {
  const pm_record *r = lua_touserdata(w->L, at);
  write_part(w, at, r->line + r->object.open, r->line + r->object.close + 1,
             path, depth);
}

/* What most changes are: fields have another string, and a short line. Pushes
 * it and returns true, or false where there is more to it. */
static bool push_short(lua_State *L, const pm_record *r, int at) {
  char line[SHORT_MOST];
  pm_buffer out = {.at = line, .room = sizeof line, .max = sizeof line};
  const char *done = r->line;
  if (!pm_record_few(r) || r->added > 0)
    return false;
  for (uint32_t i = 0; i < r->object.count; i++) {
    const pm_field *f = &r->fields[i];
    size_t before = (size_t)(r->line + f->value - done), len;
    if (f->state == PM_FIELD_RAW || f->state == PM_FIELD_READ)
      continue;
    if (f->state != PM_FIELD_SET || same_key(L, r, i, i) >= 0)
      return false;
    const char *text = pm_record_text(L, r, at, i, &len);
    if (!text || before > SHORT_MOST || len > SHORT_MOST ||
        out.room - out.len < before + PM_QUOTE_ROOM(len))
      return false;
    bool high = false;
    memcpy(out.at + out.len, done, before);
    out.len += before;
    if (pm_quote_write(&out, text, len, &high) != 0 ||
        (high && pm_utf8_check(text, len) < len))
      return false;
    done = r->line + f->value_end;
  }
  size_t rest = (size_t)(r->line + r->len - done);
  if (rest > out.room - out.len)
    return false;
  memcpy(out.at + out.len, done, rest);
  lua_pushlstring(L, out.at, out.len + rest);
  return true;
}

void pm_record_push_line(lua_State *L, int at) {
  pm_record *r = lua_touserdata(L, at);
  if (!r->changed) {
    lua_getiuservalue(L, at, PM_RECORD_LINE);
    return;
  }
  if (push_short(L, r, at))
    return;
  bool spaced = is_spaced(r);
  pm_json_writer w = {.L = L,
                      .out = pm_scratch_borrow(L),
                      .root = "doc",
                      .comma = spaced ? ", " : ",",
                      .colon = spaced ? ": " : ":"};
  int buffer = lua_gettop(L);
  if (pm_buffer_room(w.out, r->len) != 0)
    luaL_error(L, "not enough memory");
  write_part(&w, at, r->line, r->line + r->len, NULL, 1);
  lua_pushlstring(L, w.out->at, w.out->len);
  pm_scratch_return(L, buffer);
  lua_remove(L, buffer);
}
