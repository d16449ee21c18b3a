#include "match/repeats.h"

#include <stdlib.h>
#include <string.h>

#include "match/anchors.h"
#include "match/places.h"
#include "match/repeats_group.h"

/* A k-gram has a third of the bytes of a window, if that is not too many: the
 * longer, the rarer it recurs by chance; the shorter, the fewer anchors. */
enum { GRAM_MOST = 32, GRAM_SHARE = 3 };

/* No more ranges of keys than this: then more room is taken. */
enum { RANGES = 256 };

typedef struct find {
  pm_repeats_group group;
  pm_place *place; /* [room] */
  size_t room, count;
  uint64_t first, last; /* of the range of keys at hand */
  uint32_t current;     /* text */
  pm_place before;      /* the anchor heard last */
  bool full;
} find;

uint32_t pm_repeats_gram(uint32_t min) {
  return min / GRAM_SHARE > GRAM_MOST ? GRAM_MOST : min / GRAM_SHARE;
}

size_t pm_repeats_bits(pm_repeats_text *text, uint32_t texts) {
  size_t bits = 0;
  for (uint32_t i = 0; i < texts; i++) {
    text[i].bit = bits;
    bits += text[i].len;
  }
  return bits / 64 + 1;
}

static int make_room(find *f, size_t room) {
  pm_place **arrays[] = {&f->place, &f->group.work, &f->group.spare};
  for (int i = 0; i < 3; i++) {
    pm_place *at = realloc(*arrays[i], room * sizeof *at);
    if (!at)
      return -1;
    *arrays[i] = at;
  }
  f->room = room;
  return 0;
}

static void hear(void *ud, uint32_t at, uint64_t hash) {
  find *f = ud;
  /* Anchors are the least hashes; a product spreads them over all ranges. */
  uint64_t key = hash * 0x9E3779B97F4A7C15u;
  key ^= key >> 32;
  if (key < f->first || key > f->last)
    return;
  pm_place p = {key, f->current, at};
  bool known = pm_repeats_goes_on(&f->group, &f->before, &p);
  f->before = p;
  if (known || f->full)
    return;
  if (f->count == f->room)
    f->full = true;
  else
    f->place[f->count++] = p;
}

/* Gathers the anchors of a range of keys; false when they are too many. */
static bool gather(find *f, pm_anchors *anchors, uint32_t texts) {
  f->count = 0;
  f->full = false;
  for (f->current = 0; f->current < texts && !f->full; f->current++) {
    f->before = (pm_place){.text = UINT32_MAX};
    const pm_repeats_text *t = &f->group.text[f->current];
    pm_anchors_each(anchors, t->at, t->len, hear, f);
  }
  return !f->full;
}

static void compare(find *f) {
  pm_places_sort(f->place, f->count, f->group.work);
  for (size_t i = 0, end; i < f->count; i = end) {
    uint64_t key = f->place[i].key;
    for (end = i + 1; end < f->count && f->place[end].key == key; end++)
      ;
    if (end - i > 1)
      pm_repeats_compare(&f->group, f->place + i, end - i);
  }
}

/* Goes through all keys, in ranges that fit. */
static int find_all(find *f, pm_anchors *anchors, uint32_t texts) {
  uint64_t width = UINT64_MAX; /* of a range, less one */
  for (f->first = 0;;) {
    f->last = width > UINT64_MAX - f->first ? UINT64_MAX : f->first + width;
    if (!gather(f, anchors, texts)) {
      if (width > UINT64_MAX / RANGES)
        width /= 2;
      else if (make_room(f, f->room * 2) != 0)
        return -1;
      continue;
    }
    compare(f);
    if (f->last == UINT64_MAX)
      return 0;
    f->first = f->last + 1;
  }
}

int pm_repeats_find(const pm_repeats_text *text, uint32_t texts,
                    const pm_repeats_options *options, uint64_t *covered) {
  uint32_t k = pm_repeats_gram(options->min);
  uint32_t w = options->min - k + 1;
  size_t bytes = 0;
  for (uint32_t i = 0; i < texts; i++)
    bytes += text[i].len;
  find f = {.group = {text, options, covered, k, NULL, NULL}};
  pm_anchors anchors;
  void *scratch = malloc(pm_anchors_scratch(w));
  /* On average a window and a half has three anchors. */
  size_t room = bytes / w * 9 / 4 + 64;
  int failed = !scratch ||
               make_room(&f, room < options->room ? room : options->room) != 0;
  if (!failed) {
    pm_anchors_init(&anchors, k, w, options->seed, scratch);
    failed = find_all(&f, &anchors, texts) != 0;
  }
  free(f.place);
  free(f.group.work);
  free(f.group.spare);
  free(scratch);
  return failed ? -1 : 0;
}

/* The first bit of [from, end) that is `set`, or `end`. */
static size_t seek(const uint64_t *bits, size_t from, size_t end, bool set) {
  uint64_t flip = set ? 0 : UINT64_MAX;
  while (from < end) {
    uint64_t word = (bits[from / 64] ^ flip) >> (from & 63);
    if (word) {
      size_t at = from + (size_t)__builtin_ctzll(word);
      return at < end ? at : end;
    }
    from = (from | 63) + 1;
  }
  return end;
}

bool pm_repeats_next(const pm_repeats_text *text, const uint64_t *covered,
                     size_t from, pm_span *run) {
  size_t end = text->bit + text->len;
  size_t start = seek(covered, text->bit + from, end, true);
  if (start >= end)
    return false;
  size_t stop = seek(covered, start, end, false);
  *run = (pm_span){(uint32_t)(start - text->bit), (uint32_t)(stop - text->bit)};
  return true;
}
