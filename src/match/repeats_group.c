#include "match/repeats_group.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* So many places with one anchor are compared each with each. */
enum { FEW = 5, SEVERAL = 10 };

/* Keys of places that stand for others, and of those that need no more look. */
enum { OPEN = 0, DONE = 1 };

static void cover(const pm_repeats_group *g, uint32_t text, uint32_t start,
                  uint32_t end) {
  size_t from = g->text[text].bit + start, to = g->text[text].bit + end - 1;
  uint64_t head = UINT64_MAX << (from & 63),
           tail = UINT64_MAX >> (63 - (to & 63));
  uint64_t *word = g->covered + from / 64, *end_word = g->covered + to / 64;
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

static around around_of(const pm_repeats_group *g, const pm_place *p) {
  const pm_repeats_text *t = &g->text[p->text];
  uint32_t min = g->options->min, most = min - g->k;
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

static void cover_around(const pm_repeats_group *g, const pm_place *p,
                         const around *a) {
  if (a->left + a->right >= g->options->min)
    cover(g, p->text, p->at - a->left, p->at + a->right);
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
static void cover_shared(const pm_repeats_group *g, const pm_place *a,
                         const pm_place *b) {
  around x = around_of(g, a), y = around_of(g, b);
  uint32_t right =
      same_after(x.at, y.at, x.right < y.right ? x.right : y.right);
  if (right < g->k)
    return; /* equal hashes of other bytes */
  uint32_t left = same_before(x.at, y.at, x.left < y.left ? x.left : y.left);
  if (left + right < g->options->min)
    return;
  cover(g, b->text, b->at - left, b->at + right);
  if (!g->options->later)
    cover(g, a->text, a->at - left, a->at + right);
}

static void compare_all(const pm_repeats_group *g, const pm_place *p,
                        size_t count) {
  for (size_t b = 1; b < count; b++)
    for (size_t a = 0; a < b; a++)
      cover_shared(g, &p[a], &p[b]);
}

/* Covers the places that have the same around them as an earlier one, and
 * leaves one of each kind, in order; returns how many. */
static size_t distinct(const pm_repeats_group *g, pm_place *p, size_t count) {
  for (size_t i = 0; i < count; i++) {
    around a = around_of(g, &p[i]);
    uint64_t seed = g->options->seed + a.left + ((uint64_t)a.right << 32);
    g->work[i] =
        (pm_place){XXH3_64bits_withSeed(a.at - a.left, a.left + a.right, seed),
                   0, (uint32_t)i};
    p[i].key = OPEN;
  }
  pm_places_sort(g->work, count, g->spare);
  for (size_t i = 1, head = 0; i < count; i++) {
    if (g->work[i].key != g->work[head].key) {
      head = i;
      continue;
    }
    pm_place *one = &p[g->work[head].at], *other = &p[g->work[i].at];
    around a = around_of(g, one), b = around_of(g, other);
    if (!same_around(&a, &b))
      continue; /* it stays, to be compared with all */
    cover_around(g, other, &b);
    if (!g->options->later)
      cover_around(g, one, &a);
    other->key = DONE;
  }
  size_t left = 0;
  for (size_t i = 0; i < count; i++)
    if (p[i].key == OPEN)
      p[left++] = p[i];
  return left;
}

static const char *window_at(const pm_repeats_group *g, const pm_place *p) {
  return g->text[p->text].at + p->at;
}

static void cover_window(const pm_repeats_group *g, const pm_place *p) {
  cover(g, p->text, p->at, p->at + g->options->min);
}

/* Merges sorted windows `p` [half] and [count - half]; the earlier goes first
 * among equals. */
static void merge(const pm_repeats_group *g, const pm_place *p, size_t half,
                  size_t count, pm_place *out) {
  size_t a = 0, b = half;
  for (size_t i = 0; i < count; i++) {
    bool first = b == count ||
                 (a < half && memcmp(window_at(g, &p[a]), window_at(g, &p[b]),
                                     g->options->min) <= 0);
    out[i] = first ? p[a++] : p[b++];
  }
}

/* Sorts windows by their bytes: for hashes that are equal by mischance. */
static void sort_by_bytes(const pm_repeats_group *g, pm_place *p, size_t count,
                          pm_place *spare) {
  if (count < 2)
    return;
  size_t half = count / 2;
  sort_by_bytes(g, p, half, spare);
  sort_by_bytes(g, p + half, count - half, spare + half);
  merge(g, p, half, count, spare);
  memcpy(p, spare, count * sizeof *p);
}

/* Covers equal windows among those with one hash, which are in order. */
static void cover_equal(const pm_repeats_group *g, pm_place *p, size_t count,
                        bool sorted) {
  size_t head = 0;
  for (size_t i = 1; i < count; i++) {
    if (memcmp(window_at(g, &p[head]), window_at(g, &p[i]), g->options->min)) {
      if (!sorted) {
        sort_by_bytes(g, p, count, g->spare);
        cover_equal(g, p, count, true);
        return;
      }
      head = i;
      continue;
    }
    cover_window(g, &p[i]);
    if (!g->options->later)
      cover_window(g, &p[head]);
  }
}

/* Compares all windows that reach `before` bytes before their anchor. */
static void compare_windows(const pm_repeats_group *g, const pm_place *p,
                            size_t count, uint32_t before) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    around a = around_of(g, &p[i]);
    if (a.left < before || before + a.right < g->options->min)
      continue;
    g->work[n++] = (pm_place){
        XXH3_64bits_withSeed(a.at - before, g->options->min, g->options->seed),
        p[i].text, p[i].at - before};
  }
  pm_places_sort(g->work, n, g->spare);
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i + 1; end < n && g->work[end].key == g->work[i].key; end++)
      ;
    if (end - i > 1)
      cover_equal(g, g->work + i, end - i, false);
  }
}

void pm_repeats_compare(const pm_repeats_group *g, pm_place *p, size_t count) {
  if (count > FEW)
    count = distinct(g, p, count);
  if (count <= SEVERAL) {
    compare_all(g, p, count);
    return;
  }
  for (uint32_t before = 0; before <= g->options->min - g->k; before++)
    compare_windows(g, p, count, before);
}

bool pm_repeats_goes_on(const pm_repeats_group *g, const pm_place *before,
                        const pm_place *p) {
  if (p->key != before->key || p->text != before->text)
    return false;
  around a = around_of(g, before), b = around_of(g, p);
  if (!same_around(&a, &b))
    return false;
  cover_around(g, p, &b);
  if (!g->options->later)
    cover_around(g, before, &a);
  return true;
}
