/*
 * The work is done at the end of what is written: whenever a semicolon gets
 * there, the bytes before it are looked at. So what references make is looked
 * at as well, and nothing readable is left.
 */
#include "text/entities.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "text/mojibake_table.h"
#include "text/repair.h"
#include "text/utf8.h"

enum { LONGEST_NAME = 31 };

typedef struct entity {
  char name[LONGEST_NAME + 1];
  uint32_t c;
} entity;

#include "text/entities_table.h"

static int compare(const void *name, const void *found) {
  return strcmp(name, ((const entity *)found)->name);
}

static uint32_t find_name(const char *name) {
  const entity *found =
      bsearch(name, entities, sizeof entities / sizeof *entities,
              sizeof *entities, compare);
  return found ? found->c : 0;
}

/* The character of a name; "EACUTE" is the capital of "eacute". */
static uint32_t read_name(const char *at, size_t len) {
  char name[LONGEST_NAME + 1], lower[LONGEST_NAME + 1];
  int capitals = 1;
  for (size_t i = 0; i < len; i++) {
    name[i] = at[i];
    capitals &= at[i] >= 'A' && at[i] <= 'Z';
    lower[i] = (char)(at[i] | 0x20);
  }
  name[len] = lower[len] = 0;
  uint32_t c = find_name(name);
  if (c || !capitals)
    return c;
  return (uint32_t)utf8proc_toupper((utf8proc_int32_t)find_name(lower));
}

static int digit_of(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* The character of a number, 0 when text cannot have it. */
static uint32_t read_number(const char *at, size_t len) {
  uint32_t c = 0;
  int base = len > 0 && (*at | 0x20) == 'x' ? 16 : 10;
  for (size_t i = base == 16; i < len; i++) {
    int digit = digit_of(at[i]);
    if (digit >= base || c > 0x10FFFF)
      return 0;
    c = c * (uint32_t)base + (uint32_t)digit;
  }
  if (c >= 0x80 && c <= 0x9F)
    return pm_cp1252((unsigned char)c);
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ||
      (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F)
    return 0;
  return c;
}

/* The reference that ends before the semicolon at the end of `out`: its first
 * byte in `*start`. */
static uint32_t read_last(const pm_buffer *out, size_t *start) {
  const char *end = out->at + out->len - 1, *p = end;
  while (p > out->at && end - p <= LONGEST_NAME) {
    unsigned char c = (unsigned char)*--p;
    if (c == '&') {
      *start = (size_t)(p - out->at);
      size_t len = (size_t)(end - p - 1);
      if (len < 2)
        return 0;
      return p[1] == '#' ? read_number(p + 2, len - 1) : read_name(p + 1, len);
    }
    if (c != '#' && (c < '0' || c > '9') &&
        ((c | 0x20) < 'a' || (c | 0x20) > 'z'))
      return 0;
  }
  return 0;
}

/* Whether `c` after the character that ends at `p` goes on with mojibake. */
static int goes_on(const char *text, const char *p, uint32_t c) {
  if (p == text)
    return 0;
  p = pm_utf8_back(p);
  return (pm_misread_of(pm_utf8_next(&p))->leads &
          pm_misread_of(c)->continues) != 0;
}

static int has_tag(const char *p, const char *end) {
  while ((p = memchr(p, '<', (size_t)(end - p))) && ++p < end) {
    char c = (char)(*p | 0x20);
    if ((c >= 'a' && c <= 'z') || *p == '/' || *p == '!' || *p == '?')
      return 1;
  }
  return 0;
}

int pm_entities_maybe(const char *text, size_t len) {
  const char *first = len ? memchr(text, '&', len) : NULL;
  return first && memchr(first, ';', (size_t)(text + len - first));
}

size_t pm_entities_read(const char *text, size_t len, int every,
                        pm_buffer *out) {
  const char *p = text, *end = text + len;
  size_t count = 0, from = out->len;
  if (!pm_entities_maybe(text, len) || has_tag(p, end))
    return 0;
  every |= pm_utf8_skip_ascii(p, end) == end;
  while (p < end) {
    const char *stop = memchr(p, ';', (size_t)(end - p));
    stop = stop ? stop + 1 : end;
    if (pm_buffer_add(out, p, (size_t)(stop - p)) != 0)
      return (size_t)-1;
    p = stop;
    size_t start = 0;
    while (out->len > from && out->at[out->len - 1] == ';') {
      uint32_t c = read_last(out, &start);
      if (!c || start < from ||
          (!every && !goes_on(out->at + from, out->at + start, c)))
        break;
      /* A reference is at least as long as what it stands for. */
      out->len = start + pm_utf8_write(out->at + start, c);
      count++;
    }
  }
  if (count == 0)
    out->len = from;
  return count;
}
