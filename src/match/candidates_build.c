#include <errno.h>
#include <stdlib.h>

#include "match/candidates_turns.h"

int pm_candidates_open(pm_candidates *c, const char *folder) {
  *c = (pm_candidates){.folder = folder, .dense = 63};
  return pm_lanes_open(&c->sets, 1, 0, folder);
}

void *pm_candidates_grow(void *array, size_t *room, size_t need, size_t size) {
  if (need <= *room)
    return array;
  size_t more = need + need / 4 + 16;
  void *larger = realloc(array, more * size);
  if (larger)
    *room = more;
  return larger;
}

void pm_candidates_lend(pm_candidates *c, const char *base) {
  c->lent = base;
}

int pm_candidates_add(pm_candidates *c, pm_candidate doc, const char *packed) {
  const char *hashes = packed + PM_SHINGLE_PACKED_HEAD;
  if (doc.count >= ((uint32_t)1 << 31) - c->hashes) {
    errno = EOVERFLOW;
    return -1;
  }
  pm_candidate *more =
      pm_candidates_grow(c->doc, &c->room, (size_t)c->docs + 1, sizeof *c->doc);
  if (!more)
    return -1;
  c->doc = more;
  if (c->lent)
    doc.set = (uint32_t)((size_t)(hashes - c->lent) / sizeof(uint64_t));
  else
    doc.set = c->hashes;
  if (!c->lent &&
      pm_lanes_put(&c->sets, 0, hashes, doc.count * sizeof(uint64_t)) != 0)
    return -1;
  c->doc[c->docs++] = doc;
  c->hashes += doc.count;
  c->sources = doc.source >= c->sources ? doc.source + 1 : c->sources;
  c->dense = doc.rate < c->dense ? doc.rate : c->dense;
  c->sparse = doc.rate > c->sparse ? doc.rate : c->sparse;
  c->most = doc.count > c->most ? doc.count : c->most;
  return 0;
}

size_t pm_candidates_memory(const pm_candidates *x) {
  enum { ENOUGH = 16 << 20 };
  return x->lent ? ENOUGH : 0;
}

static int take_memory(pm_candidates_build_state *b) {
  pm_candidates *x = b->x;
  size_t docs = (size_t)x->docs + 1, sources = (size_t)x->sources + 1;
  x->brief = aligned_alloc(sizeof *x->brief, docs * sizeof *x->brief);
  x->kept = calloc(docs * pm_candidates_levels(x), sizeof *x->kept);
  b->frames = calloc(docs, sizeof *b->frames);
  b->pages = calloc(sources, sizeof *b->pages);
  b->seen = calloc(sources, sizeof *b->seen);
  if (!x->brief || !x->kept || !b->frames || !b->pages || !b->seen)
    return -1;
  memset(x->brief, 0, docs * sizeof *x->brief);
  for (uint32_t d = 0; d < x->docs; d++)
    b->pages[x->doc[d].source]++;
  return 0;
}

static void give_back(pm_candidates_build_state *b) {
  pm_lanes_close(&b->hashes);
  pm_lanes_close(&b->groups);
  free(b->part);
  free(b->spare);
  free(b->word);
  free(b->marks);
  free(b->frames);
  free(b->pages);
  free(b->seen);
  free(b->repeated);
}

/* What asking needs when the groups are there. */
static int make_ready(pm_candidates *x) {
  size_t docs = (size_t)x->docs + 1, listed = 1;
  for (uint32_t d = 0; d < x->docs; d++)
    listed += x->brief[d].large;
  x->listed = malloc(listed * sizeof *x->listed);
  x->shared = calloc(docs, sizeof *x->shared);
  x->met = malloc(docs * sizeof *x->met);
  x->list = malloc(docs * sizeof *x->list);
  x->marked = calloc((size_t)x->large / 64 + 1, sizeof *x->marked);
  bool made = x->listed && x->shared && x->met && x->list && x->marked;
  return made ? 0 : -1;
}

int pm_candidates_build(pm_candidates *x,
                        const pm_candidates_options *options) {
  pm_candidates_build_state b = {.x = x};
  x->options = *options;
  if (x->docs == 0)
    x->dense = x->sparse;
  int failed = take_memory(&b) != 0 || pm_candidates_gather(&b) != 0 ||
               pm_candidates_settle(&b) != 0;
  int why = errno;
  give_back(&b);
  errno = why;
  return failed || make_ready(x) != 0 ? -1 : 0;
}

void pm_candidates_forget(pm_candidates *x) {
  free(x->brief);
  free(x->kept);
  free(x->shared);
  free(x->met);
  free(x->head);
  free(x->marked);
  free(x->list);
  free(x->listed);
  x->brief = NULL;
  x->kept = x->shared = x->met = x->head = x->list = x->listed = NULL;
  x->marked = NULL;
  pm_candidates_unload(&x->at);
  pm_lanes_close(&x->members);
  pm_lanes_close(&x->dealt);
}

void pm_candidates_close(pm_candidates *x) {
  pm_candidates_forget(x);
  free(x->doc);
  free(x->frame);
  free(x->frame_first);
  pm_lanes_close(&x->sets);
  *x = (pm_candidates){0};
}
