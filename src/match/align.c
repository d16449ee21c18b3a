#include "match/align.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sketch/shingle.h"

/* `count` words from a on in one text and from b on in the other: the same. */
typedef struct run {
  uint32_t a, b, count;
} run;

/* A place in b with the shingle of a place in a; those of one place in a are
 * a list, `next` the number of the next one + 1. */
typedef struct seed {
  uint32_t b, next;
} seed;

/* Everything works on these; see lay_out for who is where. */
typedef struct work {
  const pm_unit *a, *b;
  uint32_t na, nb;
  const pm_align_options *options;
  pm_shingle *shingle_a, *shingle_b, *spare;
  seed *seeds;        /* [na + nb] */
  uint32_t *first;    /* [na] number of the first seed + 1 */
  uint32_t *diagonal; /* [na + nb] where the last run on it ended in a */
  run *runs;          /* [na + nb] */
  uint8_t *taken_a, *taken_b; /* [na], [nb] */
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
  w->taken_a = cut(base, &size, na);
  w->taken_b = cut(base, &size, nb);
  return size;
}

size_t pm_align_scratch(size_t na, size_t nb) {
  work w;
  return lay_out(&w, na, nb, NULL);
}

size_t pm_align_most(size_t na, size_t nb) {
  return na < nb ? na : nb;
}

/* How many shingles from `from` on have the hash of the first of them. */
static size_t equals(const pm_shingle *s, size_t from, size_t count) {
  size_t end = from + 1;
  while (end < count && s[end].hash == s[from].hash)
    end++;
  return end - from;
}

static uint32_t add_seed(work *w, uint32_t used, uint32_t a, uint32_t b) {
  w->seeds[used] = (seed){b, w->first[a]};
  w->first[a] = used + 1;
  return used + 1;
}

/* Lists for each place in a the places in b with the same shingle. A shingle
 * that is frequent says little about where a passage lies: its first place
 * goes with the first, the second with the second, so that seeds stay fewer
 * than words and a text made of one word meets itself in order. */
static void find_seeds(work *w, pm_reuse *r) {
  enum { RARE = 4 };
  size_t na = pm_shingle_count(w->na, w->options->n);
  size_t nb = pm_shingle_count(w->nb, w->options->n);
  pm_shingle_hash(w->a, w->na, w->options->n, w->shingle_a);
  pm_shingle_hash(w->b, w->nb, w->options->n, w->shingle_b);
  pm_shingle_sort(w->shingle_a, na, w->spare);
  pm_shingle_sort(w->shingle_b, nb, w->spare);
  const pm_shingle *a = w->shingle_a, *b = w->shingle_b;

  uint32_t used = 0;
  for (size_t i = 0, j = 0; i < na || j < nb;) {
    bool in_a = i < na && (j == nb || a[i].hash <= b[j].hash);
    bool in_b = j < nb && (i == na || b[j].hash <= a[i].hash);
    size_t many_a = in_a ? equals(a, i, na) : 0;
    size_t many_b = in_b ? equals(b, j, nb) : 0;
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

/* Stretches each seed to the run it lies in, each run once: on a diagonal
 * (b - a), what a run has covered needs no second look. */
static size_t find_runs(work *w) {
  const pm_unit *a = w->a, *b = w->b;
  size_t count = 0;
  for (uint32_t i = 0; i < w->na; i++) {
    for (uint32_t s = w->first[i]; s; s = w->seeds[s - 1].next) {
      uint32_t j = w->seeds[s - 1].b;
      uint32_t *done = &w->diagonal[j + w->na - 1 - i];
      if (i < *done)
        continue;
      uint32_t start = i, other = j, end = i;
      while (start > 0 && other > 0 && a[start - 1].hash == b[other - 1].hash)
        start--, other--;
      while (end < w->na && end - start + other < w->nb &&
             a[end].hash == b[end - start + other].hash)
        end++;
      *done = end;
      w->runs[count++] = (run){start, other, end - start};
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

static void mark(work *w, const pm_passage *p, uint8_t value) {
  memset(w->taken_a + p->a, value, p->a_end - p->a);
  memset(w->taken_b + p->b, value, p->b_end - p->b);
}

/* Takes what is still free of each run, the longest first, into `out`. */
static size_t take_runs(work *w, size_t runs, pm_passage *out) {
  size_t count = 0;
  uint32_t least = w->options->n;
  if (least > w->na || least > w->nb)
    least = w->na < w->nb ? w->na : w->nb;
  if (runs == 0)
    return 0;
  qsort(w->runs, runs, sizeof *w->runs, longer_first);
  for (size_t r = 0; r < runs; r++) {
    run x = w->runs[r];
    for (uint32_t from = 0, to; from < x.count; from = to) {
      to = from;
      while (to < x.count && !w->taken_a[x.a + to] && !w->taken_b[x.b + to])
        to++;
      if (to - from >= least) {
        out[count] =
            (pm_passage){x.a + from, x.a + to, x.b + from, x.b + to, to - from};
        mark(w, &out[count++], 1);
      }
      to += to == from;
    }
  }
  qsort(out, count, sizeof *out, earlier_first);
  return count;
}

static bool follows(const pm_passage *p, const pm_passage *q, uint32_t gap) {
  return q->a >= p->a_end && q->b >= p->b_end && q->a - p->a_end <= gap &&
         q->b - p->b_end <= gap;
}

/* Drops short runs that no other run lies beside in both texts: chance, and in
 * the way of what belongs together. */
static size_t drop_strays(work *w, pm_passage *p, size_t count) {
  uint32_t gap = w->options->gap, enough = w->options->min_words;
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    bool beside = p[i].a_end - p[i].a >= enough;
    for (size_t j = i; !beside && j-- > 0 && p[i].a - p[j].a_end <= gap;)
      beside = follows(&p[j], &p[i], gap);
    for (size_t j = i + 1; !beside && j < count && p[j].a - p[i].a_end <= gap;
         j++)
      beside = follows(&p[i], &p[j], gap);
    p[i].same = beside ? p[i].a_end - p[i].a : 0;
  }
  for (size_t i = 0; i < count; i++) {
    if (p[i].same)
      p[kept++] = p[i];
    else
      mark(w, &p[i], 0);
  }
  return kept;
}

/* The most words that two gaps have in common in one order (the longest common
 * subsequence), each at most PM_ALIGN_GAP long. */
static uint32_t common(const pm_unit *a, uint32_t na, const pm_unit *b,
                       uint32_t nb) {
  uint32_t row[PM_ALIGN_GAP + 1] = {0};
  for (uint32_t i = 0; i < na; i++) {
    uint32_t corner = 0;
    for (uint32_t j = 0; j < nb; j++) {
      uint32_t above = row[j + 1];
      if (a[i].hash == b[j].hash)
        row[j + 1] = corner + 1;
      else if (row[j] > above)
        row[j + 1] = row[j];
      corner = above;
    }
  }
  return row[nb];
}

/* Joins neighbours with a small gap: no larger than `gap`, nor than what is
 * the same on either side of it, and free in the other text. */
static size_t join(work *w, pm_passage *p, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    pm_passage *last = kept ? &p[kept - 1] : NULL;
    uint32_t gap = w->options->gap;
    if (last && last->same < gap)
      gap = last->same;
    if (p[i].same < gap)
      gap = p[i].same;
    if (last && follows(last, &p[i], gap) &&
        !memchr(w->taken_b + last->b_end, 1, p[i].b - last->b_end)) {
      last->same +=
          p[i].same + common(w->a + last->a_end, p[i].a - last->a_end,
                             w->b + last->b_end, p[i].b - last->b_end);
      memset(w->taken_a + last->a_end, 1, p[i].a - last->a_end);
      memset(w->taken_b + last->b_end, 1, p[i].b - last->b_end);
      last->a_end = p[i].a_end;
      last->b_end = p[i].b_end;
    } else {
      p[kept++] = p[i];
    }
  }
  return kept;
}

/* One step beyond the end of a passage (step 1) or its beginning (-1). */
typedef struct edge {
  const pm_unit *a, *b; /* the first free word */
  uint32_t na, nb;      /* free words, at most PM_ALIGN_GAP */
  int step;
} edge;

/* Finds how far to go on: to the pair of equal words up to which more words
 * are the same than differ, by the largest surplus. Returns the words gained,
 * 0 when it is better to stay. */
static uint32_t look_ahead(const edge *e, uint32_t *ahead_a,
                           uint32_t *ahead_b) {
  int best = 0;
  int score[PM_ALIGN_GAP + 1];
  uint32_t same[PM_ALIGN_GAP + 1], gained = 0;
  for (uint32_t j = 0; j <= e->nb; j++) {
    score[j] = -(int)j;
    same[j] = 0;
  }
  for (uint32_t i = 1; i <= e->na; i++) {
    uint64_t x = e->a[e->step * ((int)i - 1)].hash;
    int corner = score[0];
    uint32_t corner_same = same[0];
    score[0] = -(int)i;
    for (uint32_t j = 1; j <= e->nb; j++) {
      bool equal = x == e->b[e->step * ((int)j - 1)].hash;
      int up = score[j];
      uint32_t up_same = same[j];
      score[j] = corner + (equal ? 1 : -1);
      same[j] = corner_same + equal;
      if (up - 1 > score[j]) {
        score[j] = up - 1;
        same[j] = up_same;
        equal = false;
      }
      if (score[j - 1] - 1 > score[j]) {
        score[j] = score[j - 1] - 1;
        same[j] = same[j - 1];
        equal = false;
      }
      if (equal && score[j] > best) {
        best = score[j];
        *ahead_a = i;
        *ahead_b = j;
        gained = same[j];
      }
      corner = up;
      corner_same = up_same;
    }
  }
  return gained;
}

static uint32_t free_after(const uint8_t *taken, uint32_t from, uint32_t count,
                           uint32_t most) {
  uint32_t n = 0;
  while (n < most && from + n < count && !taken[from + n])
    n++;
  return n;
}

static uint32_t free_before(const uint8_t *taken, uint32_t from,
                            uint32_t most) {
  uint32_t n = 0;
  while (n < most && n < from && !taken[from - n - 1])
    n++;
  return n;
}

/* Goes on at the end of a passage as long as that gains. */
static void grow_forward(work *w, pm_passage *p) {
  uint32_t gap = w->options->gap, gained, da = 0, db = 0;
  do {
    edge e = {w->a + p->a_end, w->b + p->b_end,
              free_after(w->taken_a, p->a_end, w->na, gap),
              free_after(w->taken_b, p->b_end, w->nb, gap), 1};
    gained = look_ahead(&e, &da, &db);
    if (gained) {
      p->a_end += da;
      p->b_end += db;
      p->same += gained;
    }
  } while (gained);
}

static void grow_backward(work *w, pm_passage *p) {
  uint32_t gap = w->options->gap, gained, da = 0, db = 0;
  do {
    if (p->a == 0 || p->b == 0)
      return;
    edge e = {w->a + p->a - 1, w->b + p->b - 1,
              free_before(w->taken_a, p->a, gap),
              free_before(w->taken_b, p->b, gap), -1};
    gained = look_ahead(&e, &da, &db);
    if (gained) {
      p->a -= da;
      p->b -= db;
      p->same += gained;
    }
  } while (gained);
}

/* Keeps passages with at least so many words and such a share in common. */
static size_t keep_good(work *w, pm_passage *p, size_t count,
                        uint32_t min_words, double min_share) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t a = p[i].a_end - p[i].a, b = p[i].b_end - p[i].b;
    if (p[i].same >= min_words && p[i].same >= min_share * (a > b ? a : b))
      p[kept++] = p[i];
    else
      mark(w, &p[i], 0);
  }
  return kept;
}

static bool is_in(const uint64_t *set, size_t count, uint64_t hash) {
  size_t low = 0;
  while (count > 0) {
    size_t half = count / 2;
    if (set[low + half] < hash) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return set[low] == hash;
}

size_t pm_align_leave_out(pm_unit *word, size_t count, unsigned n,
                          const uint64_t *set, size_t known, unsigned rate,
                          pm_shingle *seen) {
  size_t shingles = pm_shingle_count(count, n);
  size_t kept = 0, next = 0; /* words before `next` are dealt with */
  bool before = false;       /* the last of the sample was of the set */
  if (known == 0)
    return count;
  pm_shingle_hash(word, count, n, seen);
  for (size_t i = 0; i < shingles; i++) {
    uint64_t hash = seen[i].hash;
    if (!pm_shingle_sampled(hash, rate))
      continue;
    bool out = hash <= set[known - 1] && is_in(set, known, hash);
    if (out) {
      while (next < i && !before)
        word[kept++] = word[next++];
      size_t end = i + n < count ? i + n : count;
      next = next > end ? next : end;
    }
    before = out;
  }
  while (next < count)
    word[kept++] = word[next++];
  return kept;
}

pm_reuse pm_align(const pm_unit *a, size_t na, const pm_unit *b, size_t nb,
                  const pm_align_options *options, void *scratch,
                  pm_passage *out) {
  pm_reuse r = {.passages = 0};
  work w = {.a = a,
            .b = b,
            .na = (uint32_t)na,
            .nb = (uint32_t)nb,
            .options = options};
  lay_out(&w, na, nb, scratch);
  memset(w.first, 0, na * sizeof *w.first);
  memset(w.diagonal, 0, (na + nb) * sizeof *w.diagonal);
  memset(w.taken_a, 0, na);
  memset(w.taken_b, 0, nb);

  find_seeds(&w, &r);
  size_t count = take_runs(&w, find_runs(&w), out);
  count = drop_strays(&w, out, count);
  count = join(&w, out, count);
  count = keep_good(&w, out, count, (options->min_words + 1) / 2, 0);
  count = join(&w, out, count);
  for (size_t i = 0; i < count; i++) {
    grow_forward(&w, &out[i]);
    grow_backward(&w, &out[i]);
    mark(&w, &out[i], 1);
  }
  count = keep_good(&w, out, count, options->min_words, options->min_share);

  r.passages = count;
  for (size_t i = 0; i < count; i++) {
    r.words_a += out[i].a_end - out[i].a;
    r.words_b += out[i].b_end - out[i].b;
  }
  return r;
}
