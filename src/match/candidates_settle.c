/*
 * The second turn: when all groups are there it is known which document is a
 * copy, so what is ignored can leave them. What is left is dealt to the ranges
 * of its documents.
 *
 * A small group goes to each range that one of its documents is in, up to the
 * last of these:
 *
 *   3 + (2 << 16), 5 17 90     three documents, two of them before this range
 *
 * Of a large one each document goes its own way (pm_candidate_row).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/candidates_turns.h"

typedef pm_candidates_build_state build;

/* Drops documents that ignore the hash out of its group. */
static uint32_t drop_ignored(build *b, uint64_t hash, uint32_t *member,
                             uint32_t count) {
  pm_candidates *x = b->x;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t d = member[i];
    if (!b->seen[x->doc[d].source] || x->doc[d].is_copy) {
      member[kept++] = d;
      continue;
    }
    uint32_t *of_level = pm_candidates_kept(x, d);
    for (uint32_t l = 0; l < pm_candidates_levels(x); l++)
      of_level[l] -= (uint32_t)pm_shingle_sampled(hash, x->dense + l);
  }
  return kept;
}

/* Sorts the documents of a group by rank; a part has room for them. */
static void sort_by_rank(build *b, uint32_t *member, uint32_t count) {
  uint32_t ranks = 1;
  for (uint32_t i = 0; i < count; i++)
    ranks |= b->x->doc[member[i]].rank;
  int top = __builtin_clzll(ranks);
  for (uint32_t i = 0; i < count; i++)
    b->part[i] =
        (pm_shingle){(uint64_t)b->x->doc[member[i]].rank << top, member[i]};
  pm_shingle_sort(b->part, count, b->spare);
  for (uint32_t i = 0; i < count; i++)
    member[i] = b->part[i].at;
}

static int deal_small(pm_candidates *x, const uint32_t *member,
                      uint32_t count) {
  uint32_t row[1 + PM_GROUP_MANY];
  memcpy(row + 1, member, count * sizeof *member);
  for (uint32_t from = 0, end; from < count; from = end) {
    uint32_t range = x->brief[member[from]].range;
    for (end = from + 1; end < count && x->brief[member[end]].range == range;)
      end++;
    row[0] = end | from << 16;
    if (end > 1 && /* the first of all meets nobody */
        pm_lanes_put(&x->dealt, 2 * range, row, (1 + end) * sizeof *row) != 0)
      return -1;
  }
  return 0;
}

static void set_bit(pm_candidate_brief *of, uint32_t number) {
  enum { BITS = 8 * sizeof of->bits };
  uint64_t *bits = &of->bits[number % BITS / 64];
  uint64_t bit = (uint64_t)1 << number % 64;
  of->large++;
  of->crowded += (*bits & bit) != 0;
  *bits |= bit;
}

enum { CLASSES = 256 };

/* Puts every document in a class of size. What is at least so like another one
 * as is looked for is in the class of that, or in the next: the smaller one has
 * at least such a share of the larger. So what holds all of a document and more
 * than is near to it does not stand before it in its own class. */
static void find_classes(build *b) {
  pm_candidates *x = b->x;
  double share = 2 * x->options.share; /* half of it is asked of a sample */
  share = share < 1.0 / 8 ? 1.0 / 8 : share > 0.9 ? 0.9 : share;
  for (uint32_t d = 0; d < x->docs; d++) {
    const pm_candidate *doc = &x->doc[d];
    uint32_t own = doc->is_copy ? doc->count : doc->count - b->frames[d];
    double class = (log1p(own) + doc->rate * log(2)) / -log(share);
    x->brief[d].class = (uint8_t)(class < CLASSES ? class : CLASSES - 1);
  }
}

/* Puts documents that are sorted by rank in order of their classes, the largest
 * first, and in each the one with the best rank last. Sets `first` [CLASSES +
 * 1] to where each class begins, and the next smaller one after it. */
static void sort_by_class(build *b, uint32_t *member, uint32_t count,
                          uint32_t *first) {
  uint32_t *ranked = (uint32_t *)b->spare, next[CLASSES];
  memcpy(ranked, member, count * sizeof *member);
  memset(first, 0, (CLASSES + 1) * sizeof *first);
  for (uint32_t i = 0; i < count; i++)
    first[CLASSES - b->x->brief[member[i]].class]++;
  for (unsigned c = 0; c < CLASSES; c++)
    first[c + 1] += first[c];
  memcpy(next, first, sizeof next);
  for (uint32_t i = count; i-- > 0;)
    member[next[CLASSES - 1 - b->x->brief[ranked[i]].class]++] = ranked[i];
}

/* Deals a document at place `i` of a large group that is sorted by class. */
static int deal_row(build *b, uint32_t i, const uint32_t *member,
                    const uint32_t *first, pm_candidate_row row) {
  pm_candidates *x = b->x;
  unsigned c = CLASSES - 1 - b->x->brief[member[i]].class;
  bool has_larger = c > 0 && first[c - 1] < first[c];
  uint32_t end = first[c + 1], last = end;
  if (c + 2 <= CLASSES)
    last = first[c + 2];
  const uint32_t *head = x->head + (size_t)row.group * PM_GROUP_HEADS;
  bool is_head = false;
  for (unsigned h = 0; h < PM_GROUP_HEADS; h++)
    is_head |= head[h] == member[i];
  if (is_head) {
    row.group |= PM_GROUP_HEAD; /* `first` and `count` are the whole group */
  } else if (i + 1 == end) {
    uint32_t from = first[c] - has_larger;
    row.group |= PM_GROUP_HEAD;
    row.first += from;
    row.count = last - from;
  } else {
    uint32_t larger = has_larger ? member[first[c] - 1] : PM_GROUP_NONE;
    row.other[0] = i > first[c] ? member[i - 1] : PM_GROUP_NONE;
    row.other[1] = member[i + 1];
    row.other[2] = member[end - 1];
    row.other[3] = larger;
  }
  pm_candidate_brief *of = &x->brief[member[i]];
  set_bit(of, row.group & ~PM_GROUP_HEAD);
  return pm_lanes_put(&x->dealt, 2 * (uint32_t)of->range + 1, &row, sizeof row);
}

/* Deals a large group, of which the documents are sorted by rank. */
static int deal_large(build *b, uint32_t *member, uint32_t count) {
  pm_candidates *x = b->x;
  uint32_t first[CLASSES + 1], number = x->large;
  uint32_t *head =
      pm_candidates_grow(x->head, &x->head_room,
                         ((size_t)number + 1) * PM_GROUP_HEADS, sizeof *head);
  if (!head)
    return -1;
  x->head = head;
  x->large++;
  memcpy(head + (size_t)number * PM_GROUP_HEADS, member,
         PM_GROUP_HEADS * sizeof *member);
  sort_by_class(b, member, count, first);
  uint32_t place = (uint32_t)(pm_lanes_size(&x->members, 0) / sizeof *member);
  if (pm_lanes_put(&x->members, 0, member, count * sizeof *member) != 0)
    return -1;
  for (uint32_t i = 0; i < count; i++) {
    pm_candidate_row row = {
        .doc = member[i], .group = number, .first = place, .count = count};
    if (deal_row(b, i, member, first, row) != 0)
      return -1;
  }
  return 0;
}

/* Fetches what is known of the documents a few groups on, which lie all over
 * the memory; how many are in a group is taken for one of them. */
static void fetch_ahead(const build *b, size_t at, size_t count, size_t words) {
  enum { AHEAD = 32 };
  size_t end = at + AHEAD + count < words ? at + AHEAD + count : words;
  for (size_t i = at + AHEAD; i < end; i++)
    __builtin_prefetch(&b->x->brief[b->word[i]]);
}

/* Settles the groups of a part; `group` counts them, `next` is the first of
 * those repeated that are not dealt with. */
static int settle_part(build *b, uint32_t lane, uint32_t *group, size_t *next) {
  size_t words = (size_t)(pm_lanes_size(&b->groups, lane) / sizeof *b->word);
  if (pm_lanes_read(&b->groups, lane, 0, b->word, words * sizeof *b->word))
    return -1;
  for (size_t at = 0; at < words; ++*group) {
    uint32_t count = b->word[at], *member = b->word + at + 1;
    fetch_ahead(b, at, 1 + (size_t)count, words);
    at += 1 + (size_t)count;
    size_t from = *next;
    for (; *next < b->repeats && b->repeated[*next].group == *group; ++*next)
      b->seen[b->repeated[*next].source] = 1;
    if (*next > from)
      count = drop_ignored(b, b->repeated[from].hash, member, count);
    for (; from < *next; from++)
      b->seen[b->repeated[from].source] = 0;
    if (count > PM_GROUP_MANY) {
      sort_by_rank(b, member, count);
      if (deal_large(b, member, count) != 0)
        return -1;
    } else if (count > 1 && deal_small(b->x, member, count) != 0) {
      return -1;
    }
  }
  return 0;
}

/* Cuts the documents into ranges with about as many hashes each. */
static void cut_ranges(pm_candidates *x) {
  enum { LEAST = 1 << 16 };
  uint32_t most = x->hashes / PM_CANDIDATES_RANGES, size = 0;
  most = most > LEAST ? most : LEAST;
  x->ranges = 1;
  for (uint32_t d = 0; d < x->docs; d++) {
    if (size > most && x->ranges < PM_CANDIDATES_RANGES) {
      x->range_first[x->ranges++] = d;
      size = 0;
    }
    size += x->doc[d].count;
    x->brief[d].range = (uint16_t)(x->ranges - 1);
  }
  x->range_first[x->ranges] = x->docs;
}

/* Lists what each source repeats, in ascending order. */
static int list_frames(build *b) {
  pm_candidates *x = b->x;
  x->frame_first = calloc((size_t)x->sources + 1, sizeof *x->frame_first);
  x->frame = malloc((b->repeats + 1) * sizeof *x->frame);
  if (!x->frame_first || !x->frame)
    return -1;
  for (size_t i = 0; i < b->repeats; i++)
    x->frame_first[b->repeated[i].source + 1]++;
  for (uint32_t s = 0; s < x->sources; s++) {
    x->frame_first[s + 1] += x->frame_first[s];
    b->seen[s] = x->frame_first[s];
  }
  for (size_t i = 0; i < b->repeats; i++)
    x->frame[b->seen[b->repeated[i].source]++] = b->repeated[i].hash;
  return 0;
}

int pm_candidates_settle(build *b) {
  pm_candidates *x = b->x;
  uint32_t group = 0;
  size_t next = 0;
  for (uint32_t d = 0; d < x->docs; d++)
    x->doc[d].is_copy = b->frames[d] > x->options.frame_most * x->doc[d].count;
  find_classes(b);
  cut_ranges(x);
  size_t memory = pm_candidates_memory(x);
  if (pm_lanes_open(&x->members, 1, memory, x->folder) != 0 ||
      pm_lanes_open(&x->dealt, 2 * x->ranges, memory, x->folder) != 0)
    return -1;
  for (uint32_t p = 0; p < b->groups.count; p++)
    if (settle_part(b, p, &group, &next) != 0)
      return -1;
  for (uint32_t d = 0; d < x->docs; d++) {
    x->brief[d].rate = x->doc[d].rate;
    x->brief[d].kept = pm_candidates_kept(x, d)[x->doc[d].rate - x->dense];
  }
  return list_frames(b);
}
