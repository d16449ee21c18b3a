#include "match/repeats.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "match/anchors.h"
#include "match/places.h"

/* A k-gram has a third of the bytes of a window, if that is not too many: the
 * longer, the rarer it recurs by chance; the shorter, the fewer anchors. */
enum { GRAM_MOST = 32, GRAM_SHARE = 3 };

/* So many places with one anchor are compared each with each. */
enum { FEW = 5, SEVERAL = 10 };

/* No more ranges of keys than this: then more room is taken. */
enum { RANGES = 256 };

/* Keys of places that stand for others, and of those that need no more look. */
enum { OPEN = 0, DONE = 1 };

typedef struct find {
  const pm_repeats_text *text;
  const pm_repeats_options *options;
  uint64_t *covered;
  uint32_t k;
  pm_place *place, *work, *spare; /* [room] */
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

static void cover(find *f, uint32_t text, uint32_t start, uint32_t end) {
  size_t from = f->text[text].bit + start, to = f->text[text].bit + end - 1;
  uint64_t head = UINT64_MAX << (from & 63),
           tail = UINT64_MAX >> (63 - (to & 63));
  uint64_t *word = f->covered + from / 64, *end_word = f->covered + to / 64;
  if (word == end_word) {
    *word |= head & tail;
    return;
  }
  *word++ |= head;
  while (word < end_word)
    *word++ = UINT64_MAX;
  *word |= tail;
}

/* What stands around an anchor: as much as windows with it can hold. */
typedef struct around {
  const char *at; /* of the anchor */
  uint32_t left, right;
} around;

static around around_of(const find *f, const pm_place *p) {
  const pm_repeats_text *t = &f->text[p->text];
  uint32_t min = f->options->min, most = min - f->k;
  size_t rest = t->len - p->at;
  return (around){
      .at = t->at + p->at,
      .left = p->at < most ? p->at : most,
      .right = rest < min ? (uint32_t)rest : min,
  };
}

static bool same_around(const around *a, const around *b) {
  return a->left == b->left && a->right == b->right &&
         memcmp(a->at - a->left, b->at - b->left, a->left + a->right) == 0;
}

static void cover_around(find *f, const pm_place *p, const around *a) {
  if (a->left + a->right >= f->options->min)
    cover(f, p->text, p->at - a->left, p->at + a->right);
}

static uint64_t load(const char *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return word;
}

static uint32_t same_after(const char *a, const char *b, uint32_t most) {
  uint32_t n = 0;
  for (; n + 8 <= most; n += 8)
    if (load(a + n) != load(b + n))
      break;
  while (n < most && a[n] == b[n])
    n++;
  return n;
}

static uint32_t same_before(const char *a, const char *b, uint32_t most) {
  uint32_t n = 0;
  for (; n + 8 <= most; n += 8)
    if (load(a - n - 8) != load(b - n - 8))
      break;
  while (n < most && a[-(ptrdiff_t)n - 1] == b[-(ptrdiff_t)n - 1])
    n++;
  return n;
}

/* Covers what two places have in common around them; `a` is the earlier. */
static void cover_shared(find *f, const pm_place *a, const pm_place *b) {
  around x = around_of(f, a), y = around_of(f, b);
  uint32_t right =
      same_after(x.at, y.at, x.right < y.right ? x.right : y.right);
  if (right < f->k)
    return; /* equal hashes of other bytes */
  uint32_t left = same_before(x.at, y.at, x.left < y.left ? x.left : y.left);
  if (left + right < f->options->min)
    return;
  cover(f, b->text, b->at - left, b->at + right);
  if (!f->options->later)
    cover(f, a->text, a->at - left, a->at + right);
}

static void compare_all(find *f, const pm_place *p, size_t count) {
  for (size_t b = 1; b < count; b++)
    for (size_t a = 0; a < b; a++)
      cover_shared(f, &p[a], &p[b]);
}

/* Covers the places that have the same around them as an earlier one, and
 * leaves one of each kind, in order; returns how many. */
static size_t distinct(find *f, pm_place *p, size_t count) {
  for (size_t i = 0; i < count; i++) {
    around a = around_of(f, &p[i]);
    uint64_t seed = f->options->seed + a.left + ((uint64_t)a.right << 32);
    f->work[i] =
        (pm_place){XXH3_64bits_withSeed(a.at - a.left, a.left + a.right, seed),
                   0, (uint32_t)i};
    p[i].key = OPEN;
  }
  pm_places_sort(f->work, count, f->spare);
  for (size_t i = 1, head = 0; i < count; i++) {
    if (f->work[i].key != f->work[head].key) {
      head = i;
      continue;
    }
    pm_place *one = &p[f->work[head].at], *other = &p[f->work[i].at];
    around a = around_of(f, one), b = around_of(f, other);
    if (!same_around(&a, &b))
      continue; /* it stays, to be compared with all */
    cover_around(f, other, &b);
    if (!f->options->later)
      cover_around(f, one, &a);
    other->key = DONE;
  }
  size_t left = 0;
  for (size_t i = 0; i < count; i++)
    if (p[i].key == OPEN)
      p[left++] = p[i];
  return left;
}

static const char *window_at(const find *f, const pm_place *p) {
  return f->text[p->text].at + p->at;
}

static void cover_window(find *f, const pm_place *p) {
  cover(f, p->text, p->at, p->at + f->options->min);
}

/* Merges sorted windows `p` [half] and [count - half]; the earlier goes first
 * among equals. */
static void merge(const find *f, const pm_place *p, size_t half, size_t count,
                  pm_place *out) {
  size_t a = 0, b = half;
  for (size_t i = 0; i < count; i++) {
    bool first = b == count ||
                 (a < half && memcmp(window_at(f, &p[a]), window_at(f, &p[b]),
                                     f->options->min) <= 0);
    out[i] = first ? p[a++] : p[b++];
  }
}

/* Sorts windows by their bytes: for hashes that are equal by mischance. */
static void sort_by_bytes(find *f, pm_place *p, size_t count, pm_place *spare) {
  if (count < 2)
    return;
  size_t half = count / 2;
  sort_by_bytes(f, p, half, spare);
  sort_by_bytes(f, p + half, count - half, spare + half);
  merge(f, p, half, count, spare);
  memcpy(p, spare, count * sizeof *p);
}

/* Covers equal windows among those with one hash, which are in order. */
static void cover_equal(find *f, pm_place *p, size_t count, bool sorted) {
  size_t head = 0;
  for (size_t i = 1; i < count; i++) {
    if (memcmp(window_at(f, &p[head]), window_at(f, &p[i]), f->options->min)) {
      if (!sorted) {
        sort_by_bytes(f, p, count, f->spare);
        cover_equal(f, p, count, true);
        return;
      }
      head = i;
      continue;
    }
    cover_window(f, &p[i]);
    if (!f->options->later)
      cover_window(f, &p[head]);
  }
}

/* Compares all windows that reach `before` bytes before their anchor. */
static void compare_windows(find *f, const pm_place *p, size_t count,
                            uint32_t before) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    around a = around_of(f, &p[i]);
    if (a.left < before || before + a.right < f->options->min)
      continue;
    f->work[n++] = (pm_place){
        XXH3_64bits_withSeed(a.at - before, f->options->min, f->options->seed),
        p[i].text, p[i].at - before};
  }
  pm_places_sort(f->work, n, f->spare);
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i + 1; end < n && f->work[end].key == f->work[i].key; end++)
      ;
    if (end - i > 1)
      cover_equal(f, f->work + i, end - i, false);
  }
}

/* Looks at the places of one anchor, in order. */
static void compare_group(find *f, pm_place *p, size_t count) {
  if (count > FEW)
    count = distinct(f, p, count);
  if (count <= SEVERAL) {
    compare_all(f, p, count);
    return;
  }
  for (uint32_t before = 0; before <= f->options->min - f->k; before++)
    compare_windows(f, p, count, before);
}

static int make_room(find *f, size_t room) {
  pm_place **arrays[] = {&f->place, &f->work, &f->spare};
  for (int i = 0; i < 3; i++) {
    pm_place *at = realloc(*arrays[i], room * sizeof *at);
    if (!at)
      return -1;
    *arrays[i] = at;
  }
  f->room = room;
  return 0;
}

/* A run of one character or phrase has an anchor at each turn, with the same
 * around it: the one before stands for it. */
static bool goes_on(find *f, const pm_place *p) {
  if (p->key != f->before.key || p->text != f->before.text)
    return false;
  around a = around_of(f, &f->before), b = around_of(f, p);
  if (!same_around(&a, &b))
    return false;
  cover_around(f, p, &b);
  if (!f->options->later)
    cover_around(f, &f->before, &a);
  return true;
}

static void hear(void *ud, uint32_t at, uint64_t hash) {
  find *f = ud;
  /* Anchors are the least hashes; a product spreads them over all ranges. */
  uint64_t key = hash * 0x9E3779B97F4A7C15u;
  key ^= key >> 32;
  if (key < f->first || key > f->last)
    return;
  pm_place p = {key, f->current, at};
  bool known = goes_on(f, &p);
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
    const pm_repeats_text *t = &f->text[f->current];
    pm_anchors_each(anchors, t->at, t->len, hear, f);
  }
  return !f->full;
}

static void compare(find *f) {
  pm_places_sort(f->place, f->count, f->work);
  for (size_t i = 0, end; i < f->count; i = end) {
    uint64_t key = f->place[i].key;
    for (end = i + 1; end < f->count && f->place[end].key == key; end++)
      ;
    if (end - i > 1)
      compare_group(f, f->place + i, end - i);
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
  find f = {.text = text, .options = options, .covered = covered, .k = k};
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
  free(f.work);
  free(f.spare);
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
