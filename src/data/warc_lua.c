/*
 * core.warc: documents out of WARC records.
 */
#include <lauxlib.h>
#include <lua.h>

#include "core_lua.h"
#include "data/page.h"
#include "text/buffer_lua.h"

static void set_field(lua_State *L, const char *name, pm_slice value) {
  if (value.len == 0)
    return;
  lua_pushlstring(L, value.at, value.len);
  lua_setfield(L, -2, name);
}

/* Pushes nil, first, next, code. */
static int push_failure(lua_State *L, lua_Integer first, lua_Integer next,
                        const char *code) {
  lua_pushnil(L);
  lua_pushinteger(L, first);
  lua_pushinteger(L, next);
  lua_pushstring(L, code);
  return 4;
}

static int fail_record(lua_State *L, pm_warc_status status, const pm_warc *r,
                       lua_Integer first, lua_Integer next) {
  switch (status) {
  case PM_WARC_JUNK:
    push_failure(L, first, next, "bad-warc");
    lua_pushliteral(L, "no WARC record begins here");
    break;
  case PM_WARC_NO_LENGTH:
    push_failure(L, first, next, "bad-warc");
    lua_pushliteral(L, "the header has no Content-Length that is a number");
    break;
  default:
    push_failure(L, first, next, "bad-length");
    lua_pushfstring(L,
                    "Content-Length is %I, but %I bytes stand before the next "
                    "record or the end",
                    (LUAI_UACINT)r->length, (LUAI_UACINT)r->there);
  }
  return 5;
}

static int fail_body(lua_State *L, pm_http_status status, const pm_http *http,
                     lua_Integer max, lua_Integer first, lua_Integer next) {
  push_failure(L, first, next,
               status == PM_HTTP_UNKNOWN ? "unknown-encoding"
               : status == PM_HTTP_LONG  ? "too-long"
                                         : "bad-encoding");
  lua_pushlstring(L, http->encoding.at ? http->encoding.at : "chunked",
                  http->encoding.at ? http->encoding.len : 7);
  const char *name = lua_tostring(L, -1);
  if (status == PM_HTTP_UNKNOWN)
    lua_pushfstring(L, "content encoding '%s' is not known", name);
  else if (status == PM_HTTP_LONG)
    lua_pushfstring(L, "the body (%s) grows beyond %I bytes, or 200 times",
                    name, (LUAI_UACINT)max);
  else
    lua_pushfstring(L, "the body (%s) is damaged or cut short", name);
  lua_remove(L, -2);
  return 5;
}

/* Pushes "html" | "text" | "other", first, next. */
static void push_kind(lua_State *L, pm_page_kind kind, lua_Integer first,
                      lua_Integer next) {
  static const char *const names[] = {"other", "html", "text"};
  lua_pushstring(L, names[kind]);
  lua_pushinteger(L, first);
  lua_pushinteger(L, next);
}

static void push_document(lua_State *L, const pm_warc *r, pm_slice charset,
                          pm_slice body) {
  lua_createtable(L, 0, 5);
  set_field(L, "id", r->id.len ? r->id : r->uri);
  set_field(L, "url", r->uri);
  set_field(L, "date", r->date);
  set_field(L, "charset", charset);
  lua_pushlstring(L, body.at, body.len);
  lua_setfield(L, -2, "body");
}

static int push_html(lua_State *L, const pm_warc *r, const pm_http *http,
                     lua_Integer max, lua_Integer first, lua_Integer next) {
  pm_buffer *a = pm_buffer_push(L), *b = pm_buffer_push(L);
  pm_buffer buffers[2] = {*a, *b};
  pm_slice body;
  pm_http_status status =
      pm_http_decode(http, r->truncated.len > 0, (size_t)max, buffers, &body);
  *a = buffers[0];
  *b = buffers[1];
  if (status == PM_HTTP_MEMORY)
    return luaL_error(L, "not enough memory for a page");
  if (status != PM_HTTP_OK)
    return fail_body(L, status, http, max, first, next);
  push_kind(L, PM_PAGE_HTML, first, next);
  push_document(L, r, http->charset, body);
  pm_buffer_free(a);
  pm_buffer_free(b);
  return 4;
}

/* warc.record(data, at, max)
 *   --> "html" | "text", first, next, {id, url, date, charset, body}
 *     | "other", first, next                 no document
 *     | nil, first, next, code, reason       not sound
 *     | false                                nothing but line ends
 * The record that begins at `at` or behind line ends there. `max`: bytes that
 * a body may have. */
static int warc_record(lua_State *L) {
  size_t len;
  const char *data = luaL_checklstring(L, 1, &len);
  lua_Integer at = luaL_checkinteger(L, 2);
  lua_Integer max = luaL_checkinteger(L, 3);
  luaL_argcheck(L, at >= 1 && (size_t)at <= len, 2, "at is within the data");
  luaL_argcheck(L, max >= 1, 3, "max is at least 1");
  pm_warc record;
  pm_warc_status status =
      pm_warc_read(data + at - 1, len - (size_t)at + 1, true, &record);
  lua_Integer first = at + (lua_Integer)record.start;
  lua_Integer next = at + (lua_Integer)record.next;
  if (status == PM_WARC_BLANK) {
    lua_pushboolean(L, 0);
    return 1;
  }
  if (status != PM_WARC_RECORD)
    return fail_record(L, status, &record, first, next);
  pm_http http;
  pm_page_kind kind = pm_page_read(&record, &http);
  if (kind == PM_PAGE_HTML)
    return push_html(L, &record, &http, max, first, next);
  push_kind(L, kind, first, next);
  if (kind == PM_PAGE_OTHER)
    return 3;
  push_document(L, &record, (pm_slice){0}, record.block);
  return 4;
}

/* warc.is_page(data) --> whether the record that begins there, cut somewhere,
 * would have been a document, or is not sound */
static int warc_is_page(lua_State *L) {
  size_t len;
  const char *data = luaL_checklstring(L, 1, &len);
  pm_warc record = {0};
  pm_http http;
  bool cut = len > 0 && pm_warc_read(data, len, false, &record) == PM_WARC_MORE;
  lua_pushboolean(L, !cut || record.block.len == 0 ||
                         pm_page_read(&record, &http) != PM_PAGE_OTHER);
  return 1;
}

static const luaL_Reg functions[] = {
    {"record", warc_record},
    {"is_page", warc_is_page},
    {NULL, NULL},
};

int pm_open_warc(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}
