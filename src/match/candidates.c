#include "match/candidates.h"

#include <stdbool.h>
#include <stdlib.h>

#include "match/candidates_group.h"
#include "sketch/each_cpu.h"

enum { MANY = PM_GROUP_MANY, HEADS = PM_GROUP_HEADS };

/* Groups and documents that are fetched while others are gone through: they lie
 * all over the index. */
enum { AHEAD = 8 };

/* Set in `shared` when a document was met in a large group. */
#define MET ((uint32_t)1 << 31)

static uint32_t meet(pm_index *x, uint32_t other, uint32_t met) {
  x->met[met] = other; /* for good if it is the first time */
  return met + (x->shared[other] == 0);
}

static uint32_t meet_earlier(pm_index *x, uint32_t other, uint32_t number,
                             uint32_t met) {
  if (other < number) {
    met = meet(x, other, met);
    x->shared[other] |= MET;
  }
  return met;
}

/* Meets those of the earlier documents of a large group that the document is
 * paired with. */
static uint32_t meet_some(pm_index *x, uint32_t number, const uint32_t *member,
                          uint32_t count, uint32_t place, uint32_t met) {
  uint32_t all = count;
  if (place >= HEADS) {
    all = HEADS;
    if (place > all)
      met = meet_earlier(x, member[place - 1], number, met);
    if (place + 1 < count)
      met = meet_earlier(x, member[place + 1], number, met);
  }
  for (uint32_t i = 0; i < all; i++)
    met = meet_earlier(x, member[i], number, met);
  return met;
}

static uint32_t meet_all(pm_index *x, uint32_t number) {
  uint32_t met = 0;
  uint64_t end = x->first[number + 1], small = end - x->brief[number].large;
  for (uint64_t p = x->first[number]; p < small; p++) {
    if (small - p > AHEAD)
      __builtin_prefetch(&x->member[x->group[p + AHEAD]]);
    const uint32_t *member = x->member + x->group[p] + 1;
    for (; *member < number; member++) { /* it is there itself */
      met = meet(x, *member, met);
      x->shared[*member]++;
    }
  }
  for (uint64_t p = small; p < end; p++) {
    const uint32_t *member = x->member + x->place[x->group[p]];
    met = meet_some(x, number, member + 1, *member, x->spot[p], met);
  }
  return met;
}

/* Marks the large groups of a document, or unmarks them. */
static void flip_large(pm_index *x, uint32_t d) {
  const uint32_t *group = x->group + x->first[d + 1] - x->brief[d].large;
  for (uint32_t i = 0; i < x->brief[d].large; i++)
    x->marked[group[i] / 64] ^= (uint64_t)1 << group[i] % 64;
}

/* Whether at least `need` of the large groups of a document are marked. Most
 * often only all of them would do, and the first that is not ends it. */
static bool has_marked(const pm_index *x, uint32_t d, uint32_t need) {
  const uint32_t *group = x->group + x->first[d + 1] - x->brief[d].large;
  if (need > x->brief[d].large)
    return false;
  uint32_t may_miss = x->brief[d].large - need;
  for (uint32_t i = 0; i < x->brief[d].large; i++) {
    bool marked = x->marked[group[i] / 64] >> group[i] % 64 & 1;
    if (!marked && may_miss-- == 0)
      return false;
  }
  return true;
}

/* Whether two documents may have `need` large groups in common. A group of both
 * has a bit in both; as many as are crowded may have had it for others. Nearly
 * all documents that meet by chance end here. */
EACH_CPU static bool may_have_common(const pm_candidate_brief *a,
                                     const pm_candidate_brief *b,
                                     uint32_t need) {
  uint32_t most = a->crowded < b->crowded ? a->crowded : b->crowded;
  for (size_t i = 0; i < sizeof a->bits / sizeof *a->bits; i++)
    most += (uint32_t)__builtin_popcountll(a->bits[i] & b->bits[i]);
  return most >= need;
}

/* What two documents share is in the samples of both, so that it need not be
 * looked up at which rate. Large groups count only where they can matter: they
 * are what most documents have in common. */
static bool is_worth_it(const pm_index *x, uint32_t a, uint32_t b) {
  const pm_candidate_brief *of_a = &x->brief[a], *of_b = &x->brief[b];
  uint32_t na = of_a->kept, nb = of_b->kept, least = x->options->least;
  if (of_a->rate < of_b->rate)
    na = pm_candidates_kept(x, a, of_b->rate);
  else if (of_b->rate < of_a->rate)
    nb = pm_candidates_kept(x, b, of_a->rate);
  uint32_t smaller = na < nb ? na : nb;
  double part = x->options->share * smaller;
  uint32_t need = least < smaller ? least : smaller;
  if (part > need) /* rounded up */
    need = (uint32_t)part + ((uint32_t)part < part);
  uint32_t shared = x->shared[a] & ~MET;
  if (shared >= need)
    return true;
  need -= shared;
  return need <= of_a->large && need <= of_b->large &&
         may_have_common(of_a, of_b, need) && has_marked(x, a, need);
}

static int ascending(const void *x, const void *y) {
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return a < b ? -1 : a > b;
}

uint32_t pm_candidates_of(pm_index *x, uint32_t number, uint32_t *out) {
  uint32_t met = meet_all(x, number), count = 0;
  flip_large(x, number);
  for (uint32_t i = 0; i < met; i++) {
    uint32_t other = x->met[i];
    if (i + AHEAD < met)
      __builtin_prefetch(&x->brief[x->met[i + AHEAD]]);
    if (is_worth_it(x, other, number))
      out[count++] = other;
    x->shared[other] = 0;
  }
  flip_large(x, number);
  if (count)
    qsort(out, count, sizeof *out, ascending);
  return count;
}

static bool is_in(const uint64_t *set, size_t count, uint64_t hash) {
  size_t low = 0;
  while (low < count) {
    size_t middle = low + (count - low) / 2;
    if (set[middle] < hash)
      low = middle + 1;
    else if (set[middle] == hash)
      return true;
    else
      count = middle;
  }
  return false;
}

size_t pm_candidates_ignored(const pm_index *x, uint32_t d, uint64_t *out) {
  uint32_t from = x->frame_first[x->doc[d].source];
  uint32_t known = x->frame_first[x->doc[d].source + 1] - from;
  size_t count = 0;
  if (x->is_copy[d] || known == 0)
    return 0;
  for (uint32_t i = 0; i < x->doc[d].count; i++) {
    uint64_t hash = pm_shingle_packed_at(x->doc[d].packed, i);
    if (is_in(x->frame + from, known, hash))
      out[count++] = hash;
  }
  return count;
}
