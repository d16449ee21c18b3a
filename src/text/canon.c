#include "text/canon.h"

#include <utf8proc.h>

#include "text/chars.h"

/* The longest decomposition is 18 (U+FDFA); folding makes it no longer. */
enum { LONGEST = 32 };

int pm_canon_add(pm_buffer *wide, uint32_t c, unsigned options) {
  int flags = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE;
  if (options & PM_CANON_COMPAT)
    flags |= UTF8PROC_COMPAT;
  if (options & PM_CANON_FOLD)
    flags |= UTF8PROC_CASEFOLD;
  if (pm_buffer_room(wide, LONGEST * sizeof(int32_t)) != 0)
    return -1;
  int boundary = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(
      (utf8proc_int32_t)c, pm_canon_at(wide) + pm_canon_count(wide), LONGEST,
      (utf8proc_option_t)flags, &boundary);
  if (n < 0 || n > LONGEST)
    return -1;
  wide->len += (size_t)n * sizeof(int32_t);
  return 0;
}

void pm_canon_strip(pm_buffer *wide, size_t from) {
  int32_t *at = pm_canon_at(wide);
  size_t n = pm_canon_count(wide), kept = from;
  for (size_t i = from; i < n; i++) {
    uint32_t c = (uint32_t)at[i];
    if (!(pm_char_kind(c) & PM_ACCENT))
      at[kept++] = at[i] + pm_char_mapping(pm_char_form(c))->base;
  }
  wide->len = kept * sizeof *at;
}

static unsigned class_of(int32_t c) {
  if (c < 0x300)
    return 0;
  return (unsigned)utf8proc_get_property(c)->combining_class;
}

/* Stable insertion sort by class, for the few marks a letter has. */
static void sort_few(int32_t *at, size_t n) {
  for (size_t i = 1; i < n; i++) {
    int32_t c = at[i];
    unsigned class = class_of(c);
    size_t j = i;
    for (; j > 0 && class_of(at[j - 1]) > class; j--)
      at[j] = at[j - 1];
    at[j] = c;
  }
}

/* Stable counting sort by class, for the marks of an attacker. */
static void sort_many(int32_t *at, size_t n, int32_t *copy) {
  size_t place[257] = {0};
  for (size_t i = 0; i < n; i++)
    place[class_of(at[i]) + 1]++;
  for (size_t i = 1; i < 257; i++)
    place[i] += place[i - 1];
  memcpy(copy, at, n * sizeof *at);
  for (size_t i = 0; i < n; i++)
    at[place[class_of(copy[i])]++] = copy[i];
}

ptrdiff_t pm_canon_finish(pm_buffer *wide, size_t n, int compose) {
  for (size_t i = 0; i < n;) {
    if (class_of(pm_canon_at(wide)[i]) == 0) {
      i++;
      continue;
    }
    size_t first = i;
    while (i < n && class_of(pm_canon_at(wide)[i]) != 0)
      i++;
    size_t marks = i - first;
    if (marks <= 16) {
      sort_few(pm_canon_at(wide) + first, marks);
    } else if (pm_buffer_room(wide, marks * sizeof(int32_t)) != 0) {
      return -1;
    } else {
      sort_many(pm_canon_at(wide) + first, marks,
                pm_canon_at(wide) + pm_canon_count(wide));
    }
  }
  if (!compose)
    return (ptrdiff_t)n;
  return utf8proc_normalize_utf32(
      pm_canon_at(wide), (utf8proc_ssize_t)n,
      (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
}

void pm_canon_shift(pm_buffer *wide, size_t n) {
  size_t bytes = n * sizeof(int32_t);
  if (bytes == 0)
    return;
  wide->len -= bytes;
  memmove(wide->at, wide->at + bytes, wide->len);
}
