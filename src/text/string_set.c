/*
 * Open addressing over at most half full slots; the strings stand one after
 * another behind them.
 */
#include "text/string_set.h"

#include <string.h>

#include <xxhash.h>

typedef struct slot {
  uint32_t hash; /* 0 when free */
  uint32_t len;
  size_t start;
} slot;

struct pm_string_set {
  size_t mask; /* slots - 1, slots a power of two */
  size_t count;
  size_t used; /* bytes */
  slot slots[];
};

static size_t slot_count(size_t count) {
  size_t slots = 4;
  while (slots < 2 * count)
    slots *= 2;
  return slots;
}

size_t pm_string_set_size(size_t count, size_t bytes) {
  if (count > (size_t)1 << 30 || bytes > UINT32_MAX)
    return 0;
  return sizeof(pm_string_set) + slot_count(count) * sizeof(slot) + bytes;
}

pm_string_set *pm_string_set_init(void *memory, size_t count) {
  pm_string_set *set = memory;
  size_t slots = slot_count(count);
  memset(set, 0, sizeof *set + slots * sizeof *set->slots);
  set->mask = slots - 1;
  return set;
}

/* The slot of the string, or the free one where it would go. */
static size_t find(const pm_string_set *set, uint32_t hash, const char *s,
                   size_t len) {
  const char *bytes = (const char *)(set->slots + set->mask + 1);
  size_t at = hash & set->mask;
  for (;; at = (at + 1) & set->mask) {
    const slot *here = &set->slots[at];
    if (!here->hash || (here->hash == hash && here->len == len &&
                        memcmp(bytes + here->start, s, len) == 0))
      return at;
  }
}

uint32_t pm_string_set_hash(const char *s, size_t len) {
  uint32_t hash = (uint32_t)XXH3_64bits(s, len);
  return hash ? hash : 1;
}

void pm_string_set_add(pm_string_set *set, const char *s, size_t len) {
  uint32_t hash = pm_string_set_hash(s, len);
  slot *here = &set->slots[find(set, hash, s, len)];
  if (here->hash)
    return;
  char *bytes = (char *)(set->slots + set->mask + 1);
  if (len > 0)
    memcpy(bytes + set->used, s, len);
  *here = (slot){hash, (uint32_t)len, set->used};
  set->used += len;
  set->count++;
}

int pm_string_set_holds(const pm_string_set *set, uint32_t hash, const char *s,
                        size_t len) {
  return set->slots[find(set, hash, s, len)].hash != 0;
}

int pm_string_set_has(const pm_string_set *set, const char *s, size_t len) {
  return pm_string_set_holds(set, pm_string_set_hash(s, len), s, len);
}

size_t pm_string_set_count(const pm_string_set *set) {
  return set->count;
}
