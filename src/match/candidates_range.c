/*
 * The third turn: what was dealt to a range of documents is put in their order.
 */
#include <stdlib.h>

#include "match/candidates_turns.h"

/* Reads a lane to memory; NULL when that fails. */
static void *read_lane(const pm_lanes *l, uint32_t lane, size_t *size) {
  *size = (size_t)pm_lanes_size(l, lane);
  void *all = malloc(*size + 1);
  if (all && pm_lanes_read(l, lane, 0, all, *size) != 0) {
    free(all);
    all = NULL;
  }
  return all;
}

/* From how many there are of each document, which stands behind its place, to
 * where they begin; returns an array for them. */
static uint32_t *begin(uint32_t *first, uint32_t docs) {
  for (uint32_t i = 0; i < docs; i++)
    first[i + 1] += first[i];
  return malloc(((size_t)first[docs] + 1) * sizeof(uint32_t));
}

/* Brings the beginnings back after each has moved on to the next one's. */
static void rewind_all(uint32_t *first, uint32_t docs) {
  memmove(first + 1, first, docs * sizeof *first);
  first[0] = 0;
}

static int load_small(pm_candidates_range *r, const pm_lanes *l,
                      uint32_t lane) {
  uint32_t docs = r->end - r->first;
  size_t size;
  r->word = read_lane(l, lane, &size);
  r->small_first = calloc((size_t)docs + 1, sizeof *r->small_first);
  if (!r->word || !r->small_first)
    return -1;
  const uint32_t *end = r->word + size / sizeof *end;
  uint32_t *first = r->small_first;
  for (const uint32_t *g = r->word; g < end; g += 1 + (*g & UINT16_MAX))
    for (uint32_t i = *g >> 16; i < (*g & UINT16_MAX); i++)
      first[g[1 + i] - r->first + 1]++;
  if (!(r->small = begin(first, docs)))
    return -1;
  for (const uint32_t *g = r->word; g < end; g += 1 + (*g & UINT16_MAX))
    for (uint32_t i = *g >> 16; i < (*g & UINT16_MAX); i++)
      r->small[first[g[1 + i] - r->first]++] = (uint32_t)(g + 1 - r->word);
  rewind_all(first, docs);
  return 0;
}

static int load_large(pm_candidates_range *r, const pm_lanes *l,
                      uint32_t lane) {
  uint32_t docs = r->end - r->first;
  size_t size;
  r->row = read_lane(l, lane, &size);
  r->large_first = calloc((size_t)docs + 1, sizeof *r->large_first);
  if (!r->row || !r->large_first)
    return -1;
  uint32_t count = (uint32_t)(size / sizeof *r->row), *first = r->large_first;
  for (uint32_t i = 0; i < count; i++)
    first[r->row[i].doc - r->first + 1]++;
  if (!(r->large = begin(first, docs)))
    return -1;
  for (uint32_t i = 0; i < count; i++)
    r->large[first[r->row[i].doc - r->first]++] = i;
  rewind_all(first, docs);
  return 0;
}

/* Lists the large groups of the documents of a range, behind those before. */
static void list_large(pm_candidates *x) {
  const pm_candidates_range *r = &x->at;
  uint32_t docs = r->end - r->first, count = r->large_first[docs];
  uint32_t used = r->first ? x->list[r->first - 1] : 0;
  if (r->first)
    used += x->brief[r->first - 1].large;
  for (uint32_t i = 0; i < docs; i++)
    x->list[r->first + i] = used + r->large_first[i];
  for (uint32_t i = 0; i < count; i++)
    x->listed[used + i] = r->row[r->large[i]].group & ~PM_GROUP_HEAD;
  x->listed_ranges++;
}

int pm_candidates_load(pm_candidates *x, uint32_t range) {
  pm_candidates_range *r = &x->at;
  pm_candidates_unload(r);
  r->first = x->range_first[range];
  r->end = x->range_first[range + 1];
  if (load_small(r, &x->dealt, 2 * range) != 0 ||
      load_large(r, &x->dealt, 2 * range + 1) != 0) {
    pm_candidates_unload(r);
    return -1;
  }
  if (range == x->listed_ranges)
    list_large(x);
  return 0;
}

void pm_candidates_unload(pm_candidates_range *r) {
  free(r->word);
  free(r->row);
  free(r->small);
  free(r->large);
  free(r->small_first);
  free(r->large_first);
  *r = (pm_candidates_range){0};
}
