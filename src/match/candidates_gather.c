/*
 * The first turn: hashes are dealt by their highest bits, a part is sorted, and
 * the groups of equal ones are written one after the other:
 *
 *   groups   2 17 40 | 3 5 17 90 | ...     how many, then which documents
 *
 * Most hashes stand in one document. They make no pair and are forgotten here.
 */
#include <stdlib.h>

#include "match/candidates_turns.h"
#include "sketch/each_cpu.h"
#include "text/word_hash.h"

typedef pm_candidates_build_state build;

/* A part is not worth a lane of its own with fewer hashes than LEAST. */
enum { MOST_BITS = 8, LEAST = 1 << 16 };

enum { ROW = sizeof(uint64_t) + sizeof(uint32_t) };

static uint32_t part_of(const build *b, uint64_t hash) {
  return b->bits ? (uint32_t)(hash >> (64 - b->bits)) : 0;
}

enum { READ = 4096 };

static inline uint64_t hash_at(const uint64_t *packed, size_t i) {
  return word_load((const uint8_t *)(packed + i));
}

/* Counts hashes of a document at each rate. */
EACH_CPU static void count_kept(const uint64_t *packed, size_t count,
                                uint32_t dense, uint32_t levels,
                                uint32_t *kept) {
  for (uint32_t l = 0; l < levels; l++) {
    uint64_t n = 0;
    for (size_t i = 0; i < count; i++)
      n += (uint64_t)pm_shingle_sampled(hash_at(packed, i), dense + l);
    kept[l] += (uint32_t)n;
  }
}

static int deal_hashes(build *b, uint32_t d, const uint64_t *packed,
                       size_t count) {
  char row[ROW];
  memcpy(row + sizeof *packed, &d, sizeof d);
  for (size_t i = 0; i < count; i++) {
    uint64_t hash = hash_at(packed, i);
    memcpy(row, &hash, sizeof hash);
    if (pm_lanes_put(&b->hashes, part_of(b, hash), row, ROW) != 0)
      return -1;
  }
  return 0;
}

/* Hashes of documents that were read. */
typedef struct at_hand {
  uint64_t hash[READ];
  uint32_t first, end;
} at_hand;

/* Takes hashes from `from` on, of those before `*end`, to hand; `*end` is set
 * to where they end. NULL when the disk fails. */
static const uint64_t *take(const pm_candidates *x, at_hand *h, uint32_t from,
                            uint32_t *end) {
  if (x->lent)
    return (const uint64_t *)(const void *)x->lent + from;
  if (from >= h->end) {
    h->first = from;
    h->end = x->hashes - from < READ ? x->hashes : from + READ;
    if (pm_lanes_read(&x->sets, 0, from * sizeof *h->hash, h->hash,
                      (h->end - from) * sizeof *h->hash) != 0)
      return NULL;
  }
  *end = *end < h->end ? *end : h->end;
  return h->hash + (from - h->first);
}

/* Deals the hashes of all documents, and counts those of each. */
static int deal(build *b) {
  const pm_candidates *x = b->x;
  uint32_t levels = pm_candidates_levels(x);
  at_hand h;
  h.first = h.end = 0;
  for (uint32_t d = 0; d < x->docs; d++) {
    uint32_t from = x->doc[d].set, last = from + x->doc[d].count;
    for (uint32_t end; from < last; from = end) {
      end = last;
      const uint64_t *packed = take(x, &h, from, &end);
      if (!packed || deal_hashes(b, d, packed, end - from) != 0)
        return -1;
      count_kept(packed, end - from, x->dense, levels,
                 pm_candidates_kept(x, d));
    }
  }
  return 0;
}

/* Whether the current hash repeats in the source so often that it is part of
 * the frame of its pages. */
static bool repeats(const build *b, uint32_t source) {
  const pm_candidates_options *o = &b->x->options;
  double most = o->repeat_rate * b->pages[source];
  return b->seen[source] > (most < o->repeats ? o->repeats : most);
}

/* Finds the sources that repeat a hash, for its documents. */
static int find_repeated(build *b, uint64_t hash, uint32_t group,
                         const uint32_t *member, uint32_t count) {
  const pm_candidate *doc = b->x->doc;
  size_t need = b->repeats + count / (b->x->options.repeats + 1);
  pm_repeated *more = pm_candidates_grow(b->repeated, &b->repeat_room, need,
                                         sizeof *b->repeated);
  if (!more)
    return -1;
  b->repeated = more;
  for (uint32_t i = 0; i < count; i++)
    b->seen[doc[member[i]].source]++;
  for (uint32_t i = 0; i < count; i++)
    b->frames[member[i]] += repeats(b, doc[member[i]].source);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t source = doc[member[i]].source;
    if (repeats(b, source))
      b->repeated[b->repeats++] = (pm_repeated){hash, source, group};
    b->seen[source] = 0;
  }
  return 0;
}

static uint64_t rotate(uint64_t x, unsigned by) {
  return x << (by & 63) | x >> (-by & 63);
}

/* So many marks for a hash that few which stand alone share theirs. */
enum { MARKS = 8 };

static size_t mark_words(size_t room) {
  size_t words = 1;
  while (32 * words < MARKS * room)
    words *= 2;
  return words;
}

/* Where a hash has its two marks: for one that came, and for one that came
 * again. The lowest bits of hashes are those of the sample, the highest are the
 * same in a part. */
static unsigned mark_of(const build *b, uint64_t hash, size_t *word) {
  *word = (hash >> 29) & (b->mark_words - 1);
  return hash >> 23 & 62;
}

static uint64_t hash_of(const char *row) {
  uint64_t hash;
  memcpy(&hash, row, sizeof hash);
  return hash;
}

static void mark(build *b, const char *row, size_t n) {
  memset(b->marks, 0, b->mark_words * sizeof *b->marks);
  for (size_t i = 0; i < n; i++) {
    size_t word;
    unsigned at = mark_of(b, hash_of(row + i * ROW), &word);
    uint64_t marks = b->marks[word];
    b->marks[word] = marks | (marks >> at & 1) << (at + 1) | (uint64_t)1 << at;
  }
}

/* Reads a part [*n], sorted, without most of what stands alone. The bits that
 * all of a part has in common go last, which changes nothing in the order and
 * tells more to what sorts by the first. */
static int read_part(build *b, uint32_t lane, size_t *n) {
  const char *row = (const char *)b->spare;
  size_t left = 0;
  if (pm_lanes_read(&b->hashes, lane, 0, b->spare, *n * ROW) != 0)
    return -1;
  mark(b, row, *n);
  for (size_t i = 0; i < *n; i++, row += ROW) {
    size_t word;
    uint64_t hash = hash_of(row);
    unsigned at = mark_of(b, hash, &word);
    b->part[left].hash = rotate(hash, b->bits);
    memcpy(&b->part[left].at, row + sizeof hash, sizeof b->part->at);
    left += b->marks[word] >> (at + 1) & 1;
  }
  *n = left;
  pm_shingle_sort(b->part, left, b->spare);
  return 0;
}

/* Writes the groups of a part; `group` counts them. */
static int group_part(build *b, uint32_t lane, size_t n, uint32_t *group) {
  const pm_shingle *s = b->part;
  uint32_t *word = b->word;
  size_t used = 0;
  for (size_t from = 0, end; from < n; from = end) {
    for (end = from + 1; end < n && s[end].hash == s[from].hash;)
      end++;
    uint32_t count = (uint32_t)(end - from);
    if (count == 1)
      continue;
    word[used++] = count;
    for (size_t i = from; i < end; i++)
      word[used++] = s[i].at;
    if (count > b->x->options.repeats &&
        find_repeated(b, rotate(s[from].hash, 64 - b->bits), *group,
                      word + used - count, count) != 0)
      return -1;
    ++*group;
  }
  return pm_lanes_put(&b->groups, lane, word, used * sizeof *word);
}

int pm_candidates_gather(build *b) {
  const pm_candidates *x = b->x;
  while (b->bits < MOST_BITS && x->hashes >> b->bits > LEAST)
    b->bits++;
  uint32_t parts = (uint32_t)1 << b->bits, group = 0;
  size_t memory = pm_candidates_memory(x);
  if (pm_lanes_open(&b->hashes, parts, memory, x->folder) != 0 ||
      pm_lanes_open(&b->groups, parts, memory, x->folder) != 0 || deal(b) != 0)
    return -1;
  for (uint32_t p = 0; p < parts; p++) {
    size_t n = (size_t)(pm_lanes_size(&b->hashes, p) / ROW);
    b->part_room = n > b->part_room ? n : b->part_room;
  }
  b->word_room = b->part_room + b->part_room / 2 + 1;
  b->part = malloc((b->part_room + 1) * sizeof *b->part);
  b->spare = malloc((b->part_room + 1) * sizeof *b->spare);
  b->word = malloc(b->word_room * sizeof *b->word);
  b->mark_words = mark_words(b->part_room);
  b->marks = malloc(b->mark_words * sizeof *b->marks);
  if (!b->part || !b->spare || !b->word || !b->marks)
    return -1;
  for (uint32_t p = 0; p < parts; p++) {
    size_t n = (size_t)(pm_lanes_size(&b->hashes, p) / ROW);
    if (read_part(b, p, &n) != 0 || group_part(b, p, n, &group) != 0)
      return -1;
  }
  pm_lanes_close(&b->hashes);
  free(b->marks);
  b->marks = NULL;
  return 0;
}
