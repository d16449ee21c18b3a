#include "match/runs.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sketch/shingle.h"
#include "sketch/shingle_few.h"

/* `count` words from a on in one text and from b on in the other: the same. */
typedef struct run {
  uint32_t a, b, count;
} run;

/* A shingle of either text. */
typedef struct group {
  uint64_t hash;
  uint32_t first;      /* place in b of those that are left; NONE behind the
                          last */
  uint32_t in_a, in_b; /* how often it stands there */
} group;

#define NONE UINT32_MAX

typedef struct work {
  const pm_unit *a, *b;
  uint32_t na, nb;
  unsigned n;
  uint64_t *hash_a, *hash_b; /* of shingles */
  group *groups;             /* [na + nb] */
  uint32_t count;            /* of groups */
  uint32_t *slot;            /* [2^bits] number of a group + 1, or 0 */
  unsigned bits;
  uint64_t salt;
  uint32_t *group_of_a; /* [na] */
  uint32_t *next_b;     /* [nb] the next place in b with the same shingle */
  uint32_t *diagonal;   /* [na + nb] where the last run on it ended in a */
  run *runs;            /* [na + nb] */
} work;

static size_t round_up(size_t bytes) {
  return (bytes + 15) & ~(size_t)15;
}

static void *cut(char *base, size_t *size, size_t bytes) {
  void *at = base ? base + *size : NULL;
  *size += round_up(bytes);
  return at;
}

static size_t lay_out(work *w, size_t na, size_t nb, char *base) {
  size_t both = na + nb, size = 0;
  for (w->bits = 1; (size_t)1 << w->bits < 2 * both;)
    w->bits++;
  w->hash_a = cut(base, &size, na * sizeof *w->hash_a);
  w->hash_b = cut(base, &size, nb * sizeof *w->hash_b);
  w->groups = cut(base, &size, both * sizeof *w->groups);
  w->slot = cut(base, &size, sizeof *w->slot << w->bits);
  w->group_of_a = cut(base, &size, na * sizeof *w->group_of_a);
  w->next_b = cut(base, &size, nb * sizeof *w->next_b);
  w->diagonal = cut(base, &size, both * sizeof *w->diagonal);
  w->runs = cut(base, &size, both * sizeof *w->runs);
  return size;
}

size_t pm_runs_scratch(size_t na, size_t nb) {
  work w;
  return lay_out(&w, na, nb, NULL);
}

size_t pm_runs_most(size_t na, size_t nb) {
  return na < nb ? na : nb;
}

/* Where a shingle belongs. It depends on all shingles of both texts, so that
 * who makes texts cannot choose them to belong to one place. */
static size_t slot_of(const work *w, uint64_t hash) {
  return (size_t)(((hash ^ w->salt) * PM_SHINGLE_FACTOR) >> (64 - w->bits));
}

static uint64_t sum(const uint64_t *hash, size_t count) {
  uint64_t sum = 0;
  for (size_t i = 0; i < count; i++)
    sum += hash[i];
  return sum;
}

static void fetch_slot(const work *w, uint64_t hash) {
  __builtin_prefetch(&w->slot[slot_of(w, hash)], 1);
}

/* The number of the group of a shingle, perhaps a new one. */
static uint32_t group_of(work *w, uint64_t hash) {
  size_t mask = ((size_t)1 << w->bits) - 1, at = slot_of(w, hash);
  for (; w->slot[at]; at = (at + 1) & mask)
    if (w->groups[w->slot[at] - 1].hash == hash)
      return w->slot[at] - 1;
  w->groups[w->count] = (group){.hash = hash, .first = NONE};
  w->slot[at] = ++w->count;
  return w->count - 1;
}

/* Lists for each shingle its places in b, ascending. */
static void find_groups(work *w, pm_runs *r) {
  enum { AHEAD = 16 };
  size_t na = pm_shingle_count(w->na, w->n);
  size_t nb = pm_shingle_count(w->nb, w->n);
  pm_shingle_hashes(w->a, w->na, w->n, w->hash_a);
  pm_shingle_hashes(w->b, w->nb, w->n, w->hash_b);
  w->salt = (sum(w->hash_a, na) ^ sum(w->hash_b, nb)) * PM_SHINGLE_FACTOR;
  for (size_t j = nb; j-- > 0;) {
    if (j >= AHEAD)
      fetch_slot(w, w->hash_b[j - AHEAD]);
    group *g = &w->groups[group_of(w, w->hash_b[j])];
    r->distinct_b += g->in_b++ == 0;
    w->next_b[j] = g->first;
    g->first = (uint32_t)j;
  }
  for (size_t i = 0; i < na; i++) {
    if (i + AHEAD < na)
      fetch_slot(w, w->hash_a[i + AHEAD]);
    uint32_t number = w->group_of_a[i] = group_of(w, w->hash_a[i]);
    group *g = &w->groups[number];
    if (g->in_a++ == 0) {
      r->distinct_a++;
      r->shared += g->in_b > 0;
    }
  }
}

/* Stretches a seed to the run it lies in, each run once: on a diagonal (b - a),
 * what a run has covered needs no second look. Returns how many runs there are
 * then. */
static size_t stretch(work *w, size_t count, uint32_t i, uint32_t j) {
  const pm_unit *a = w->a, *b = w->b;
  uint32_t *done = &w->diagonal[j + w->na - 1 - i];
  if (i < *done)
    return count;
  uint32_t start = i, other = j, end = i;
  while (start > 0 && other > 0 && a[start - 1].hash == b[other - 1].hash)
    start--, other--;
  while (end < w->na && end - start + other < w->nb &&
         a[end].hash == b[end - start + other].hash)
    end++;
  *done = end;
  w->runs[count] = (run){start, other, end - start};
  return count + 1;
}

/* Every place in a with a place in b that has the same shingle is a seed. A
 * shingle that is frequent says little about where a passage lies: its first
 * place goes with the first, the second with the second, so that seeds stay
 * fewer than words and a text made of one word meets itself in order. */
static size_t find_runs(work *w) {
  enum { RARE = 4 };
  uint32_t shingles = (uint32_t)pm_shingle_count(w->na, w->n);
  size_t count = 0;
  for (uint32_t i = 0; i < shingles; i++) {
    group *g = &w->groups[w->group_of_a[i]];
    if ((uint64_t)g->in_a * g->in_b <= RARE) {
      for (uint32_t j = g->first; j != NONE; j = w->next_b[j])
        count = stretch(w, count, i, j);
    } else if (g->first != NONE) {
      count = stretch(w, count, i, g->first);
      g->first = w->next_b[g->first];
    }
  }
  return count;
}

static int longer_first(const void *x, const void *y) {
  const run *p = x, *q = y;
  if (p->count != q->count)
    return p->count < q->count ? 1 : -1;
  if (p->a != q->a)
    return p->a < q->a ? -1 : 1;
  return p->b < q->b ? -1 : p->b > q->b;
}

static int earlier_first(const void *x, const void *y) {
  const pm_passage *p = x, *q = y;
  return p->a < q->a ? -1 : p->a > q->a;
}

/* Takes what is still free of each run, the longest first, into `out`. */
static size_t take_runs(const work *w, size_t runs, pm_taken t,
                        pm_passage *out) {
  size_t count = 0;
  uint32_t least = w->n;
  if (least > w->na || least > w->nb)
    least = w->na < w->nb ? w->na : w->nb;
  if (runs == 0)
    return 0;
  qsort(w->runs, runs, sizeof *w->runs, longer_first);
  for (size_t r = 0; r < runs; r++) {
    run x = w->runs[r];
    for (uint32_t from = 0, to; from < x.count; from = to) {
      to = from;
      while (to < x.count && !t.a[x.a + to] && !t.b[x.b + to])
        to++;
      if (to - from >= least) {
        out[count] =
            (pm_passage){x.a + from, x.a + to, x.b + from, x.b + to, to - from};
        pm_runs_mark(t, &out[count++], 1);
      }
      to += to == from;
    }
  }
  qsort(out, count, sizeof *out, earlier_first);
  return count;
}

void pm_runs_mark(pm_taken t, const pm_passage *p, uint8_t value) {
  memset(t.a + p->a, value, p->a_end - p->a);
  memset(t.b + p->b, value, p->b_end - p->b);
}

pm_runs pm_runs_find(const pm_unit *a, size_t na, const pm_unit *b, size_t nb,
                     unsigned n, void *scratch, pm_taken taken,
                     pm_passage *out) {
  pm_runs r = {0};
  work w = {.a = a, .b = b, .na = (uint32_t)na, .nb = (uint32_t)nb, .n = n};
  lay_out(&w, na, nb, scratch);
  memset(w.slot, 0, sizeof *w.slot << w.bits);
  memset(w.diagonal, 0, (na + nb) * sizeof *w.diagonal);
  memset(taken.a, 0, na);
  memset(taken.b, 0, nb);
  find_groups(&w, &r);
  r.count = take_runs(&w, find_runs(&w), taken, out);
  return r;
}
