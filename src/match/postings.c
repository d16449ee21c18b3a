#include "match/postings.h"

#include <stdlib.h>
#include <string.h>

#include "match/postings_live.h"

#define GONE PM_SEGMENT_GONE
#define NONE PM_LIVE_NONE

/* The live table. */

static bool grow_table(pm_live *l) {
  uint32_t entries = l->entries ? l->entries * 2 : 1024;
  pm_live_entry *old = l->entry, *more = calloc(entries, sizeof *more);
  if (!more)
    return false;
  uint32_t before = l->entries;
  l->entry = more;
  l->entries = entries;
  for (uint32_t i = 0; i < before; i++)
    if (old[i].count)
      more[pm_live_slot(l, old[i].hash)] = old[i];
  free(old);
  return true;
}

/* Makes room for `count` more postings. */
static bool make_room(pm_live *l, uint32_t count) {
  if (count > (uint32_t)1 << 30 || l->count > ((uint32_t)1 << 30) - count)
    return false;
  while (((uint64_t)l->taken + count) * 2 > l->entries)
    if (!grow_table(l))
      return false;
  uint32_t need = l->count + count;
  if (need > l->room) {
    uint32_t room = need + need / 2 + 1024;
    pm_live_posting *more = realloc(l->posting, room * sizeof *more);
    if (!more)
      return false;
    l->posting = more;
    l->room = room;
  }
  return true;
}

static void put_live(pm_live *l, uint64_t hash, uint32_t doc) {
  pm_live_entry *e = &l->entry[pm_live_slot(l, hash)];
  l->posting[l->count] = (pm_live_posting){doc, NONE};
  if (e->count == 0) {
    *e = (pm_live_entry){hash, l->count, l->count, 0};
    l->taken++;
  } else {
    l->posting[e->last].next = l->count;
  }
  e->last = l->count++;
  e->count++;
}

/* Documents and sources. */

static bool room_for(uint32_t **array, size_t room, size_t count) {
  uint32_t *more = realloc(*array, room * sizeof *more);
  if (!more)
    return false;
  memset(more + count, 0, (room - count) * sizeof *more);
  *array = more;
  return true;
}

static bool docs_for(pm_postings *p, uint32_t docs) {
  if (docs >= GONE)
    return false;
  if (docs <= p->doc_room)
    return true;
  uint32_t room = docs + docs / 2 + 64;
  if (!room_for(&p->source, room, p->docs) ||
      !room_for(&p->hashes, room, p->docs) ||
      !room_for(&p->shared, room, p->doc_room) ||
      !room_for(&p->met, room, p->doc_room))
    return false;
  p->doc_room = room;
  return true;
}

static bool sources_for(pm_postings *p, uint32_t sources) {
  if (sources > p->source_room) {
    uint32_t room = sources + sources / 2 + 64;
    if (!room_for(&p->pages, room, p->sources))
      return false;
    p->source_room = room;
  }
  if (sources > p->sources)
    p->sources = sources;
  return true;
}

static void put_doc(pm_postings *p, uint32_t source, uint32_t hashes) {
  p->source[p->docs] = source;
  p->hashes[p->docs++] = hashes;
  p->pages[source & ~GONE]++;
}

int pm_postings_add(pm_postings *p, uint32_t source, bool gone, pm_packed set) {
  if (!p->live)
    p->live = calloc(1, sizeof *p->live);
  if (!p->live || source >= GONE - 1 || !docs_for(p, p->docs + 1) ||
      !sources_for(p, source + 1) || !make_room(p->live, set.count))
    return -1;
  for (uint32_t i = 0; i < set.count; i++)
    put_live(p->live, pm_shingle_packed_at(set.data, i), p->docs);
  put_doc(p, gone ? source | GONE : source, set.count);
  return 0;
}

void pm_postings_drop(pm_postings *p, uint32_t doc) {
  if (doc >= p->live_first && doc < p->docs)
    p->source[doc] |= GONE;
}

bool pm_postings_is_gone(const pm_postings *p, uint32_t doc) {
  return p->source[doc] & GONE;
}

uint32_t pm_postings_source(const pm_postings *p, uint32_t doc) {
  return p->source[doc] & ~GONE;
}

void pm_postings_free(pm_postings *p) {
  if (p->live) {
    free(p->live->entry);
    free(p->live->posting);
  }
  free(p->live);
  free(p->source);
  free(p->hashes);
  free(p->pages);
  free(p->segment);
  free(p->shared);
  free(p->met);
  *p = (pm_postings){0};
}

/* Segments. */

const char *pm_postings_attach(pm_postings *p, const pm_segment *s,
                               uint32_t limit) {
  if (s->first >= limit)
    return NULL;
  if (s->first != p->docs || s->docs >= GONE - s->first || p->live ||
      !pm_segment_is_sound(s))
    return "damaged: a segment";
  if (p->segments == p->segment_room) {
    uint32_t room = p->segment_room * 2 + 8;
    pm_segment *more = realloc(p->segment, room * sizeof *more);
    if (!more)
      return "not enough memory";
    p->segment = more;
    p->segment_room = room;
  }
  uint32_t docs = limit - s->first < s->docs ? limit - s->first : s->docs;
  if (!docs_for(p, s->first + docs))
    return "not enough memory";
  for (uint32_t i = 0; i < docs; i++) {
    uint32_t source = pm_segment_source(s, i);
    if (!sources_for(p, (source & ~GONE) + 1))
      return "not enough memory";
    put_doc(p, source, pm_segment_hashes(s, i));
  }
  p->segment[p->segments++] = *s;
  p->live_first = p->docs;
  return NULL;
}

size_t pm_postings_frozen(const pm_postings *p) {
  return pm_segment_size(p->docs - p->live_first, p->live ? p->live->count : 0);
}

int pm_postings_freeze(const pm_postings *p, char *out) {
  const pm_live *l = p->live;
  uint32_t count = l ? l->count : 0, n = 0;
  pm_shingle *s = malloc((2 * (size_t)count + 1) * sizeof *s);
  if (!s)
    return -1;
  for (uint32_t i = 0; count && i < l->entries; i++)
    for (uint32_t at = l->entry[i].count ? l->entry[i].first : NONE; at != NONE;
         at = l->posting[at].next)
      s[n++] = (pm_shingle){l->entry[i].hash, l->posting[at].doc};
  if (n)
    pm_shingle_sort(s, n, s + n);
  out = pm_segment_put_head(out, p->live_first, p->docs - p->live_first, count);
  for (uint32_t d = p->live_first; d < p->docs; d++)
    out = pm_segment_put_doc(out, p->source[d], p->hashes[d]);
  for (uint32_t i = 0; i < n; i++)
    out = pm_segment_put_hash(out, s[i].hash);
  for (uint32_t i = 0; i < n; i++)
    out = pm_segment_put_at(out, s[i].at);
  free(s);
  return 0;
}
