#include "match/align.h"

#include <stdbool.h>
#include <string.h>

typedef struct work {
  const pm_unit *a, *b;
  uint32_t na, nb;
  const pm_align_options *options;
  pm_taken taken;
} work;

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
      pm_runs_mark(w->taken, &p[i], 0);
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
        !memchr(w->taken.b + last->b_end, 1, p[i].b - last->b_end)) {
      last->same +=
          p[i].same + common(w->a + last->a_end, p[i].a - last->a_end,
                             w->b + last->b_end, p[i].b - last->b_end);
      memset(w->taken.a + last->a_end, 1, p[i].a - last->a_end);
      memset(w->taken.b + last->b_end, 1, p[i].b - last->b_end);
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
              free_after(w->taken.a, p->a_end, w->na, gap),
              free_after(w->taken.b, p->b_end, w->nb, gap), 1};
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
              free_before(w->taken.a, p->a, gap),
              free_before(w->taken.b, p->b, gap), -1};
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
      pm_runs_mark(w->taken, &p[i], 0);
  }
  return kept;
}

size_t pm_align_scratch(size_t na, size_t nb) {
  return pm_runs_scratch(na, nb) + na + nb;
}

size_t pm_align_most(size_t na, size_t nb) {
  return pm_runs_most(na, nb);
}

pm_reuse pm_align(const pm_unit *a, size_t na, const pm_unit *b, size_t nb,
                  const pm_align_options *options, void *scratch,
                  pm_passage *out) {
  uint8_t *flags = (uint8_t *)scratch + pm_runs_scratch(na, nb);
  work w = {.a = a,
            .b = b,
            .na = (uint32_t)na,
            .nb = (uint32_t)nb,
            .options = options,
            .taken = {flags, flags + na}};
  pm_runs runs = pm_runs_find(a, na, b, nb, options->n, scratch, w.taken, out);
  size_t count = drop_strays(&w, out, runs.count);
  count = join(&w, out, count);
  count = keep_good(&w, out, count, (options->min_words + 1) / 2, 0);
  count = join(&w, out, count);
  for (size_t i = 0; i < count; i++) {
    grow_forward(&w, &out[i]);
    grow_backward(&w, &out[i]);
    pm_runs_mark(w.taken, &out[i], 1);
  }
  count = keep_good(&w, out, count, options->min_words, options->min_share);

  pm_reuse r = {count, runs.shared, runs.distinct_a, runs.distinct_b, 0, 0};
  for (size_t i = 0; i < count; i++) {
    r.words_a += out[i].a_end - out[i].a;
    r.words_b += out[i].b_end - out[i].b;
  }
  return r;
}
