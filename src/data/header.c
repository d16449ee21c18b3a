#include "data/header.h"

#include <string.h>

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

pm_slice pm_slice_trim(pm_slice s) {
  while (s.len > 0 && is_blank(s.at[0])) {
    s.at++;
    s.len--;
  }
  while (s.len > 0 && is_blank(s.at[s.len - 1]))
    s.len--;
  return s;
}

bool pm_slice_begins(pm_slice s, const char *word) {
  size_t n = strlen(word);
  if (s.len < n)
    return false;
  for (size_t i = 0; i < n; i++)
    if (lower(s.at[i]) != word[i])
      return false;
  return true;
}

bool pm_slice_is(pm_slice s, const char *word) {
  return s.len == strlen(word) && pm_slice_begins(s, word);
}

static const char *line_end(const char *p, const char *end) {
  return memchr(p, '\n', (size_t)(end - p));
}

static bool is_empty(const char *p, const char *stop) {
  return p == stop || (p + 1 == stop && *p == '\r');
}

const char *pm_header_end(const char *p, const char *end) {
  for (const char *stop; p < end && (stop = line_end(p, end)); p = stop + 1)
    if (is_empty(p, stop))
      return stop + 1;
  return NULL;
}

bool pm_header_next(const char **p, const char *end, pm_header *field) {
  while (*p < end) {
    const char *line = *p;
    const char *stop = line_end(line, end);
    stop = stop ? stop : end;
    if (is_empty(line, stop))
      return false;
    *p = stop < end ? stop + 1 : end;
    const char *colon = memchr(line, ':', (size_t)(stop - line));
    if (!colon)
      continue;
    field->name = pm_slice_trim((pm_slice){line, (size_t)(colon - line)});
    field->value =
        pm_slice_trim((pm_slice){colon + 1, (size_t)(stop - colon) - 1});
    return true;
  }
  return false;
}
