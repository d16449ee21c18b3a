/* What building and asking the index of candidates agree on. */
#ifndef PM_CANDIDATES_GROUP_H
#define PM_CANDIDATES_GROUP_H

#include "match/candidates.h"

/* A hash in more documents than MANY pairs each of them with the HEADS first
 * by rank only. The documents of such a group are sorted by rank. */
enum { PM_GROUP_MANY = 16, PM_GROUP_HEADS = 4 };

/* The hashes of a document that are not ignored and in the sample of one in
 * 2^rate. */
static inline uint32_t pm_candidates_kept(const pm_index *x, uint32_t d,
                                          uint32_t rate) {
  return x->kept[(size_t)d * x->levels + rate + x->levels - 1 - x->sparse];
}

#endif
