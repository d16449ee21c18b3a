/*
 * Building the index. Hashes are taken in order, as many at a time as fit into
 * a sixteenth of what all of them would need, sorted, and the groups of equal
 * ones written one after the other:
 *
 *   member   2 17 40 | 3 5 17 90 | ...     how many, then which documents
 *
 * When all are there it is known which document is a copy, so what is ignored
 * can leave its groups; the room it leaves is a gap that says how long it is.
 */
#include <stdbool.h>
#include <string.h>

#include "match/candidates.h"
#include "match/candidates_group.h"

#define GAP ((uint32_t)1 << 31)

/* The hashes are counted by their highest bits; a part has some of the counts.
 * Parts smaller than LEAST are not worth a pass over the documents. */
enum { TOP_BITS = 8, TOPS = 1 << TOP_BITS, PARTS = 16, LEAST = 1 << 16 };

/* What building needs and asking does not. */
typedef struct build {
  pm_index *x;
  pm_shingle *part, *spare; /* [room + 1], [room] */
  uint64_t *marks;          /* [mark_words] two bits for some hashes */
  uint32_t *cursor;         /* [docs]; then how many large groups */
  uint32_t *frames;         /* [docs] hashes that repeat in the source */
  uint32_t *pages;          /* [sources] documents of each */
  uint32_t *seen;           /* [sources] of them with the current hash */
  pm_repeated *repeated;
  size_t repeats;
  size_t mark_words;      /* a power of two */
  uint32_t sources, used; /* of `member` */
  int top;                /* where ranks begin in a number that is sorted */
} build;

typedef struct sizes {
  uint64_t postings;
  size_t room; /* of the largest part */
  uint32_t levels, sparse;
  uint64_t top[TOPS];
} sizes;

/* The last of the counts that go into one part with count `from`. */
static uint32_t part_end(const sizes *s, uint32_t from, uint64_t *size) {
  uint64_t most = s->postings / PARTS > LEAST ? s->postings / PARTS : LEAST;
  uint32_t to = from;
  *size = s->top[from];
  while (to + 1 < TOPS && *size + s->top[to + 1] <= most)
    *size += s->top[++to];
  return to;
}

static sizes measure(const pm_candidate *doc, uint32_t docs) {
  sizes s = {.levels = 1};
  uint32_t dense = 63;
  for (uint32_t d = 0; d < docs; d++) {
    s.postings += doc[d].count;
    for (uint32_t i = 0; i < doc[d].count; i++)
      s.top[pm_shingle_packed_at(doc[d].packed, i) >> (64 - TOP_BITS)]++;
    dense = doc[d].rate < dense ? doc[d].rate : dense;
    s.sparse = doc[d].rate > s.sparse ? doc[d].rate : s.sparse;
  }
  if (docs)
    s.levels = s.sparse - dense + 1;
  for (uint32_t from = 0, to; from < TOPS; from = to + 1) {
    uint64_t size;
    to = part_end(&s, from, &size);
    s.room = size > s.room ? (size_t)size : s.room;
  }
  return s;
}

static void *cut(char *base, size_t *size, size_t bytes) {
  void *at = base ? base + *size : NULL;
  *size += (bytes + 15) & ~(size_t)15;
  return at;
}

/* So many marks for a hash that few which stand alone share theirs. */
enum { MARKS = 8 };

static size_t mark_words(size_t room) {
  size_t words = 1;
  while (32 * words < MARKS * room)
    words *= 2;
  return words;
}

static size_t lay_out(build *b, const sizes *s, uint32_t docs,
                      const pm_candidates_options *options, char *base) {
  pm_index *x = b->x;
  size_t size = 0, all = (size_t)s->postings;
  size_t most = all / ((size_t)options->repeats + 1) + 1;
  size_t large = all / PM_GROUP_MANY;
  if (base) /* briefs begin where lines of the cache do */
    base += -(uintptr_t)base % sizeof *x->brief;
  x->brief = cut(base, &size, docs * sizeof *x->brief);
  x->first = cut(base, &size, ((size_t)docs + 1) * sizeof *x->first);
  x->kept = cut(base, &size, (size_t)docs * s->levels * sizeof *x->kept);
  x->shared = cut(base, &size, docs * sizeof *x->shared);
  x->met = cut(base, &size, docs * sizeof *x->met);
  x->is_copy = cut(base, &size, docs * sizeof *x->is_copy);
  x->frame = cut(base, &size, most * sizeof *x->frame);
  x->frame_first =
      cut(base, &size, ((size_t)b->sources + 1) * sizeof *x->frame_first);
  x->member = cut(base, &size, (all + all / 2) * sizeof *x->member);
  x->group = cut(base, &size, all * sizeof *x->group);
  x->spot = cut(base, &size, all * sizeof *x->spot);
  x->place = cut(base, &size, (large + 1) * sizeof *x->place);
  x->marked = cut(base, &size, (large / 64 + 1) * sizeof *x->marked);
  b->cursor = cut(base, &size, docs * sizeof *b->cursor);
  b->frames = cut(base, &size, docs * sizeof *b->frames);
  b->pages = cut(base, &size, b->sources * sizeof *b->pages);
  b->seen = cut(base, &size, b->sources * sizeof *b->seen);
  b->repeated = cut(base, &size, most * sizeof *b->repeated);
  b->mark_words = mark_words(s->room);
  b->marks = cut(base, &size, b->mark_words * sizeof *b->marks);
  b->part = cut(base, &size, (s->room + 1) * sizeof *b->part);
  b->spare = cut(base, &size, s->room * sizeof *b->spare);
  return size;
}

size_t pm_candidates_scratch(const pm_candidate *doc, uint32_t docs,
                             uint32_t sources,
                             const pm_candidates_options *options) {
  pm_index x;
  build b = {.x = &x, .sources = sources};
  sizes s = measure(doc, docs);
  return lay_out(&b, &s, docs, options, NULL) + sizeof *x.brief;
}

/* Counts the hashes of each document at each rate. */
static void count_kept(pm_index *x) {
  uint32_t dense = x->sparse + 1 - x->levels;
  for (uint32_t d = 0; d < x->docs; d++) {
    uint32_t *kept = x->kept + (size_t)d * x->levels;
    kept[0] = x->doc[d].count;
    for (uint32_t l = 1; l < x->levels; l++) {
      kept[l] = 0;
      for (uint32_t i = 0; i < x->doc[d].count; i++)
        kept[l] += (uint32_t)pm_shingle_sampled(
            pm_shingle_packed_at(x->doc[d].packed, i), dense + l);
    }
  }
}

/* Whether the current hash repeats in the source so often that it is part of
 * the frame of its pages. */
static bool repeats(const build *b, uint32_t source) {
  const pm_candidates_options *o = b->x->options;
  double most = o->repeat_rate * b->pages[source];
  return b->seen[source] > (most < o->repeats ? o->repeats : most);
}

/* Finds the sources that repeat a hash, for its documents. */
static void find_repeated(build *b, uint64_t hash, uint32_t group) {
  const pm_index *x = b->x;
  const uint32_t *member = x->member + group + 1;
  uint32_t count = x->member[group];
  for (uint32_t i = 0; i < count; i++)
    b->seen[x->doc[member[i]].source]++;
  for (uint32_t i = 0; i < count; i++)
    b->frames[member[i]] += repeats(b, x->doc[member[i]].source);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t source = x->doc[member[i]].source;
    if (repeats(b, source))
      b->repeated[b->repeats++] = (pm_repeated){hash, source, group};
    b->seen[source] = 0;
  }
}

static void add_group(build *b, const pm_shingle *s, size_t count) {
  uint32_t group = b->used;
  b->x->member[b->used++] = (uint32_t)count;
  for (size_t i = 0; i < count; i++)
    b->x->member[b->used++] = s[i].at;
  if (count > b->x->options->repeats)
    find_repeated(b, s->hash, group);
}

/* Has the next hashes of a document on their way. */
static void fetch(const build *b, uint32_t d) {
  const char *hashes = b->x->doc[d].packed + PM_SHINGLE_PACKED_HEAD;
  __builtin_prefetch(hashes + 8 * (size_t)b->cursor[d]);
  __builtin_prefetch(hashes + 8 * (size_t)b->cursor[d] + 64);
}

/* Where a hash has its two marks: for one that came, and for one that came
 * again. The lowest bits of hashes are those of the sample, the highest are the
 * same in a part. */
static inline unsigned mark_of(const build *b, uint64_t hash, size_t *word) {
  *word = (hash >> 29) & (b->mark_words - 1);
  return hash >> 23 & 62;
}

/* Marks the hashes of a document up to the last of the part. */
static void mark(build *b, uint32_t d, uint64_t last) {
  const pm_candidate *doc = &b->x->doc[d];
  for (uint32_t i = b->cursor[d]; i < doc->count; i++) {
    uint64_t hash = pm_shingle_packed_at(doc->packed, i);
    if (hash > last)
      break;
    size_t word;
    unsigned at = mark_of(b, hash, &word);
    uint64_t marks = b->marks[word];
    b->marks[word] = marks | (marks >> at & 1) << (at + 1) | (uint64_t)1 << at;
  }
}

/* Adds those of them to the part that came again; returns how many are in it
 * then. */
static size_t collect(build *b, uint32_t d, uint64_t last, size_t n) {
  const pm_candidate *doc = &b->x->doc[d];
  uint32_t i = b->cursor[d];
  for (; i < doc->count; i++) {
    uint64_t hash = pm_shingle_packed_at(doc->packed, i);
    if (hash > last)
      break;
    size_t word;
    unsigned at = mark_of(b, hash, &word);
    b->part[n] = (pm_shingle){hash, d};
    n += b->marks[word] >> (at + 1) & 1;
  }
  b->cursor[d] = i;
  return n;
}

/* A hash that stands alone is most often marked once and not sorted. */
static void add_part(build *b, uint64_t last) {
  enum { AHEAD = 16 };
  uint32_t docs = b->x->docs;
  size_t n = 0;
  memset(b->marks, 0, b->mark_words * sizeof *b->marks);
  for (uint32_t d = 0; d < docs; d++) {
    if (d + AHEAD < docs)
      fetch(b, d + AHEAD);
    mark(b, d, last);
  }
  for (uint32_t d = 0; d < docs; d++) {
    if (d + AHEAD < docs)
      fetch(b, d + AHEAD);
    n = collect(b, d, last, n);
  }
  pm_shingle_sort(b->part, n, b->spare);
  for (size_t from = 0, end; from < n; from = end) {
    for (end = from + 1; end < n && b->part[end].hash == b->part[from].hash;)
      end++;
    if (end - from > 1)
      add_group(b, b->part + from, end - from);
  }
}

/* Drops documents that ignore the hash out of its group. */
static uint32_t drop_ignored(build *b, uint32_t group, uint64_t hash) {
  pm_index *x = b->x;
  uint32_t *member = x->member + group + 1;
  uint32_t dense = x->sparse + 1 - x->levels, kept = 0;
  for (uint32_t i = 0; i < x->member[group]; i++) {
    uint32_t d = member[i];
    if (!b->seen[x->doc[d].source] || x->is_copy[d]) {
      member[kept++] = d;
      continue;
    }
    uint32_t *of_level = x->kept + (size_t)d * x->levels;
    for (uint32_t l = 0; l < x->levels; l++)
      of_level[l] -= (uint32_t)pm_shingle_sampled(hash, dense + l);
  }
  return kept;
}

/* Sorts the documents of a group by rank; a part has room for them. */
static void sort_by_rank(build *b, uint32_t *member, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    b->part[i] =
        (pm_shingle){(uint64_t)b->x->doc[member[i]].rank << b->top, member[i]};
  pm_shingle_sort(b->part, count, b->spare);
  for (uint32_t i = 0; i < count; i++)
    member[i] = b->part[i].at;
}

/* The group behind the one at `group`, which has `count` documents. */
static uint32_t next_group(const build *b, uint32_t group, uint32_t count) {
  uint32_t next = group + 1 + count;
  if (next < b->used && b->x->member[next] & GAP)
    next += b->x->member[next] & ~GAP;
  return next;
}

/* Brings all groups to the form in which they are asked. */
static void finish_groups(build *b) {
  pm_index *x = b->x;
  const pm_repeated *r = b->repeated, *end = r + b->repeats;
  for (uint32_t group = 0, next; group < b->used; group = next) {
    uint32_t count = x->member[group], kept = count;
    next = group + 1 + count;
    if (r < end && r->group == group) {
      const pm_repeated *from = r;
      for (; r < end && r->group == group; r++)
        b->seen[r->source] = 1;
      kept = drop_ignored(b, group, from->hash);
      for (; from < r; from++)
        b->seen[from->source] = 0;
    }
    if (kept < 2)
      kept = 0;
    x->member[group] = kept;
    if (kept < count)
      x->member[group + 1 + kept] = GAP | (count - kept);
    if (kept > PM_GROUP_MANY)
      sort_by_rank(b, x->member + group + 1, kept);
    for (uint32_t i = 1; i <= kept; i++) {
      x->first[x->member[group + i] + 1]++;
      b->cursor[x->member[group + i]] += kept > PM_GROUP_MANY;
    }
  }
}

static void set_bit(pm_candidate_brief *of, uint32_t number) {
  enum { BITS = 8 * sizeof of->bits };
  uint64_t *bits = &of->bits[number % BITS / 64];
  uint64_t bit = (uint64_t)1 << number % 64;
  of->crowded -= !(*bits & bit);
  *bits |= bit;
}

/* Tells each document where its groups are. */
static void tell_documents(build *b) {
  pm_index *x = b->x;
  uint32_t number = 0;                /* of the large group */
  uint32_t *large_cursor = b->frames; /* no longer needed for its own ends */
  for (uint32_t d = 0; d < x->docs; d++) {
    x->first[d + 1] += x->first[d];
    x->brief[d].large = x->brief[d].crowded = b->cursor[d];
    b->cursor[d] = 0;
    large_cursor[d] = 0;
  }
  for (uint32_t group = 0; group < b->used;) {
    uint32_t count = x->member[group];
    bool is_large = count > PM_GROUP_MANY;
    for (uint32_t i = 1; i <= count; i++) {
      uint32_t d = x->member[group + i];
      if (is_large) {
        uint64_t at = x->first[d + 1] - ++large_cursor[d];
        x->group[at] = number;
        x->spot[at] = i - 1;
        set_bit(&x->brief[d], number);
      } else {
        x->group[x->first[d] + b->cursor[d]++] = group;
      }
    }
    if (is_large)
      x->place[number++] = group;
    group = next_group(b, group, count);
  }
  memset(x->marked, 0, (number / 64 + 1) * sizeof *x->marked);
}

/* Lists what each source repeats, in ascending order. */
static void list_frames(build *b) {
  pm_index *x = b->x;
  memset(x->frame_first, 0, ((size_t)b->sources + 1) * sizeof(uint32_t));
  for (size_t i = 0; i < b->repeats; i++)
    x->frame_first[b->repeated[i].source + 1]++;
  for (uint32_t s = 0; s < b->sources; s++) {
    x->frame_first[s + 1] += x->frame_first[s];
    b->seen[s] = x->frame_first[s];
  }
  for (size_t i = 0; i < b->repeats; i++)
    x->frame[b->seen[b->repeated[i].source]++] = b->repeated[i].hash;
}

void pm_candidates_build(pm_index *x, const pm_candidate *doc, uint32_t docs,
                         uint32_t sources, const pm_candidates_options *options,
                         void *scratch) {
  sizes s = measure(doc, docs);
  build b = {.x = x, .sources = sources};
  *x = (pm_index){.doc = doc,
                  .docs = docs,
                  .options = options,
                  .levels = s.levels,
                  .sparse = s.sparse};
  lay_out(&b, &s, docs, options, scratch);
  memset(b.pages, 0, sources * sizeof *b.pages);
  memset(b.seen, 0, sources * sizeof *b.seen);
  memset(b.frames, 0, docs * sizeof *b.frames);
  memset(b.cursor, 0, docs * sizeof *b.cursor);
  memset(x->first, 0, ((size_t)docs + 1) * sizeof *x->first);
  memset(x->brief, 0, docs * sizeof *x->brief);
  memset(x->shared, 0, docs * sizeof *x->shared);
  uint32_t ranks = 1;
  for (uint32_t d = 0; d < docs; d++) {
    b.pages[doc[d].source]++;
    ranks |= doc[d].rank;
  }
  b.top = __builtin_clzll(ranks);
  count_kept(x);
  for (uint32_t from = 0, to; from < TOPS; from = to + 1) {
    uint64_t size;
    to = part_end(&s, from, &size);
    add_part(&b, (((uint64_t)to + 1) << (64 - TOP_BITS)) - 1);
  }
  for (uint32_t d = 0; d < docs; d++)
    x->is_copy[d] = b.frames[d] > options->frame_most * doc[d].count;
  memset(b.cursor, 0, docs * sizeof *b.cursor);
  finish_groups(&b);
  for (uint32_t d = 0; d < docs; d++) {
    x->brief[d].rate = doc[d].rate;
    x->brief[d].kept = pm_candidates_kept(x, d, doc[d].rate);
  }
  tell_documents(&b);
  list_frames(&b);
}
