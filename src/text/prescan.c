/*
 * The HTML standard's "prescan a byte stream to determine its encoding": tags
 * and comments are stepped over, so that what only looks like a declaration
 * (in a comment, in a description) is none.
 */
#include "text/prescan.h"

#include <string.h>
#include <strings.h>

enum { HEAD = 4096 }; /* bytes that may have a declaration */

static int is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static int is_letter(char c) {
  return (unsigned)((c | 0x20) - 'a') < 26;
}

static const char *skip_blanks(const char *p, const char *end) {
  while (p < end && is_blank(*p))
    p++;
  return p;
}

static int starts_with(const char *p, const char *end, const char *name) {
  size_t len = strlen(name);
  return (size_t)(end - p) >= len && strncasecmp(p, name, len) == 0;
}

const pm_charset *pm_prescan_value(const char *text, size_t len,
                                   const char *name) {
  const char *end = text + len;
  for (const char *p = text; p < end; p++) {
    if (!starts_with(p, end, name))
      continue;
    const char *q = skip_blanks(p + strlen(name), end);
    if (q == end || *q != '=')
      continue;
    for (q++; q < end && (is_blank(*q) || *q == '"' || *q == '\''); q++)
      ;
    const char *start = q;
    while (q < end && !is_blank(*q) && !strchr("\"';>/?", *q))
      q++;
    const pm_charset *charset = pm_charset_find(start, (size_t)(q - start));
    if (charset)
      return charset;
  }
  return NULL;
}

typedef struct attribute {
  const char *name, *value;
  size_t name_len, value_len;
} attribute;

static int has_name(const attribute *a, const char *name) {
  return a->name_len == strlen(name) &&
         strncasecmp(a->name, name, a->name_len) == 0;
}

/* Reads the attribute at `p`, with none where the tag ends; what follows. */
static const char *read_attribute(const char *p, const char *end,
                                  attribute *a) {
  while (p < end && (is_blank(*p) || *p == '/'))
    p++;
  *a = (attribute){.name = p};
  while (p < end && *p != '>' && *p != '/' && !is_blank(*p) &&
         (*p != '=' || p == a->name))
    p++;
  a->name_len = (size_t)(p - a->name);
  const char *equals = skip_blanks(p, end);
  if (a->name_len == 0 || equals == end || *equals != '=')
    return p;
  p = skip_blanks(equals + 1, end);
  if (p < end && (*p == '"' || *p == '\'')) {
    const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
    a->value = p + 1;
    a->value_len = (size_t)((close ? close : end) - a->value);
    return close ? close + 1 : end;
  }
  a->value = p;
  while (p < end && *p != '>' && !is_blank(*p))
    p++;
  a->value_len = (size_t)(p - a->value);
  return p;
}

/* Steps over the attributes of a tag from `p` on; with `meta` the charset that
 * they declare in `*found`. */
static const char *read_tag(const char *p, const char *end, int meta,
                            const pm_charset **found) {
  const pm_charset *own = NULL, *of_content = NULL;
  int is_type = 0;
  attribute a;
  while ((p = read_attribute(p, end, &a)), a.name_len > 0) {
    if (!meta || !a.value)
      continue;
    if (has_name(&a, "charset") && !own)
      own = pm_charset_find(a.value, a.value_len);
    else if (has_name(&a, "content") && !of_content)
      of_content = pm_prescan_value(a.value, a.value_len, "charset");
    else if (has_name(&a, "http-equiv"))
      is_type |= a.value_len == 12 && starts_with(a.value, end, "content-type");
  }
  *found = own ? own : is_type ? of_content : NULL;
  return p;
}

const pm_charset *pm_charset_declared(const char *text, size_t len) {
  const char *end = text + (len < HEAD ? len : HEAD), *p = text;
  const pm_charset *found = NULL;
  while (!found && p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
    if (starts_with(p, end, "<!--")) {
      const char *close = memmem(p + 2, (size_t)(end - p - 2), "-->", 3);
      p = close ? close + 3 : end;
    } else if (end - p > 1 && (is_letter(p[1]) || p[1] == '/')) {
      int meta = starts_with(p, end, "<meta") && end - p > 5 &&
                 (is_blank(p[5]) || p[5] == '/');
      for (p += 2; p < end && !is_blank(*p) && *p != '>' && *p != '/'; p++)
        ;
      p = read_tag(p, end, meta, &found);
    } else {
      const char *close = memchr(p, '>', (size_t)(end - p));
      const char *stop = close ? close : end;
      if (starts_with(p, end, "<?xml"))
        found = pm_prescan_value(p + 5, (size_t)(stop - p - 5), "encoding");
      p++;
    }
  }
  if (found && strncmp(found->name, "utf-", 4) == 0)
    return pm_charset_named("utf-8");
  return found;
}
