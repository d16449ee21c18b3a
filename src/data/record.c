#include "data/record.h"

#include <string.h>

#include "data/quote.h"

/* One field from the quote of its key to the end of its value. */
static const char *scan_field(pm_json_scan *s, const char *p, pm_field *f) {
  const char *key_end;
  const char *key = p + 1;
  p = pm_json_key(s, p, &key_end);
  if (!p)
    return NULL;
  f->key = (uint32_t)(key - s->text);
  f->key_end = (uint32_t)(key_end - 1 - s->text);
  f->key_escaped = s->escaped;
  f->state = f->plan = 0;
  const char *value = p;
  int c = pm_json_peek(s, p);
  p = c == '"'               ? pm_json_string(s, p)
      : c >= '0' && c <= '9' ? pm_json_number(s, p)
                             : pm_json_value(s, p, 1);
  if (!p)
    return NULL;
  f->value = (uint32_t)(value - s->text);
  f->value_end = (uint32_t)(p - s->text);
  f->value_escaped = c == '"' && s->escaped;
  return p;
}

static const char *scan_object(pm_json_scan *s, const char *p,
                               pm_object *object, pm_field *fields,
                               size_t room) {
  uint32_t called = pm_json_enter(s);
  object->open = (uint32_t)(p - s->text);
  object->count = 0;
  p = pm_json_blanks(p + 1, s->end);
  if (pm_json_peek(s, p) == '}') {
    object->close = (uint32_t)(p - s->text);
    return p + 1;
  }
  for (;;) {
    pm_field unkept;
    uint32_t n = object->count++;
    p = scan_field(s, p, n < room ? &fields[n] : &unkept);
    if (!p)
      return NULL;
    p = pm_json_blanks(p, s->end);
    int c = pm_json_peek(s, p);
    if (c == '}') {
      pm_json_leave(s, called);
      object->close = (uint32_t)(p - s->text);
      return p + 1;
    }
    if (c != ',')
      return pm_json_fail(s, p, NULL);
    p = pm_json_blanks(p + 1, s->end);
  }
}

int pm_record_scan(pm_json_scan *s, pm_object *object, pm_field *fields,
                   size_t room) {
  pm_json_forget(s);
  if ((size_t)(s->end - s->text) > PM_RECORD_MAX) {
    pm_json_fail(s, s->text, "a record longer than 4 GiB");
    return -1;
  }
  const char *p = pm_json_blanks(s->text, s->end);
  if (pm_json_peek(s, p) != '{') {
    /* A damaged text is told from one that is whole but no object. */
    if (pm_json_value(s, p, 0))
      pm_json_fail(s, p, "a record is an object, { ... }");
    return -1;
  }
  p = scan_object(s, p, object, fields, room);
  if (!p)
    return -1;
  p = pm_json_blanks(p, s->end);
  if (p == s->end)
    return 0;
  pm_json_fail(s, p, "more text behind the value");
  return -1;
}

int64_t pm_record_find(const char *line, const pm_field *fields, size_t count,
                       const char *key, size_t len) {
  for (size_t i = count; i-- > 0;) {
    const pm_field *f = &fields[i];
    const char *raw = line + f->key;
    size_t raw_len = f->key_end - f->key;
    if (f->key_escaped ? pm_quote_equal(raw, raw_len, key, len)
                       : raw_len == len && (len == 0 || *raw == *key) &&
                             memcmp(raw, key, len) == 0)
      return (int64_t)i;
  }
  return -1;
}
