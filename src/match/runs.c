#include "match/runs.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sketch/shingle.h"

/* `count` words from a on in one text and from b on in the other: the same. */
typedef struct run {
  uint32_t a, b, count;
} run;

/* A place in b with the shingle of a place in a, where that has several: they
 * are a list, `next` the number of the next one + 1. */
typedef struct seed {
  uint32_t b, next;
} seed;

#define SEVERAL ((uint32_t)1 << 31)

typedef struct work {
  const pm_unit *a, *b;
  uint32_t na, nb;
  unsigned n;
  pm_shingle *shingle_a, *shingle_b, *spare;
  seed *seeds;        /* [na + nb] */
  uint32_t *first;    /* [na] the place in b + 1, or SEVERAL and the number of
                         the first seed + 1 */
  uint32_t *diagonal; /* [na + nb] where the last run on it ended in a */
  run *runs;          /* [na + nb] */
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
  w->shingle_a = cut(base, &size, na * sizeof(pm_shingle));
  w->shingle_b = cut(base, &size, nb * sizeof(pm_shingle));
  w->spare = cut(base, &size, (na > nb ? na : nb) * sizeof(pm_shingle));
  w->seeds = cut(base, &size, both * sizeof(seed));
  w->first = cut(base, &size, na * sizeof(uint32_t));
  w->diagonal = cut(base, &size, both * sizeof(uint32_t));
  w->runs = cut(base, &size, both * sizeof(run));
  return size;
}

size_t pm_runs_scratch(size_t na, size_t nb) {
  work w;
  return lay_out(&w, na, nb, NULL);
}

size_t pm_runs_most(size_t na, size_t nb) {
  return na < nb ? na : nb;
}

/* How many shingles from `from` on have the hash of the first of them. */
static size_t equals(const pm_shingle *s, size_t from, size_t count) {
  size_t end = from + 1;
  while (end < count && s[end].hash == s[from].hash)
    end++;
  return end - from;
}

/* Most places have one seed: to keep it apart would cost a miss in the cache
 * for each, as seeds come in the order of their hashes. */
static uint32_t add_seed(work *w, uint32_t used, uint32_t a, uint32_t b) {
  uint32_t first = w->first[a];
  if (first == 0) {
    w->first[a] = b + 1;
    return used;
  }
  if (!(first & SEVERAL)) {
    w->seeds[used++] = (seed){first - 1, 0};
    first = used;
  }
  w->seeds[used++] = (seed){b, first & ~SEVERAL};
  w->first[a] = used | SEVERAL;
  return used;
}

/* Lists for each place in a the places in b with the same shingle. A shingle
 * that is frequent says little about where a passage lies: its first place
 * goes with the first, the second with the second, so that seeds stay fewer
 * than words and a text made of one word meets itself in order. */
static void find_seeds(work *w, pm_runs *r) {
  enum { RARE = 4, AHEAD = 16 };
  size_t na = pm_shingle_count(w->na, w->n);
  size_t nb = pm_shingle_count(w->nb, w->n);
  pm_shingle_hash(w->a, w->na, w->n, w->shingle_a);
  pm_shingle_hash(w->b, w->nb, w->n, w->shingle_b);
  pm_shingle_sort(w->shingle_a, na, w->spare);
  pm_shingle_sort(w->shingle_b, nb, w->spare);
  const pm_shingle *a = w->shingle_a, *b = w->shingle_b;

  uint32_t used = 0;
  for (size_t i = 0, j = 0; i < na || j < nb;) {
    bool in_a = i < na && (j == nb || a[i].hash <= b[j].hash);
    bool in_b = j < nb && (i == na || b[j].hash <= a[i].hash);
    size_t many_a = in_a ? equals(a, i, na) : 0;
    size_t many_b = in_b ? equals(b, j, nb) : 0;
    if (i + AHEAD < na)
      __builtin_prefetch(&w->first[a[i + AHEAD].at], 1);
    r->distinct_a += in_a;
    r->distinct_b += in_b;
    r->shared += in_a && in_b;
    if (many_a * many_b <= RARE) {
      for (size_t x = 0; x < many_a; x++)
        for (size_t y = 0; y < many_b; y++)
          used = add_seed(w, used, a[i + x].at, b[j + y].at);
    } else {
      for (size_t x = 0; x < many_a && x < many_b; x++)
        used = add_seed(w, used, a[i + x].at, b[j + x].at);
    }
    i += many_a;
    j += many_b;
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

static size_t find_runs(work *w) {
  size_t count = 0;
  for (uint32_t i = 0; i < w->na; i++) {
    uint32_t s = w->first[i];
    if (s == 0)
      continue;
    if (!(s & SEVERAL))
      count = stretch(w, count, i, s - 1);
    else
      for (s &= ~SEVERAL; s; s = w->seeds[s - 1].next)
        count = stretch(w, count, i, w->seeds[s - 1].b);
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
  memset(w.first, 0, na * sizeof *w.first);
  memset(w.diagonal, 0, (na + nb) * sizeof *w.diagonal);
  memset(taken.a, 0, na);
  memset(taken.b, 0, nb);
  find_seeds(&w, &r);
  r.count = take_runs(&w, find_runs(&w), taken, out);
  return r;
}
