/* What the turns of match/candidates.h agree on. */
#ifndef PM_CANDIDATES_TURNS_H
#define PM_CANDIDATES_TURNS_H

#include <stdbool.h>

#include "match/candidates.h"

/* A hash in more documents than MANY pairs each of them with the HEADS first
 * by rank, and few others: see pm_candidate_row. */
enum { PM_GROUP_MANY = 16, PM_GROUP_HEADS = 4 };

#define PM_GROUP_HEAD ((uint32_t)1 << 31)
#define PM_GROUP_NONE UINT32_MAX

/* A hash that a source repeats. */
typedef struct pm_repeated {
  uint64_t hash;
  uint32_t source;
  uint32_t group; /* which one of all groups it makes */
} pm_repeated;

/* What building needs and asking does not. */
typedef struct pm_candidates_build {
  pm_candidates *x;
  unsigned bits;   /* hashes are dealt by so many of their highest bits */
  pm_lanes hashes; /* by these bits: hash 8, document 4, in order */
  pm_lanes groups; /* by these bits: how many documents, which; 4 bytes each */
  pm_shingle *part, *spare; /* [part_room] */
  uint32_t *word;           /* [word_room] groups of a part */
  uint64_t *marks;          /* [mark_words] two bits for some hashes */
  size_t mark_words;        /* a power of two */
  size_t part_room, word_room;
  uint32_t *frames; /* [docs] hashes that repeat in the source */
  uint32_t *pages;  /* [sources] documents of each */
  uint32_t *seen;   /* [sources] of them with the current hash */
  pm_repeated *repeated;
  size_t repeats, repeat_room;
} pm_candidates_build_state;

static inline uint32_t pm_candidates_levels(const pm_candidates *x) {
  return x->sparse - x->dense + 1;
}

/* Bytes of lanes that may stay in memory: some where the sets do as well. */
size_t pm_candidates_memory(const pm_candidates *x);

/* The hashes of a document that are not ignored, at the rates from `dense` on.
 */
static inline uint32_t *pm_candidates_kept(const pm_candidates *x, uint32_t d) {
  return x->kept + (size_t)d * pm_candidates_levels(x);
}

/* An array [*room] of elements of `size` bytes that can hold `need` of them:
 * the one at hand, or a larger one in its place; NULL when there is no memory.
 */
void *pm_candidates_grow(void *array, size_t *room, size_t need, size_t size);

/* The turns. The first gathers the groups, the second deals them to the ranges
 * in which documents are asked for. */
int pm_candidates_gather(pm_candidates_build_state *b);
int pm_candidates_settle(pm_candidates_build_state *b);

/* Takes the groups of a range to hand, and lists the large groups of its
 * documents if that was not done yet; ranges are listed in order. */
int pm_candidates_load(pm_candidates *x, uint32_t range);
void pm_candidates_unload(pm_candidates_range *r);

#endif
