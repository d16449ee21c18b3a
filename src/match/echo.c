#include "match/echo.h"

#include <stdbool.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "match/anchors.h"
#include "match/repeats.h"

/* Marks have to be the same in every process. */
enum { SEED = 0 };

/* The hashes of the sides of a context; 0 stands for a side that is too short.
 */
enum { SIDE_BITS = 12, SIDES = 1 << SIDE_BITS };

static void put(char *out, uint64_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; i++)
    out[i] = (char)(value >> 8 * i);
}

static uint64_t get(const char *in, unsigned bytes) {
  uint64_t value = 0;
  for (unsigned i = 0; i < bytes; i++)
    value |= (uint64_t)(unsigned char)in[i] << 8 * i;
  return value;
}

/* Anchors are the least hashes; a product spreads them. */
static uint32_t key_of(uint64_t hash) {
  return (uint32_t)(hash * 0x9E3779B97F4A7C15u >> 32);
}

static uint32_t windows_of(uint32_t min) {
  return min - pm_repeats_gram(min) + 1;
}

/* A window has one anchor, and two windows in a row have the same or two. */
size_t pm_echo_marks_room(size_t len, uint32_t min) {
  return len < min ? 0 : len - min + 1;
}

size_t pm_echo_marks_scratch(size_t len, uint32_t min) {
  return pm_anchors_scratch(windows_of(min)) + 16 +
         2 * pm_echo_marks_room(len, min) * sizeof(pm_place);
}

typedef struct marking {
  const char *text;
  size_t len;
  uint32_t most; /* bytes of a window besides its anchor */
  uint32_t min;
  pm_place *place; /* key and the upper half of the context, its lower half */
  size_t count;
} marking;

/* The hash of one side, which is not 0. */
static uint64_t side_of(const char *from, size_t len) {
  return XXH3_64bits(from, len) % (SIDES - 1) + 1;
}

static uint64_t context_of(const marking *m, uint32_t at) {
  uint32_t left = at < m->most ? at : m->most, half = (m->most + 1) / 2;
  size_t rest = m->len - at;
  uint32_t right = rest < m->min ? (uint32_t)rest : m->min;
  uint64_t all = XXH3_64bits_withSeed(m->text + at - left, left + right,
                                      left + ((uint64_t)right << 32));
  uint64_t context = all << 2 * SIDE_BITS;
  if (left >= half) /* else no window has so much there */
    context |= side_of(m->text + at - half, half) << SIDE_BITS;
  if (right >= m->min - m->most + half)
    context |= side_of(m->text + at + m->min - m->most, half);
  return context;
}

static void hear_mark(void *ud, uint32_t at, uint64_t hash) {
  marking *m = ud;
  uint64_t context = context_of(m, at);
  m->place[m->count++] = (pm_place){
      (uint64_t)key_of(hash) << 32 | context >> 32, (uint32_t)context, 0};
}

static void *after_anchors(void *scratch, uint32_t min) {
  size_t size = (pm_anchors_scratch(windows_of(min)) + 15) & ~(size_t)15;
  return (char *)scratch + size;
}

size_t pm_echo_marks(const char *text, size_t len, uint32_t min, void *scratch,
                     char *out, bool *again) {
  pm_anchors anchors;
  uint32_t k = pm_repeats_gram(min);
  size_t room = pm_echo_marks_room(len, min), count = 0;
  marking m = {.text = text,
               .len = len,
               .most = min - k,
               .min = min,
               .place = after_anchors(scratch, min)};
  pm_anchors_init(&anchors, k, windows_of(min), SEED, scratch);
  pm_anchors_each(&anchors, text, len, hear_mark, &m);
  pm_places_sort(m.place, m.count, m.place + room);
  *again = false;
  for (size_t i = 0; i < m.count; i++) {
    const pm_place *p = &m.place[i], *before = i > 0 ? p - 1 : NULL;
    *again |= before && p->key >> 32 == before->key >> 32;
    if (before && p->key == before->key && p->text == before->text)
      continue;
    put(out, p->key >> 32, 4);
    put(out + 4, p->text, 4);
    put(out + 8, p->key, 4);
    out += PM_ECHO_MARK;
    count++;
  }
  return count;
}

static const char *mark_at(const pm_echo_doc *doc, const pm_place *p) {
  return doc[p->text].marks + (size_t)p->at * PM_ECHO_MARK;
}

static void tell(pm_echo_plan *plan, uint64_t doc, uint64_t key) {
  if (plan->told)
    plan->told[plan->tells] = (pm_place){.key = doc << 32 | key};
  plan->tells++;
}

static void pair(pm_echo_plan *plan, uint64_t a, uint64_t b) {
  if (a == b)
    return; /* what repeats within a document is found there */
  if (plan->pair)
    plan->pair[plan->pairs] =
        (pm_place){.key = a < b ? b << 32 | a : a << 32 | b};
  plan->pairs++;
}

/* The end of a context that begins at `from`: its upper half is in the key that
 * places are sorted by; where by chance only this half is equal there is a
 * context more, which does no harm. */
static size_t context_end(const pm_echo_doc *doc, const pm_place *p,
                          size_t from, size_t end) {
  const char *first = mark_at(doc, &p[from]);
  size_t to = from + 1;
  while (to < end && p[to].key == p[from].key &&
         memcmp(mark_at(doc, &p[to]), first, PM_ECHO_MARK) == 0)
    to++;
  return to;
}

typedef struct sides {
  uint32_t left, right;
} sides;

static sides sides_of(const pm_echo_doc *doc, const pm_place *p) {
  uint32_t both = (uint32_t)get(mark_at(doc, p) + 4, 3);
  return (sides){both >> SIDE_BITS, both & (SIDES - 1)};
}

static bool may_share(sides a, sides b) {
  return (a.left && a.left == b.left) || (a.right && a.right == b.right);
}

/* Has the first document of each context tell its windows, but for those with
 * sides that no other context has. */
static void tell_all(const pm_echo_doc *doc, const pm_place *p, size_t from,
                     size_t end, pm_echo_plan *plan) {
  uint8_t left[SIDES] = {0}, right[SIDES] = {0};
  for (size_t i = from; i < end; i = context_end(doc, p, i, end)) {
    sides s = sides_of(doc, &p[i]);
    left[s.left] = left[s.left] ? 2 : 1;
    right[s.right] = right[s.right] ? 2 : 1;
  }
  left[0] = right[0] = 0;
  for (size_t i = from; i < end; i = context_end(doc, p, i, end)) {
    sides s = sides_of(doc, &p[i]);
    if (left[s.left] == 2 || right[s.right] == 2)
      tell(plan, p[i].text, p[i].key >> 32);
  }
}

/* Goes through the places of one key, context by context, each in the order of
 * the documents. */
static void plan_key(const pm_echo_doc *doc, const pm_place *p, size_t from,
                     size_t end, pm_echo_plan *plan) {
  const pm_place *first[PM_ECHO_SEVERAL];
  size_t contexts = 0;
  for (size_t i = from, to; i < end; i = to) {
    to = context_end(doc, p, i, end);
    for (size_t j = i + 1; j < to; j++)
      pair(plan, p[i].text, p[j].text);
    if (contexts < PM_ECHO_SEVERAL)
      first[contexts] = &p[i];
    contexts++;
  }
  if (contexts > PM_ECHO_SEVERAL) {
    tell_all(doc, p, from, end, plan);
    return;
  }
  for (size_t b = 1; b < contexts; b++)
    for (size_t a = 0; a < b; a++)
      if (may_share(sides_of(doc, first[a]), sides_of(doc, first[b])))
        pair(plan, first[a]->text, first[b]->text);
}

static void plan_places(const pm_echo_doc *doc, const pm_place *p, size_t count,
                        pm_echo_plan *plan) {
  plan->pairs = plan->tells = 0;
  for (size_t from = 0, end; from < count; from = end) {
    for (end = from + 1; end < count && p[end].key >> 32 == p[from].key >> 32;)
      end++;
    if (end - from > 1)
      plan_key(doc, p, from, end, plan);
  }
}

static size_t count_marks(const pm_echo_doc *doc, uint32_t docs) {
  size_t count = 0;
  for (uint32_t d = 0; d < docs; d++)
    count += doc[d].count;
  return count;
}

void pm_echo_count(const pm_echo_doc *doc, uint32_t docs, pm_place *place,
                   pm_echo_plan *plan) {
  size_t count = 0;
  for (uint32_t d = 0; d < docs; d++) {
    for (size_t i = 0; i < doc[d].count; i++) {
      const char *mark = doc[d].marks + i * PM_ECHO_MARK;
      place[count++] =
          (pm_place){get(mark, 4) << 32 | get(mark + 8, 4), d, (uint32_t)i};
    }
  }
  pm_places_sort(place, count, place + count);
  *plan = (pm_echo_plan){NULL, NULL, 0, 0};
  plan_places(doc, place, count, plan);
}

static size_t once(pm_place *p, size_t count, pm_place *spare) {
  size_t kept = 0;
  pm_places_sort(p, count, spare);
  for (size_t i = 0; i < count; i++)
    if (kept == 0 || p[kept - 1].key != p[i].key)
      p[kept++] = p[i];
  return kept;
}

void pm_echo_plan_all(const pm_echo_doc *doc, uint32_t docs,
                      const pm_place *place, pm_place *spare,
                      pm_echo_plan *plan) {
  plan_places(doc, place, count_marks(doc, docs), plan);
  plan->pairs = once(plan->pair, plan->pairs, spare);
  plan->tells = once(plan->told, plan->tells, spare);
}

size_t pm_echo_windows_scratch(size_t len, uint32_t min) {
  return pm_anchors_scratch(windows_of(min)) + 16 + len;
}

size_t pm_echo_windows_room(size_t len) {
  return len * (PM_ECHO_WINDOW + PM_ECHO_RUN);
}

typedef struct telling {
  const uint32_t *key;
  size_t keys, len;
  uint32_t most, min;
  uint8_t *begins; /* [len] a window that is told begins here */
} telling;

static bool is_told(const telling *t, uint32_t key) {
  size_t low = 0, high = t->keys;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (t->key[middle] < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low < t->keys && t->key[low] == key;
}

static void hear_window(void *ud, uint32_t at, uint64_t hash) {
  telling *t = ud;
  if (!is_told(t, key_of(hash)))
    return;
  size_t from = at < t->most ? 0 : at - t->most;
  size_t last = t->len - t->min < at ? t->len - t->min : at;
  if (from <= last)
    memset(t->begins + from, 1, last - from + 1);
}

size_t pm_echo_windows(const char *text, size_t len, uint32_t min,
                       const uint32_t *key, size_t count, void *scratch,
                       char *out) {
  pm_anchors anchors;
  uint32_t k = pm_repeats_gram(min);
  telling t = {.key = key,
               .keys = count,
               .len = len,
               .most = min - k,
               .min = min,
               .begins = after_anchors(scratch, min)};
  char *to = out;
  if (len < min)
    return 0;
  memset(t.begins, 0, len);
  pm_anchors_init(&anchors, k, windows_of(min), SEED, scratch);
  pm_anchors_each(&anchors, text, len, hear_window, &t);
  for (size_t at = 0, end; at < len; at = end) {
    for (end = at; end < len && t.begins[end] == t.begins[at]; end++)
      ;
    if (!t.begins[at])
      continue;
    put(to, at, 4);
    put(to + 4, end - at, 4);
    to += PM_ECHO_RUN;
    for (size_t i = at; i < end; i++, to += PM_ECHO_WINDOW) {
      XXH128_hash_t h = XXH3_128bits(text + i, min);
      put(to, h.low64, 8);
      put(to + 8, h.high64, 8);
    }
  }
  return (size_t)(to - out);
}
