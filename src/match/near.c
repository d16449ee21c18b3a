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

/* Bands that are read at a time: the slots of a document lie together, those of
 * all documents all over the memory. */
enum { TOGETHER = 8 };

static size_t table_room(uint32_t docs) {
  size_t room = 16;
  while (room < 2 * (size_t)docs)
    room *= 2;
  return room;
}

size_t pm_near_scratch(uint32_t docs) {
  return table_room(docs) + TOGETHER * (size_t)docs;
}

/* Writes the keys of `count` bands from `band` on to `key` [count * docs], band
 * after band. */
static void read_keys(const pm_near *near, size_t band, size_t count,
                      uint64_t *key) {
  enum { AHEAD = 8 };
  size_t at = band * near->width;
  for (uint32_t d = 0; d < near->docs; d++) {
    if (d + AHEAD < near->docs && near->slots[d + AHEAD])
      for (size_t line = 0; line < count * near->width; line += 64)
        __builtin_prefetch(near->slots[d + AHEAD] + at + line);
    for (size_t i = 0; i < count && near->slots[d]; i++)
      key[i * near->docs + d] =
          key_of(near->slots[d] + at + i * near->width, near->width);
  }
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

/* The first document of the group, halving the way to it. */
static uint32_t first_of(uint32_t *group, uint32_t d) {
  while (group[d] != d) {
    group[d] = group[group[d]];
    d = group[d];
  }
  return d;
}

static void join(uint32_t *group, uint32_t a, uint32_t b) {
  a = first_of(group, a);
  b = first_of(group, b);
  if (a < b)
    group[b] = a;
  else
    group[a] = b;
}

/* Joins each document with the last one before it that is equal in a band, of
 * which `key` has the keys. */
static void join_equal(const pm_near *near, size_t band, const uint64_t *key,
                       uint64_t *table, uint32_t *group) {
  enum { AHEAD = 32 }; /* entries that are fetched while others are probed */
  size_t room = table_room(near->docs), mask = room - 1;
  memset(table, 0xFF, room * sizeof *table);
  for (uint32_t d = 0; d < near->docs; d++) {
    if (d + AHEAD < near->docs && near->slots[d + AHEAD])
      __builtin_prefetch(&table[key[d + AHEAD] & mask]);
    if (!near->slots[d])
      continue;
    uint64_t *last = find(table, mask, near, d, band * near->width, key[d]);
    if (last) {
      join(group, (uint32_t)*last, d);
      *last = (*last & ~(uint64_t)UINT32_MAX) | d;
    }
  }
}

void pm_near_groups(const pm_near *near, uint64_t *scratch, uint32_t *group) {
  uint64_t *table = scratch, *key = scratch + table_room(near->docs);
  for (uint32_t d = 0; d < near->docs; d++)
    group[d] = d;
  for (size_t from = 0; from < near->bands; from += TOGETHER) {
    size_t left = near->bands - from, count = left < TOGETHER ? left : TOGETHER;
    read_keys(near, from, count, key);
    for (size_t i = 0; i < count; i++)
      join_equal(near, from + i, key + i * near->docs, table, group);
  }
  for (uint32_t d = 0; d < near->docs; d++)
    group[d] = first_of(group, d);
}
