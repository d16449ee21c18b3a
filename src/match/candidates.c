#include "match/candidates.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "match/candidates_turns.h"
#include "sketch/each_cpu.h"

enum { HEADS = PM_GROUP_HEADS };

/* Documents that are fetched while others are gone through: they lie all over
 * the memory. Members of a group that are read at a time. */
enum { AHEAD = 8, READ = 4096 };

/* Set in `shared` when a document was met in a large group. */
#define MET ((uint32_t)1 << 31)

static uint32_t meet(pm_candidates *x, uint32_t other, uint32_t met) {
  x->met[met] = other; /* for good if it is the first time */
  return met + (x->shared[other] == 0);
}

static uint32_t meet_earlier(pm_candidates *x, uint32_t other, uint32_t number,
                             uint32_t met) {
  if (other < number) {
    met = meet(x, other, met);
    x->shared[other] |= MET;
  }
  return met;
}

static uint32_t meet_list(pm_candidates *x, const uint32_t *other,
                          uint32_t count, uint32_t number, uint32_t met) {
  for (uint32_t i = 0; i < count; i++)
    met = meet_earlier(x, other[i], number, met);
  return met;
}

/* A head meets its stretch of a large group. */
static int meet_group(pm_candidates *x, const pm_candidate_row *row,
                      uint32_t *met) {
  uint32_t member[READ];
  for (uint32_t done = 0, count; done < row->count; done += count) {
    count = row->count - done < READ ? row->count - done : READ;
    uint64_t at = ((uint64_t)row->first + done) * sizeof *member;
    if (pm_lanes_read(&x->members, 0, at, member, count * sizeof *member) != 0)
      return -1;
    *met = meet_list(x, member, count, row->doc, *met);
  }
  return 0;
}

static uint32_t meet_small(pm_candidates *x, uint32_t number) {
  const pm_candidates_range *r = &x->at;
  const uint32_t *first = r->small_first + (number - r->first);
  uint32_t met = 0;
  for (uint32_t p = first[0]; p < first[1]; p++) {
    const uint32_t *member = r->word + r->small[p];
    for (; *member < number; member++) { /* it is there itself */
      met = meet(x, *member, met);
      x->shared[*member]++;
    }
  }
  return met;
}

static int meet_large(pm_candidates *x, uint32_t number, uint32_t *met) {
  const pm_candidates_range *r = &x->at;
  const uint32_t *first = r->large_first + (number - r->first);
  for (uint32_t p = first[0]; p < first[1]; p++) {
    const pm_candidate_row *row = &r->row[r->large[p]];
    uint32_t group = row->group & ~PM_GROUP_HEAD;
    if (row->group & PM_GROUP_HEAD) {
      if (meet_group(x, row, met) != 0)
        return -1;
    } else {
      *met = meet_list(x, row->other, PM_GROUP_OTHERS, number, *met);
    }
    *met = meet_list(x, x->head + (size_t)group * HEADS, HEADS, number, *met);
  }
  return 0;
}

/* Marks the large groups of a document, or unmarks them. */
static void flip_large(pm_candidates *x, uint32_t number) {
  const pm_candidates_range *r = &x->at;
  const uint32_t *first = r->large_first + (number - r->first);
  for (uint32_t p = first[0]; p < first[1]; p++) {
    uint32_t group = r->row[r->large[p]].group & ~PM_GROUP_HEAD;
    x->marked[group / 64] ^= (uint64_t)1 << group % 64;
  }
}

/* Whether at least `need` of the large groups of a document are marked. Most
 * often only all of them would do, and the first that is not ends it. */
static bool has_marked(const pm_candidates *x, uint32_t d, uint32_t need) {
  const uint32_t *group = x->listed + x->list[d];
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
 * looked up at which rate. Of whole sets the share says all: in two short texts
 * it may be a single hash. Large groups count only where they can matter: they
 * are what most documents have in common. */
static bool is_worth_it(const pm_candidates *x, uint32_t a, uint32_t b) {
  const pm_candidate_brief *of_a = &x->brief[a], *of_b = &x->brief[b];
  uint32_t na = of_a->kept, nb = of_b->kept, least = x->options.least;
  if (of_a->rate < of_b->rate)
    na = pm_candidates_kept(x, a)[of_b->rate - x->dense];
  else if (of_b->rate < of_a->rate)
    nb = pm_candidates_kept(x, b)[of_a->rate - x->dense];
  else if (of_a->rate == 0)
    least = 1;
  uint32_t smaller = na < nb ? na : nb;
  double part = x->options.share * smaller;
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

/* Takes the range of a document to hand, and lists those before it. */
static int load(pm_candidates *x, uint32_t number) {
  uint32_t range = x->brief[number].range;
  if (x->at.word && number >= x->at.first && number < x->at.end)
    return 0;
  while (x->listed_ranges < range)
    if (pm_candidates_load(x, x->listed_ranges) != 0)
      return -1;
  return pm_candidates_load(x, range);
}

int64_t pm_candidates_of(pm_candidates *x, uint32_t number,
                         const uint32_t **found) {
  if (load(x, number) != 0)
    return -1;
  uint32_t met = meet_small(x, number), count = 0;
  if (meet_large(x, number, &met) != 0)
    return -1;
  flip_large(x, number);
  for (uint32_t i = 0; i < met; i++) {
    uint32_t other = x->met[i];
    if (i + AHEAD < met)
      __builtin_prefetch(&x->brief[x->met[i + AHEAD]]);
    if (is_worth_it(x, other, number))
      x->met[count++] = other;
    x->shared[other] = 0;
  }
  flip_large(x, number);
  if (count)
    qsort(x->met, count, sizeof *x->met, ascending);
  *found = x->met;
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

int64_t pm_candidates_ignored(const pm_candidates *x, uint32_t d,
                              uint64_t *out) {
  const pm_candidate *doc = &x->doc[d];
  uint32_t from = x->frame_first[doc->source], count = 0;
  uint32_t known = x->frame_first[doc->source + 1] - from;
  if (known == 0)
    return 0;
  size_t at = doc->set * sizeof *out, size = doc->count * sizeof *out;
  if (x->lent)
    memcpy(out, x->lent + at, size);
  else if (pm_lanes_read(&x->sets, 0, at, out, size) != 0)
    return -1;
  for (uint32_t i = 0; i < doc->count; i++) {
    uint64_t hash = word_load((const uint8_t *)&out[i]);
    if (is_in(x->frame + from, known, hash))
      out[count++] = hash;
  }
  return count;
}
