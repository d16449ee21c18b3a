#include "match/postings.h"

#include <stdlib.h>
#include <string.h>

#define GONE ((uint32_t)1 << 31)
#define MAGIC 0x31475350u /* "PSG1" */
#define NONE UINT32_MAX

/* A hash in more documents than MANY leads to the HEADS first of them only, so
 * that finding stays linear in the documents. */
enum { MANY = 4096, HEADS = 64, HEADER = 16 };

/* A hash and the chain of its documents, in the order they came. */
typedef struct entry {
  uint64_t hash;
  uint32_t first, last, count; /* 0: the entry is free */
} entry;

typedef struct posting {
  uint32_t doc, next;
} posting;

struct pm_live {
  entry *entry; /* [entries], a power of two; at most half are taken */
  uint32_t entries, taken;
  posting *posting;
  uint32_t count, room;
};

/* Bytes of a segment, which may lie anywhere. */

static uint32_t get4(const char *at) {
  const unsigned char *b = (const unsigned char *)at;
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
         (uint32_t)b[3] << 24;
}

static uint64_t get8(const char *at) {
  return get4(at) | (uint64_t)get4(at + 4) << 32;
}

static char *put4(char *at, uint32_t n) {
  for (int i = 0; i < 4; i++)
    *at++ = (char)(n >> 8 * i);
  return at;
}

static char *put8(char *at, uint64_t n) {
  return put4(put4(at, (uint32_t)n), (uint32_t)(n >> 32));
}

static size_t segment_size(size_t docs, size_t count) {
  return HEADER + docs * 8 + count * 12;
}

/* The live table. */

/* Hashes are spread evenly but for the low bits, which a sample has in common.
 */
static uint32_t slot_of(const pm_live *l, uint64_t hash) {
  uint32_t mask = l->entries - 1;
  uint32_t i = (uint32_t)(hash * 0x9E3779B97F4A7C15u >> 32) & mask;
  while (l->entry[i].count && l->entry[i].hash != hash)
    i = (i + 1) & mask;
  return i;
}

static const entry *live_of(const pm_postings *p, uint64_t hash) {
  static const entry none = {.count = 0};
  if (!p->live || p->live->entries == 0)
    return &none;
  return &p->live->entry[slot_of(p->live, hash)];
}

static bool grow_table(pm_live *l) {
  uint32_t entries = l->entries ? l->entries * 2 : 1024;
  entry *old = l->entry, *more = calloc(entries, sizeof *more);
  if (!more)
    return false;
  uint32_t before = l->entries;
  l->entry = more;
  l->entries = entries;
  for (uint32_t i = 0; i < before; i++)
    if (old[i].count)
      more[slot_of(l, old[i].hash)] = old[i];
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
    posting *more = realloc(l->posting, room * sizeof *more);
    if (!more)
      return false;
    l->posting = more;
    l->room = room;
  }
  return true;
}

static void put_live(pm_live *l, uint64_t hash, uint32_t doc) {
  entry *e = &l->entry[slot_of(l, hash)];
  l->posting[l->count] = (posting){doc, NONE};
  if (e->count == 0) {
    *e = (entry){hash, l->count, l->count, 0};
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

const char *pm_segment_read(pm_segment *s, const char *data, size_t len) {
  if (len < HEADER || get4(data) != MAGIC)
    return "not a segment of an index";
  s->first = get4(data + 4);
  s->docs = get4(data + 8);
  s->count = get4(data + 12);
  if (s->docs >= GONE || len != segment_size(s->docs, s->count))
    return "damaged: a segment";
  s->doc = data + HEADER;
  s->hash = s->doc + 8 * (size_t)s->docs;
  s->at = s->hash + 8 * (size_t)s->count;
  return NULL;
}

/* Whether the numbers in a segment are those of its documents. */
static bool is_sound(const pm_segment *s) {
  uint64_t all = 0;
  for (uint32_t i = 0; i < s->docs; i++) {
    all += get4(s->doc + 8 * (size_t)i + 4);
    if ((get4(s->doc + 8 * (size_t)i) & ~GONE) >= GONE - 1)
      return false;
  }
  for (uint32_t i = 0; i < s->count; i++)
    if (get4(s->at + 4 * (size_t)i) - s->first >= s->docs)
      return false;
  return all == s->count;
}

const char *pm_postings_attach(pm_postings *p, const pm_segment *s,
                               uint32_t limit) {
  if (s->first >= limit)
    return NULL;
  if (s->first != p->docs || s->docs >= GONE - s->first || p->live ||
      !is_sound(s))
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
    uint32_t source = get4(s->doc + 8 * (size_t)i);
    if (!sources_for(p, (source & ~GONE) + 1))
      return "not enough memory";
    put_doc(p, source, get4(s->doc + 8 * (size_t)i + 4));
  }
  p->segment[p->segments++] = *s;
  p->live_first = p->docs;
  return NULL;
}

static char *put_head(char *out, uint32_t first, uint32_t docs,
                      uint32_t count) {
  return put4(put4(put4(put4(out, MAGIC), first), docs), count);
}

size_t pm_postings_frozen(const pm_postings *p) {
  return segment_size(p->docs - p->live_first, p->live ? p->live->count : 0);
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
  out = put_head(out, p->live_first, p->docs - p->live_first, count);
  for (uint32_t d = p->live_first; d < p->docs; d++)
    out = put4(put4(out, p->source[d]), p->hashes[d]);
  for (uint32_t i = 0; i < n; i++)
    out = put8(out, s[i].hash);
  for (uint32_t i = 0; i < n; i++)
    out = put4(out, s[i].at);
  free(s);
  return 0;
}

size_t pm_segments_joined(const pm_segment *s, uint32_t count) {
  size_t docs = 0, hashes = 0;
  for (uint32_t i = 0; i < count; i++) {
    docs += s[i].docs;
    hashes += s[i].count;
  }
  return segment_size(docs, hashes);
}

/* Segments are few, and each is more than half as long as all that come after
 * it: to look at the next hash of each is cheap. */
void pm_segments_join(const pm_segment *s, uint32_t count, char *out) {
  enum { MOST = 64 };
  uint32_t next[MOST] = {0}, docs = 0, hashes = 0;
  for (uint32_t i = 0; i < count; i++) {
    docs += s[i].docs;
    hashes += s[i].count;
  }
  out = put_head(out, count ? s[0].first : 0, docs, hashes);
  for (uint32_t i = 0; i < count; i++) {
    memcpy(out, s[i].doc, 8 * (size_t)s[i].docs);
    out += 8 * (size_t)s[i].docs;
  }
  char *at = out + 8 * (size_t)hashes;
  for (uint32_t n = 0; n < hashes; n++) {
    uint32_t best = NONE;
    uint64_t least = 0;
    for (uint32_t i = 0; i < count && i < MOST; i++) {
      if (next[i] == s[i].count)
        continue;
      uint64_t hash = get8(s[i].hash + 8 * (size_t)next[i]);
      if (best == NONE || hash < least) {
        best = i;
        least = hash;
      }
    }
    if (best == NONE)
      return;
    memcpy(at, s[best].at + 4 * (size_t)next[best]++, 4);
    out = put8(out, least);
    at += 4;
  }
}

/* Searching. */

/* The documents of one hash: a stretch of each segment, then the live ones. */
typedef struct list {
  const pm_postings *p;
  uint64_t hash;
  uint32_t segment; /* the next one to look into */
  const char *at;   /* in the stretch at hand */
  uint32_t left;
  uint32_t live; /* the next live posting */
} list;

static list list_of(const pm_postings *p, uint64_t hash) {
  const entry *e = live_of(p, hash);
  return (list){.p = p, .hash = hash, .live = e->count ? e->first : NONE};
}

/* The number of hashes of a segment that are less. */
static uint32_t rank_of(const pm_segment *s, uint64_t hash) {
  uint32_t low = 0, count = s->count;
  while (count > 0) {
    uint32_t half = count / 2;
    if (get8(s->hash + 8 * (size_t)(low + half)) < hash) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return low;
}

/* The stretch of a hash: where it begins, and how long it is, by steps that
 * double, for most are short. */
static uint32_t stretch(const pm_segment *s, uint64_t hash, uint32_t *from) {
  *from = rank_of(s, hash);
  uint32_t known = *from, step = 1;
  while (known < s->count && get8(s->hash + 8 * (size_t)known) == hash) {
    uint32_t ahead = s->count - known <= step ? s->count - known : step;
    bool all = get8(s->hash + 8 * (size_t)(known + ahead - 1)) == hash;
    known += all ? ahead : 0;
    step = all ? step * 2 : ahead / 2;
  }
  return known - *from;
}

/* Segments may have documents that were left out; they come last. */
static bool next_doc(list *l, uint32_t *doc) {
  const pm_postings *p = l->p;
  while (l->left == 0 && l->segment < p->segments) {
    const pm_segment *s = &p->segment[l->segment++];
    uint32_t from;
    l->left = stretch(s, l->hash, &from);
    l->at = s->at + 4 * (size_t)from;
  }
  if (l->left) {
    *doc = get4(l->at);
    l->at += 4;
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
    count += stretch(&p->segment[i], hash, &from);
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
  if (count <= options->frame_most * set.count)
    return count;
  memset(ignored, 0, set.count);
  return 0;
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
