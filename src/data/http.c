#include "data/http.h"

#include <string.h>

#include "data/unpack.h"

void pm_http_type(pm_slice value, pm_slice *type, pm_slice *charset) {
  const char *p = value.at, *end = p + value.len;
  const char *stop = value.len ? memchr(p, ';', value.len) : NULL;
  *type = pm_slice_trim((pm_slice){p, (size_t)((stop ? stop : end) - p)});
  while (stop) {
    p = stop + 1;
    stop = memchr(p, ';', (size_t)(end - p));
    pm_slice parameter =
        pm_slice_trim((pm_slice){p, (size_t)((stop ? stop : end) - p)});
    if (!pm_slice_begins(parameter, "charset="))
      continue;
    pm_slice name = {parameter.at + 8, parameter.len - 8};
    while (name.len > 0 && (*name.at == '"' || *name.at == '\''))
      name = (pm_slice){name.at + 1, name.len - 1};
    while (name.len > 0 &&
           (name.at[name.len - 1] == '"' || name.at[name.len - 1] == '\''))
      name.len--;
    *charset = pm_slice_trim(name);
  }
}

bool pm_http_read(const char *data, size_t len, pm_http *response) {
  *response = (pm_http){0};
  pm_slice all = {data, len};
  if (!pm_slice_begins(all, "http/"))
    return false;
  const char *end = data + len;
  const char *body = pm_header_end(data, end);
  body = body ? body : end;
  pm_header field;
  const char *p = data;
  while (pm_header_next(&p, body, &field)) {
    if (pm_slice_is(field.name, "content-type"))
      pm_http_type(field.value, &response->type, &response->charset);
    else if (pm_slice_is(field.name, "content-encoding"))
      response->encoding = field.value;
    else if (pm_slice_is(field.name, "transfer-encoding"))
      response->chunked |= pm_slice_begins(field.value, "chunked");
  }
  response->body = (pm_slice){body, (size_t)(end - body)};
  return true;
}

bool pm_http_is_html(pm_slice type, pm_slice body) {
  if (type.len > 0)
    return pm_slice_is(type, "text/html") ||
           pm_slice_is(type, "application/xhtml+xml");
  body.len = body.len < 1024 ? body.len : 1024;
  body = pm_slice_trim(body);
  return pm_slice_begins(body, "<!doctype html") ||
         pm_slice_begins(body, "<html");
}

static int hex_digit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

/* Reads the line that gives the size of a chunk, extensions passed over;
 * returns the place behind it, or NULL. */
static const char *chunk_size(const char *p, const char *end, size_t *size) {
  const char *first = p;
  *size = 0;
  for (int d; p < end && (d = hex_digit(*p)) >= 0; p++) {
    if (p - first >= 12)
      return NULL;
    *size = *size * 16 + (size_t)d;
  }
  const char *stop = memchr(p, '\n', (size_t)(end - p));
  bool bare = p < end && (*p == '\r' || *p == '\n' || *p == ';' || *p == ' ');
  return p > first && bare && stop ? stop + 1 : NULL;
}

static pm_http_status dechunk(pm_slice body, bool cut, size_t max,
                              pm_buffer *out, pm_slice *result) {
  const char *p = body.at, *end = p + body.len;
  size_t size;
  if (!chunk_size(p, end, &size)) {
    *result = body;
    return PM_HTTP_OK;
  }
  bool whole = false;
  while (!whole && (p = chunk_size(p, end, &size))) {
    size_t there = (size_t)(end - p) < size ? (size_t)(end - p) : size;
    if (max - out->len < there)
      return PM_HTTP_LONG;
    if (pm_buffer_add(out, p, there) != 0)
      return PM_HTTP_MEMORY;
    whole = size == 0;
    p += there;
    if (there < size)
      break;
    if (p < end && *p == '\r')
      p++;
    if (p < end && *p == '\n')
      p++;
  }
  *result = (pm_slice){out->at ? out->at : "", out->len};
  return whole || cut ? PM_HTTP_OK : PM_HTTP_DAMAGED;
}

static pm_http_status decode_one(pm_slice name, bool cut, size_t max,
                                 pm_buffer *out, pm_slice *body) {
  pm_packing packing;
  if (name.len == 0 || pm_slice_is(name, "identity"))
    return PM_HTTP_OK;
  if (pm_slice_is(name, "gzip") || pm_slice_is(name, "x-gzip"))
    packing = PM_GZIP;
  else if (pm_slice_is(name, "deflate"))
    packing = PM_DEFLATE;
  else if (pm_slice_is(name, "zstd"))
    packing = PM_ZSTD;
  else
    return PM_HTTP_UNKNOWN;
  if (!pm_unpack_begins(packing, body->at, body->len))
    return PM_HTTP_OK;
  out->len = 0;
  pm_unpack_status status = pm_unpack(packing, body->at, body->len, max, out);
  *body = (pm_slice){out->at ? out->at : "", out->len};
  switch (status) {
  case PM_UNPACK_OK: return PM_HTTP_OK;
  case PM_UNPACK_CUT: return cut ? PM_HTTP_OK : PM_HTTP_DAMAGED;
  case PM_UNPACK_DAMAGED: return PM_HTTP_DAMAGED;
  case PM_UNPACK_LONG: return PM_HTTP_LONG;
  default: return PM_HTTP_MEMORY;
  }
}

/* Undoes the last name of a list first: that was applied last. Each step
 * reads from one buffer and writes to the other. */
pm_http_status pm_http_decode(const pm_http *response, bool cut, size_t max,
                              pm_buffer buffers[2], pm_slice *body) {
  *body = response->body;
  pm_http_status status = PM_HTTP_OK;
  if (response->chunked)
    status = dechunk(*body, cut, max, &buffers[0], body);
  pm_slice list = response->encoding;
  for (int next = 1; list.len > 0 && status == PM_HTTP_OK; next = !next) {
    const char *comma = memrchr(list.at, ',', list.len);
    const char *from = comma ? comma + 1 : list.at;
    pm_slice name = {from, (size_t)(list.at + list.len - from)};
    const char *before = body->at;
    status = decode_one(pm_slice_trim(name), cut, max, &buffers[next], body);
    if (body->at == before)
      next = !next; /* nothing was written */
    list.len = comma ? (size_t)(comma - list.at) : 0;
  }
  return status;
}
