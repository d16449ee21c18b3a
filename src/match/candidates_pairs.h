/* All pairs that an index of candidates gives, and others, in order. */
#ifndef PM_CANDIDATES_PAIRS_H
#define PM_CANDIDATES_PAIRS_H

#include "match/candidates.h"

/* Numbers of documents are below. */
#define PM_CANDIDATES_NUMBERS ((uint32_t)1 << 31)

typedef struct pm_candidates_pair {
  uint32_t a;
  uint32_t b : 31;       /* what the caller calls two documents, a < b */
  uint32_t is_given : 1; /* and was not found */
} pm_candidates_pair;

/* All zeros are no pairs; `pair` is to be freed. */
typedef struct pm_candidates_pairs {
  pm_candidates_pair *pair; /* [count] by b, then a */
  size_t count, room;
} pm_candidates_pairs;

/* Adds one. Returns 0, or -1 with errno set. */
int pm_candidates_pairs_add(pm_candidates_pairs *p, uint32_t a, uint32_t b,
                            bool is_given);

/* Adds those of an index that was built, gives back what it needs no more, and
 * puts all in order. Returns 0, or -1 with errno set. */
int pm_candidates_pairs_find(pm_candidates_pairs *p, pm_candidates *index);

/* The document of an index that the caller calls so. */
uint32_t pm_candidates_find(const pm_candidates *index, uint32_t number);

#endif
