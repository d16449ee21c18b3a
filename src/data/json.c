/*
 * Values that are no strings (those are in json_string.c).
 */
#include "data/json.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

const char *pm_json_fail(pm_json_scan *s, const char *p, const char *message) {
  pm_json_error *e = s->error;
  e->at = (size_t)(p - s->text);
  int c = pm_json_peek(s, p);
  if (message)
    snprintf(e->message, sizeof e->message, "%s", message);
  else if (c < 0)
    snprintf(e->message, sizeof e->message, "the text is cut short");
  else if (p == s->text && s->end - p >= 3 && !memcmp(p, "\xEF\xBB\xBF", 3))
    snprintf(e->message, sizeof e->message,
             "a byte order mark before the value");
  else if (c > ' ' && c < 0x7F)
    snprintf(e->message, sizeof e->message, "unexpected '%c'", c);
  else
    snprintf(e->message, sizeof e->message, "unexpected byte 0x%02X", c);
  return NULL;
}

static const char *digits(const pm_json_scan *s, const char *p) {
  while (p < s->end && *p >= '0' && *p <= '9')
    p++;
  return p;
}

const char *pm_json_number(pm_json_scan *s, const char *p) {
  if (pm_json_peek(s, p) == '-')
    p++;
  const char *q = digits(s, p);
  if (q == p)
    return pm_json_fail(s, p, NULL);
  if (*p == '0' && q - p > 1)
    return pm_json_fail(s, p, "a number starts with 0");
  p = q;
  if (pm_json_peek(s, p) == '.') {
    q = digits(s, p + 1);
    if (q == p + 1)
      return pm_json_fail(s, q, NULL);
    p = q;
  }
  int e = pm_json_peek(s, p);
  if (e == 'e' || e == 'E') {
    int sign = pm_json_peek(s, ++p);
    if (sign == '+' || sign == '-')
      p++;
    q = digits(s, p);
    if (q == p)
      return pm_json_fail(s, q, NULL);
    p = q;
  }
  return p;
}

const char *pm_json_literal(pm_json_scan *s, const char *p) {
  static const char *const words[] = {"true", "false", "null"};
  for (int i = 0; i < 3; i++) {
    size_t len = strlen(words[i]);
    if ((size_t)(s->end - p) >= len && memcmp(p, words[i], len) == 0)
      return p + len;
  }
  return pm_json_fail(s, p, NULL);
}

/* What the walk is in, outermost first: what each object is called, 0 for an
 * array. */
typedef struct nesting {
  uint32_t object[PM_JSON_DEPTH];
  int depth;
} nesting;

const char *pm_json_value(pm_json_scan *s, const char *p, int depth) {
  nesting in;
  in.depth = 0;
  for (;;) {
    int c = pm_json_peek(s, p);
    if (c == '"') {
      p = pm_json_string(s, p);
    } else if (c == '{' || c == '[') {
      if (depth + in.depth >= PM_JSON_DEPTH)
        return pm_json_fail(s, p, "nested deeper than 512");
      p = pm_json_blanks(p + 1, s->end);
      if (pm_json_peek(s, p) == (c == '{' ? '}' : ']')) {
        p++;
      } else {
        uint32_t object = c == '{' ? pm_json_enter(s) : 0;
        in.object[in.depth++] = object;
        const char *key_end;
        if (object && !(p = pm_json_key(s, p, &key_end)))
          return NULL;
        continue;
      }
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      p = pm_json_number(s, p);
    } else {
      p = pm_json_literal(s, p);
    }
    if (!p)
      return NULL;
    for (;;) { /* behind a value: leave what ends here, go on to the next */
      if (in.depth == 0)
        return p;
      p = pm_json_blanks(p, s->end);
      c = pm_json_peek(s, p);
      if (c == ',')
        break;
      uint32_t object = in.object[in.depth - 1];
      if (c != (object ? '}' : ']'))
        return pm_json_fail(s, p, NULL);
      pm_json_leave(s, object);
      in.depth--;
      p++;
    }
    p = pm_json_blanks(p + 1, s->end);
    uint32_t object = in.object[in.depth - 1];
    const char *key_end;
    if (object && !(p = pm_json_key(s, p, &key_end)))
      return NULL;
  }
}

bool pm_json_check(pm_json_scan *s) {
  pm_json_forget(s);
  const char *p = pm_json_value(s, pm_json_blanks(s->text, s->end), 0);
  if (!p)
    return false;
  p = pm_json_blanks(p, s->end);
  if (p < s->end)
    pm_json_fail(s, p, "more text behind the value");
  return p == s->end;
}
