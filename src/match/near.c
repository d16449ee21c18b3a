#include "match/near.h"

#include <string.h>

/* No document has the number UINT32_MAX. */
#define EMPTY UINT64_MAX

/* One key for the bytes of a band. */
static uint64_t key_of(const char *band, size_t width) {
  uint64_t key = 0;
  for (; width >= 4; band += 4, width -= 4) {
    uint32_t part;
    memcpy(&part, band, sizeof part);
    key = (key ^ part) * 0x9E3779B97F4A7C15u;
    key ^= key >> 29;
  }
  while (width-- > 0)
    key = (key ^ (unsigned char)*band++) * 0x9E3779B97F4A7C15u;
  key = (key ^ key >> 32) * 0xD6E8FEB86659FD93u;
  return key ^ key >> 32;
}

size_t pm_near_scratch(uint32_t docs) {
  size_t room = 16;
  while (room < 2 * (size_t)docs)
    room *= 2;
  return room;
}

/* Returns the entry of the last document with an equal band, or NULL after
 * putting the document into the table, which is probed in order. */
static uint64_t *find(uint64_t *table, size_t mask, const pm_near *near,
                      uint32_t doc, size_t at, uint64_t key) {
  uint64_t entry = (key & ~(uint64_t)UINT32_MAX) | doc;
  for (size_t i = key & mask;; i = (i + 1) & mask) {
    if (table[i] == EMPTY) {
      table[i] = entry;
      return NULL;
    }
    if ((table[i] ^ entry) >> 32 == 0 &&
        memcmp(near->slots[(uint32_t)table[i]] + at, near->slots[doc] + at,
               near->width) == 0)
      return &table[i];
  }
}

void pm_near_each(const pm_near *near, uint64_t *scratch,
                  void (*found)(void *context, uint32_t a, uint32_t b),
                  void *context) {
  enum { AHEAD = 32 }; /* entries that are fetched while others are probed */
  size_t room = pm_near_scratch(near->docs), mask = room - 1;
  for (size_t band = 0; band < near->bands; band++) {
    size_t at = band * near->width;
    memset(scratch, 0xFF, room * sizeof *scratch);
    for (uint32_t from = 0; from < near->docs; from += AHEAD) {
      uint64_t key[AHEAD];
      uint32_t left = near->docs - from, n = left < AHEAD ? left : AHEAD;
      for (uint32_t i = 0; i < n; i++) {
        const char *slots = near->slots[from + i];
        key[i] = slots ? key_of(slots + at, near->width) : 0;
        __builtin_prefetch(&scratch[key[i] & mask]);
      }
      for (uint32_t i = 0; i < n; i++) {
        uint32_t doc = from + i;
        if (!near->slots[doc])
          continue;
        uint64_t *last = find(scratch, mask, near, doc, at, key[i]);
        if (last) {
          found(context, (uint32_t)*last, doc);
          *last = (*last & ~(uint64_t)UINT32_MAX) | doc;
        }
      }
    }
  }
}

/* The first document of the group, halving the way to it. */
static uint32_t first_of(uint32_t *group, uint32_t d) {
  while (group[d] != d) {
    group[d] = group[group[d]];
    d = group[d];
  }
  return d;
}

static void join(void *context, uint32_t a, uint32_t b) {
  uint32_t *group = context;
  a = first_of(group, a);
  b = first_of(group, b);
  if (a < b)
    group[b] = a;
  else
    group[a] = b;
}

void pm_near_groups(const pm_near *near, uint64_t *scratch, uint32_t *group) {
  for (uint32_t d = 0; d < near->docs; d++)
    group[d] = d;
  pm_near_each(near, scratch, join, group);
  for (uint32_t d = 0; d < near->docs; d++)
    group[d] = first_of(group, d);
}
