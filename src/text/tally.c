#define XXH_INLINE_ALL
#include "text/tally.h"

#include <stdbool.h>
#include <string.h>

#include <xxhash.h>

#include "text/word_hash.h"

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

/* Most words have 16 bytes or less, and most of those stand where 16 can be
 * read: they are compared without a call. */
static bool same(const char *text, size_t len, pm_span a, pm_span b) {
  size_t n = a.end - a.start;
  if (b.end - b.start != n)
    return false;
  size_t last = a.start > b.start ? a.start : b.start;
  if (n > 16 || len - last < 16)
    return memcmp(text + a.start, text + b.start, n) == 0;
  const uint8_t *x = (const uint8_t *)text + a.start;
  const uint8_t *y = (const uint8_t *)text + b.start;
  return (((word_load(x) ^ word_load(y)) & word_keep[n][0]) |
          ((word_load(x + 8) ^ word_load(y + 8)) & word_keep[n][1])) == 0;
}

static uint32_t hash_of(const char *text, size_t len, pm_span span) {
  const uint8_t *s = (const uint8_t *)text + span.start;
  size_t n = span.end - span.start;
  if (n > 16)
    return (uint32_t)XXH3_64bits(s, n);
  if (len - span.start >= 16)
    return (uint32_t)word_last(0, s, n, 0);
  uint8_t last[16] = {0};
  memcpy(last, s, n);
  return (uint32_t)word_last(0, last, n, 0);
}

/* False when it is new and there is no room for it. */
static bool add(pm_tally *tally, const char *text, size_t len, pm_span span,
                uint32_t hash) {
  size_t at = hash & tally->mask;
  for (;; at = (at + 1) & tally->mask) {
    pm_tally_entry *e = &tally->slots[at];
    if (e->count == 0)
      break;
    if (e->hash == hash && same(text, len, e->span, span)) {
      e->count++;
      return true;
    }
  }
  if (tally->count >= (tally->mask + 1) / 4 * 3)
    return false;
  tally->count++;
  tally->slots[at] = (pm_tally_entry){hash, 1, span};
  return true;
}

/* The slots are asked for long before they are read, as most of a large tally
 * is in no cache; and so are the places their strings have in the text. */
size_t pm_tally_add(pm_tally *tally, const char *text, size_t len,
                    const pm_span *spans, size_t count) {
  enum { MANY = 16 };
  uint32_t hash[MANY];
  for (size_t done = 0; done < count;) {
    size_t some = count - done < MANY ? count - done : MANY;
    for (size_t i = 0; i < some; i++) {
      hash[i] = hash_of(text, len, spans[done + i]);
      __builtin_prefetch(&tally->slots[hash[i] & tally->mask], 1);
    }
    for (size_t i = 0; i < some; i++) {
      const pm_tally_entry *e = &tally->slots[hash[i] & tally->mask];
      __builtin_prefetch(text + e->span.start);
    }
    for (size_t i = 0; i < some; i++, done++)
      if (!add(tally, text, len, spans[done], hash[i]))
        return done;
  }
  return count;
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
