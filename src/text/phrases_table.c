/* Sorting and filing phrases, and choosing their windows. */
#include "text/phrases_table.h"

#include <stdlib.h>

/* Bits of the filter: 16 for each window, between 8 KiB and 512 KiB. */
#define FILTER_LEAST 16
#define FILTER_MOST 22

/* Letters of either case look the same; so do a few other bytes, which the
 * comparison tells apart. */
#define CASE 0x2020202020202020u

/* The first n <= 8 bytes of eight. */
static uint64_t first_bytes(size_t n) {
  uint64_t used = 0;
  memset(&used, 0xFF, n);
  return used;
}

static uint64_t key_of(const pm_phrases_table *t, const char *text) {
  uint64_t key;
  memcpy(&key, text, 8);
  return (key & t->used) | t->fold;
}

static int by_key(const void *a, const void *b) {
  const pm_phrases_one *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  size_t shared = x->len < y->len ? x->len : y->len;
  int order = memcmp(x->text, y->text, shared);
  if (order != 0)
    return order;
  if (x->len != y->len)
    return x->len < y->len ? -1 : 1;
  return x->number < y->number ? -1 : 1;
}

/* Drops the phrases that are there twice. */
static void drop_twins(pm_phrases_table *t) {
  size_t kept = 0;
  for (size_t i = 0; i < t->count; i++) {
    const pm_phrases_one *last = t->list + kept - 1, *next = t->list + i;
    if (kept > 0 && last->len == next->len &&
        memcmp(last->text, next->text, next->len) == 0)
      continue;
    t->list[kept++] = *next;
  }
  t->count = kept;
}

static pm_phrases_slot *slot_of(const pm_phrases_table *t, uint64_t key) {
  uint32_t i = (uint32_t)(key * 0x9E3779B97F4A7C15u >> t->slot_shift);
  while (t->slots[i].from < t->slots[i].to && t->slots[i].key != key)
    i = (i + 1) & t->slot_mask;
  return t->slots + i;
}

static int file(pm_phrases_table *t) {
  unsigned bits = 4;
  while (((size_t)1 << bits) < 2 * t->count)
    bits++;
  t->slot_shift = 64 - bits;
  t->slot_mask = (uint32_t)(((uint64_t)1 << bits) - 1);
  t->slots = calloc((size_t)1 << bits, sizeof *t->slots);
  if (!t->slots)
    return -1;
  for (uint32_t i = 0; i < t->count; i++) {
    pm_phrases_slot *s = slot_of(t, t->list[i].key);
    if (s->from == s->to)
      *s = (pm_phrases_slot){t->list[i].key, i, i};
    s->to = i + 1;
  }
  return 0;
}

void pm_phrases_table_range(const pm_phrases_table *t, const char *text,
                            uint32_t *from, uint32_t *to) {
  const pm_phrases_slot *s = slot_of(t, key_of(t, text));
  *from = s->from;
  *to = s->to;
}

/* How rare a byte is, roughly: the more, the rarer. */
static unsigned rarity(unsigned char c) {
  static const char common[] = " etaoinsrhldcumfpgwybv,.k-0123'\nxjqz";
  if (c >= 'A' && c <= 'Z')
    c |= 32;
  const char *place = memchr(common, c, sizeof common - 1);
  return place ? 4 + (unsigned)(place - common) : sizeof common + 4;
}

/* The offset of the rarest run of windows in a phrase. */
static size_t best_offset(const pm_phrases_one *p, size_t width,
                          size_t stride) {
  size_t room = p->len - width - stride + 1, best = 0, best_sum = 0;
  if (room > PM_PHRASES_BACK - stride)
    room = PM_PHRASES_BACK - stride;
  for (size_t at = 0; at <= room; at++) {
    size_t sum = 0;
    for (size_t i = 0; i < width + stride - 1; i++)
      sum += rarity((unsigned char)p->text[at + i]);
    if (sum > best_sum) {
      best = at;
      best_sum = sum;
    }
  }
  return best;
}

/* Notes the windows of a phrase. */
static void mark(pm_phrases_table *t, const pm_phrases_one *p) {
  size_t offset = best_offset(p, t->window, t->filter.stride);
  for (size_t last = offset + t->filter.stride; offset < last; offset++) {
    char window[8] = {0};
    memcpy(window, p->text + offset, t->window);
    uint32_t h = pm_phrases_hash(&t->filter, window);
    uint32_t bit = h >> t->filter.shift;
    t->bits[bit >> 5] |= (uint32_t)1 << (bit & 31);
    *pm_phrases_table_offsets(t, h) |= (uint16_t)(1u << offset);
  }
}

static int make_filter(pm_phrases_table *t, size_t shortest, bool caseless,
                       bool few) {
  pm_phrases_filter *f = &t->filter;
  f->stride = 1;
  t->window = shortest < 8 ? shortest : 8;
  if (!few && shortest >= 8) {
    f->stride = shortest >= 11 ? 4 : 2;
    t->window = shortest >= 9 ? 8 : 7;
  }
  uint64_t used = first_bytes(t->window), fold = caseless ? CASE & used : 0;
  memcpy(f->used, &used, sizeof used);
  memcpy(f->fold, &fold, sizeof fold);
  unsigned bits = FILTER_LEAST;
  while (bits < FILTER_MOST && ((size_t)1 << bits) < 16 * t->count * f->stride)
    bits++;
  f->shift = 32 - bits;
  t->offset_shift = f->shift + 2;
  t->bits = calloc((size_t)1 << (bits - 5), sizeof *t->bits);
  t->offsets = calloc((size_t)1 << (bits - 2), sizeof *t->offsets);
  if (!t->bits || !t->offsets)
    return -1;
  f->bits = t->bits;
  for (size_t i = 0; i < t->count; i++)
    mark(t, t->list + i);
  return 0;
}

const char *pm_phrases_table_window(const pm_phrases_table *t, size_t n) {
  return t->list[n].text +
         best_offset(t->list + n, t->window, t->filter.stride);
}

int pm_phrases_table_make(pm_phrases_table *t, size_t shortest, bool caseless,
                          bool few) {
  t->width = shortest < 8 ? (unsigned)shortest : 8;
  t->used = first_bytes(t->width);
  t->fold = caseless ? CASE & t->used : 0;
  for (size_t i = 0; i < t->count; i++) {
    char first[8] = {0};
    memcpy(first, t->list[i].text, t->width);
    t->list[i].key = key_of(t, first);
  }
  qsort(t->list, t->count, sizeof *t->list, by_key);
  drop_twins(t);
  return file(t) != 0 || make_filter(t, shortest, caseless, few) != 0 ? -1 : 0;
}

void pm_phrases_table_free(pm_phrases_table *t) {
  free(t->list);
  free(t->slots);
  free(t->bits);
  free(t->offsets);
}
