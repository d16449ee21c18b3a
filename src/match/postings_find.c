/* Finding in postings: see match/postings.h. */
#include <stdlib.h>
#include <string.h>

#include "match/postings.h"
#include "match/postings_live.h"

#define GONE PM_SEGMENT_GONE
#define NONE PM_LIVE_NONE

/* A hash in more documents than MANY leads to the HEADS first of them only, so
 * that finding stays linear in the documents. */
enum { MANY = 4096, HEADS = 64 };

static const pm_live_entry *live_of(const pm_postings *p, uint64_t hash) {
  static const pm_live_entry none = {.count = 0};
  if (!p->live || p->live->entries == 0)
    return &none;
  return &p->live->entry[pm_live_slot(p->live, hash)];
}

/* The documents of one hash: a stretch of each segment, then the live ones. */
typedef struct list {
  const pm_postings *p;
  uint64_t hash;
  uint32_t segment;  /* the next one to look into */
  uint32_t at, left; /* in the stretch at hand, of the segment before */
  uint32_t live;     /* the next live posting */
} list;

static list list_of(const pm_postings *p, uint64_t hash) {
  const pm_live_entry *e = live_of(p, hash);
  return (list){.p = p, .hash = hash, .live = e->count ? e->first : NONE};
}

/* Segments may have documents that were left out; they come last. */
static bool next_doc(list *l, uint32_t *doc) {
  const pm_postings *p = l->p;
  while (l->left == 0 && l->segment < p->segments) {
    const pm_segment *s = &p->segment[l->segment++];
    l->left = pm_segment_stretch(s, l->hash, &l->at);
  }
  if (l->left) {
    *doc = pm_segment_at(&p->segment[l->segment - 1], l->at++);
    l->left--;
    if (*doc < p->live_first)
      return true;
    *l = (list){.segment = p->segments, .live = l->live, .p = p};
  }
  if (l->live == NONE)
    return false;
  *doc = p->live->posting[l->live].doc;
  l->live = p->live->posting[l->live].next;
  return true;
}

/* How many documents have a hash. */
static uint32_t many(const pm_postings *p, uint64_t hash) {
  uint32_t count = live_of(p, hash)->count, from;
  for (uint32_t i = 0; i < p->segments; i++)
    count += pm_segment_stretch(&p->segment[i], hash, &from);
  return count;
}

/* Whether a hash stands in more than `most` documents of a source. */
static bool repeats(const pm_postings *p, uint64_t hash, uint32_t source,
                    double most) {
  uint32_t seen = 0, doc;
  for (list l = list_of(p, hash); next_doc(&l, &doc);)
    if ((p->source[doc] & ~GONE) == source && ++seen > most)
      return true;
  return false;
}

uint32_t pm_postings_frame(const pm_postings *p, pm_packed set, uint32_t source,
                           const pm_candidates_options *options,
                           uint8_t *ignored) {
  uint32_t pages = source < p->sources ? p->pages[source] : 0, count = 0;
  double most = options->repeat_rate * pages;
  if (most < options->repeats)
    most = options->repeats;
  memset(ignored, 0, set.count);
  if (pages <= most)
    return 0;
  for (uint32_t i = 0; i < set.count; i++) {
    ignored[i] = repeats(p, pm_shingle_packed_at(set.data, i), source, most);
    count += ignored[i];
  }
  return count;
}

static int ascending(const void *x, const void *y) {
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return a < b ? -1 : a > b;
}

uint32_t pm_postings_meet(pm_postings *p, pm_packed set, const uint8_t *ignored,
                          uint32_t least, double enough) {
  uint32_t met = 0, kept = 0;
  for (uint32_t i = 0; i < set.count; i++) {
    if (ignored[i])
      continue;
    uint64_t hash = pm_shingle_packed_at(set.data, i);
    uint32_t most = many(p, hash) > MANY ? HEADS : NONE, doc;
    for (list l = list_of(p, hash); most-- && next_doc(&l, &doc);)
      if (p->shared[doc]++ == 0)
        p->met[met++] = doc;
  }
  for (uint32_t i = 0; i < met; i++) {
    uint32_t doc = p->met[i], shared = p->shared[doc];
    uint32_t count = p->hashes[doc];
    uint32_t smaller = count < set.count ? count : set.count;
    p->shared[doc] = 0;
    if (!(p->source[doc] & GONE) && (shared >= least || smaller <= least) &&
        shared >= enough * smaller)
      p->met[kept++] = doc;
  }
  if (kept)
    qsort(p->met, kept, sizeof *p->met, ascending);
  return kept;
}

/* The next hash from `i` on that is neither ignored nor outside the sample. */
static uint32_t next_hash(pm_packed set, const uint8_t *ignored, uint32_t i,
                          unsigned rate) {
  while (i < set.count &&
         (ignored[i] ||
          !pm_shingle_sampled(pm_shingle_packed_at(set.data, i), rate)))
    i++;
  return i;
}

bool pm_postings_worth(pm_packed a, const uint8_t *ignored_a, pm_packed b,
                       const uint8_t *ignored_b,
                       const pm_candidates_options *options) {
  unsigned rate = a.rate > b.rate ? a.rate : b.rate;
  uint32_t na = 0, nb = 0, shared = 0, least = options->least;
  uint32_t i = next_hash(a, ignored_a, 0, rate);
  uint32_t j = next_hash(b, ignored_b, 0, rate);
  while (i < a.count || j < b.count) {
    uint64_t x = i < a.count ? pm_shingle_packed_at(a.data, i) : UINT64_MAX;
    uint64_t y = j < b.count ? pm_shingle_packed_at(b.data, j) : UINT64_MAX;
    bool in_a = i < a.count && (j == b.count || x <= y);
    bool in_b = j < b.count && (i == a.count || y <= x);
    shared += in_a && in_b;
    na += in_a;
    nb += in_b;
    if (in_a)
      i = next_hash(a, ignored_a, i + 1, rate);
    if (in_b)
      j = next_hash(b, ignored_b, j + 1, rate);
  }
  uint32_t smaller = na < nb ? na : nb;
  return shared > 0 && shared >= (least < smaller ? least : smaller) &&
         shared >= options->share * smaller;
}
