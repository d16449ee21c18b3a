#include "match/candidates.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define IGNORED UINT32_MAX

/* A hash in more documents than MANY pairs each of them with the HEADS first
 * by rank only. The postings of such a hash are sorted by rank. */
enum { MANY = 16, HEADS = 4 };

static size_t round_up(size_t bytes) {
  return (bytes + 15) & ~(size_t)15;
}

static void *cut(char *base, size_t *size, size_t bytes) {
  void *at = base ? base + *size : NULL;
  *size += round_up(bytes);
  return at;
}

/* What building needs and asking does not. */
typedef struct build {
  pm_shingle *spare; /* [postings] */
  uint32_t *pages;   /* [sources] documents of each */
  uint32_t *seen;    /* [sources] of them with the current hash */
  uint32_t *frame;   /* [docs] hashes that repeat in the source */
  uint64_t *cursor;  /* [docs] */
  uint32_t *by_rank; /* [docs] */
} build;

static size_t lay_out(pm_index *x, build *b, uint32_t docs, uint64_t postings,
                      uint32_t sources, char *base) {
  size_t size = 0, all = (size_t)postings;
  x->posting = cut(base, &size, all * sizeof *x->posting);
  x->group = cut(base, &size, all * sizeof *x->group);
  x->end = cut(base, &size, all * sizeof *x->end);
  x->first = cut(base, &size, ((size_t)docs + 1) * sizeof *x->first);
  x->shared = cut(base, &size, docs * sizeof *x->shared);
  x->met = cut(base, &size, docs * sizeof *x->met);
  b->spare = cut(base, &size, all * sizeof *b->spare);
  b->pages = cut(base, &size, sources * sizeof *b->pages);
  b->seen = cut(base, &size, sources * sizeof *b->seen);
  b->frame = cut(base, &size, docs * sizeof *b->frame);
  b->cursor = cut(base, &size, docs * sizeof *b->cursor);
  b->by_rank = cut(base, &size, docs * sizeof *b->by_rank);
  return size;
}

size_t pm_candidates_scratch(uint32_t docs, uint64_t postings,
                             uint32_t sources) {
  pm_index x;
  build b;
  return lay_out(&x, &b, docs, postings, sources, NULL);
}

static void gather(pm_index *x, build *b) {
  uint64_t n = 0;
  for (uint32_t d = 0; d < x->docs; d++) {
    b->pages[x->doc[d].source]++;
    x->first[d] = b->cursor[d] = n;
    for (uint32_t i = 0; i < x->doc[d].count; i++)
      x->posting[n++] =
          (pm_shingle){pm_shingle_packed_at(x->doc[d].packed, i), d};
  }
  x->first[x->docs] = x->postings = n;
  pm_shingle_sort(x->posting, (size_t)n, b->spare);
}

static uint64_t group_end(const pm_index *x, uint64_t from) {
  uint64_t end = from + 1;
  while (end < x->postings && x->posting[end].hash == x->posting[from].hash)
    end++;
  return end;
}

/* Whether the current hash repeats in the source so often that it is part of
 * the frame of its pages. */
static bool repeats(const pm_index *x, const build *b, uint32_t source) {
  double most = x->options->repeat_rate * b->pages[source];
  if (most < x->options->repeats)
    most = x->options->repeats;
  return b->seen[source] > most;
}

/* Counts the documents of each source with the hash, or forgets them. */
static void count_sources(const pm_index *x, build *b, uint64_t from,
                          uint64_t end, bool forget) {
  for (uint64_t i = from; i < end; i++) {
    uint32_t source = x->doc[x->posting[i].at].source;
    b->seen[source] = forget ? 0 : b->seen[source] + 1;
  }
}

static void count_frames(pm_index *x, build *b) {
  for (uint64_t from = 0, end; from < x->postings; from = end) {
    end = group_end(x, from);
    if (end - from <= x->options->repeats)
      continue;
    count_sources(x, b, from, end, false);
    for (uint64_t i = from; i < end; i++) {
      uint32_t d = x->posting[i].at;
      b->frame[d] += repeats(x, b, x->doc[d].source);
    }
    count_sources(x, b, from, end, true);
  }
}

static bool is_copy(const pm_index *x, const build *b, uint32_t d) {
  return b->frame[d] > x->options->frame_most * x->doc[d].count;
}

/* Sorts the documents of one hash by rank. */
static void sort_by_rank(const pm_index *x, build *b, pm_shingle *s,
                         size_t count) {
  for (size_t i = 0; i < count; i++)
    s[i].at = x->doc[s[i].at].rank;
  pm_shingle_sort(s, count, b->spare);
  for (size_t i = 0; i < count; i++)
    s[i].at = b->by_rank[s[i].at];
}

/* Tells each document where the group of each of its hashes begins; groups
 * come in the order of the hashes, as they stand in the document. Documents
 * that ignore the hash leave the group. */
static void make_groups(pm_index *x, build *b) {
  for (uint64_t from = 0, end; from < x->postings; from = end) {
    uint64_t kept = from;
    end = group_end(x, from);
    count_sources(x, b, from, end, false);
    for (uint64_t i = from; i < end; i++) {
      uint32_t d = x->posting[i].at, source = x->doc[d].source;
      bool out = repeats(x, b, source) && !is_copy(x, b, d);
      x->group[b->cursor[d]++] = out ? IGNORED : (uint32_t)from;
      if (!out)
        b->spare[kept++].at = d;
    }
    count_sources(x, b, from, end, true);
    for (uint64_t i = from; i < kept; i++)
      x->posting[i].at = b->spare[i].at;
    x->end[from] = (uint32_t)kept;
    if (kept - from > MANY)
      sort_by_rank(x, b, x->posting + from, (size_t)(kept - from));
  }
}

void pm_candidates_build(pm_index *x, const pm_candidate *doc, uint32_t docs,
                         uint32_t sources, const pm_candidates_options *options,
                         void *scratch) {
  build b;
  uint64_t postings = 0;
  for (uint32_t d = 0; d < docs; d++)
    postings += doc[d].count;
  *x = (pm_index){.doc = doc, .docs = docs, .options = options};
  lay_out(x, &b, docs, postings, sources, scratch);
  memset(b.pages, 0, sources * sizeof *b.pages);
  memset(b.seen, 0, sources * sizeof *b.seen);
  memset(b.frame, 0, docs * sizeof *b.frame);
  memset(x->shared, 0, docs * sizeof *x->shared);
  for (uint32_t d = 0; d < docs; d++)
    b.by_rank[doc[d].rank] = d;
  gather(x, &b);
  count_frames(x, &b);
  make_groups(x, &b);
}

static uint32_t meet(pm_index *x, uint32_t other, uint32_t number,
                     uint32_t met) {
  if (other >= number)
    return met;
  if (x->shared[other]++ == 0)
    x->met[met++] = other;
  return met;
}

/* The place of a document in a large group, which is sorted by rank. */
static uint32_t place_of(const pm_index *x, uint32_t number, uint32_t from,
                         uint32_t end) {
  uint32_t rank = x->doc[number].rank;
  while (end - from > 1) {
    uint32_t middle = from + (end - from) / 2;
    if (x->doc[x->posting[middle].at].rank <= rank)
      from = middle;
    else
      end = middle;
  }
  return from;
}

/* Meets the earlier documents of a group, or, if it is large, those of them
 * that the document is paired with. */
static uint32_t meet_group(pm_index *x, uint32_t number, uint32_t from,
                           uint32_t met) {
  uint32_t end = x->end[from], all = end;
  if (end - from > MANY) {
    uint32_t place = place_of(x, number, from, end);
    if (place >= from + HEADS) {
      all = from + HEADS;
      if (place > all)
        met = meet(x, x->posting[place - 1].at, number, met);
      if (place + 1 < end)
        met = meet(x, x->posting[place + 1].at, number, met);
    }
  }
  for (uint32_t i = from; i < all; i++)
    met = meet(x, x->posting[i].at, number, met);
  return met;
}

/* Goes to the next hash of a document, from `i` on, that is neither ignored
 * nor outside the sample; returns `end` after the last. */
static uint64_t next_hash(const pm_index *x, uint64_t i, uint64_t end,
                          uint32_t rate) {
  while (i < end && (x->group[i] == IGNORED ||
                     !pm_shingle_sampled(x->posting[x->group[i]].hash, rate)))
    i++;
  return i;
}

static uint32_t common_rate(const pm_index *x, uint32_t a, uint32_t b) {
  uint32_t ra = x->doc[a].rate, rb = x->doc[b].rate;
  return ra > rb ? ra : rb;
}

static bool is_worth_it(const pm_index *x, uint32_t a, uint32_t b) {
  uint32_t least = x->options->least;
  if (x->shared[a] < least && x->doc[a].count > least &&
      x->doc[b].count > least)
    return false; /* nearly all pairs end here */
  uint32_t rate = common_rate(x, a, b), na = 0, nb = 0, shared = 0;
  uint64_t end_a = x->first[a + 1], end_b = x->first[b + 1];
  uint64_t i = next_hash(x, x->first[a], end_a, rate);
  uint64_t j = next_hash(x, x->first[b], end_b, rate);
  while (i < end_a || j < end_b) {
    bool in_a = i < end_a && (j == end_b || x->group[i] <= x->group[j]);
    bool in_b = j < end_b && (i == end_a || x->group[j] <= x->group[i]);
    shared += in_a && in_b;
    na += in_a;
    nb += in_b;
    if (in_a)
      i = next_hash(x, i + 1, end_a, rate);
    if (in_b)
      j = next_hash(x, j + 1, end_b, rate);
  }
  uint32_t smaller = na < nb ? na : nb;
  return shared > 0 && shared >= (least < smaller ? least : smaller) &&
         shared >= x->options->share * smaller;
}

static int ascending(const void *x, const void *y) {
  uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
  return a < b ? -1 : a > b;
}

uint32_t pm_candidates_of(pm_index *x, uint32_t number, uint32_t *out) {
  uint32_t met = 0, count = 0;
  for (uint64_t p = x->first[number]; p < x->first[number + 1]; p++)
    if (x->group[p] != IGNORED)
      met = meet_group(x, number, x->group[p], met);
  for (uint32_t i = 0; i < met; i++) {
    uint32_t other = x->met[i];
    if (is_worth_it(x, other, number))
      out[count++] = other;
    x->shared[other] = 0;
  }
  if (count)
    qsort(out, count, sizeof *out, ascending);
  return count;
}

size_t pm_candidates_ignored(const pm_index *x, uint32_t d, uint64_t *out) {
  size_t count = 0;
  for (uint32_t i = 0; i < x->doc[d].count; i++)
    if (x->group[x->first[d] + i] == IGNORED)
      out[count++] = pm_shingle_packed_at(x->doc[d].packed, i);
  return count;
}
