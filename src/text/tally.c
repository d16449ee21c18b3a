#include "text/tally.h"

#include <string.h>

#include <xxhash.h>

struct pm_tally {
  size_t mask; /* slots - 1 */
  size_t count;
  pm_tally_entry slots[];
};

size_t pm_tally_size(size_t slots) {
  if (slots > (size_t)1 << 32)
    return 0;
  return sizeof(pm_tally) + slots * sizeof(pm_tally_entry);
}

pm_tally *pm_tally_init(void *memory, size_t slots) {
  memset(memory, 0, pm_tally_size(slots));
  pm_tally *tally = memory;
  tally->mask = slots - 1;
  return tally;
}

int pm_tally_add(pm_tally *tally, const char *text, pm_span span) {
  size_t len = span.end - span.start;
  uint32_t hash = (uint32_t)XXH3_64bits(text + span.start, len);
  size_t at = hash & tally->mask;
  for (;; at = (at + 1) & tally->mask) {
    pm_tally_entry *e = &tally->slots[at];
    if (e->count == 0)
      break;
    if (e->hash == hash && e->span.end - e->span.start == len &&
        memcmp(text + e->span.start, text + span.start, len) == 0) {
      e->count++;
      return 1;
    }
  }
  if (tally->count >= (tally->mask + 1) / 4 * 3)
    return 0;
  tally->count++;
  tally->slots[at] = (pm_tally_entry){hash, 1, span};
  return 1;
}

void pm_tally_move(pm_tally *to, const pm_tally *from) {
  const pm_tally_entry *e;
  for (size_t i = 0; (e = pm_tally_next(from, &i));) {
    size_t at = e->hash & to->mask;
    while (to->slots[at].count)
      at = (at + 1) & to->mask;
    to->slots[at] = *e;
  }
  to->count = from->count;
}

size_t pm_tally_count(const pm_tally *tally) {
  return tally->count;
}

const pm_tally_entry *pm_tally_next(const pm_tally *tally, size_t *i) {
  while (*i <= tally->mask) {
    const pm_tally_entry *e = &tally->slots[(*i)++];
    if (e->count)
      return e;
  }
  return NULL;
}
