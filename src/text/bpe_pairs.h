/*
 * Which two tokens merge, in what order, and into what: the rules of a
 * byte-pair encoder.
 *
 * A rule has a rank; the rule with the lowest rank is applied first. In
 * vocabularies of tiktoken two tokens merge when what they make is a token,
 * and its id is the rank (bpe_derive.h). Those of Hugging Face list their
 * rules.
 */
#ifndef PM_BPE_PAIRS_H
#define PM_BPE_PAIRS_H

#include "text/bpe_vocab.h"

#define PM_PAIRS_RANKS ((uint32_t)1 << 22)
#define PM_PAIRS_NONE UINT32_MAX

/*
 * A slot has left id, right id and rank + 1 in 21, 21 and 22 bits, from the
 * top; 0 is a free one. So one load answers, and the table of cl100k takes
 * 4 MiB.
 */
typedef struct pm_pairs {
  uint64_t *slots; /* open addressing, at most half full */
  size_t room;     /* slots, a power of two, or 0 */
  size_t count;
  unsigned shift;          /* 64 - log2(room) */
  pm_buffer made;          /* uint32_t: by rank, the id of what is made */
  uint32_t byte[256][256]; /* ranks of pairs of single bytes */
} pm_pairs;

/* Makes *p empty. */
void pm_pairs_init(pm_pairs *p, pm_alloc *alloc, void *ud);

void pm_pairs_close(pm_pairs *p);

/*
 * Adds a rule; a later one for the same pair takes its place. Returns 0, -1
 * when memory is short, or PM_VOCAB_RANGE when the rank or an id is too large.
 */
int pm_pairs_add(pm_pairs *p, uint32_t left, uint32_t right, uint32_t rank,
                 uint32_t made);

/* When all rules are there, and the vocabulary has all bytes: makes *p ready
 * to be asked. Returns 0, or -1 when memory is short. */
int pm_pairs_finish(pm_pairs *p, const pm_vocab *v);

static inline uint64_t pm_pairs_key(uint32_t left, uint32_t right) {
  return (uint64_t)left << 21 | right;
}

static inline size_t pm_pairs_home(const pm_pairs *p, uint64_t key) {
  return (size_t)(key * 0x9E3779B97F4A7C15u >> p->shift);
}

/* The rank at which two tokens merge, or PM_PAIRS_NONE. */
static inline uint32_t pm_pairs_rank(const pm_pairs *p, uint32_t left,
                                     uint32_t right) {
  uint64_t key = pm_pairs_key(left, right);
  for (size_t at = pm_pairs_home(p, key);; at = (at + 1) & (p->room - 1)) {
    uint64_t slot = p->slots[at];
    if (slot == 0)
      return PM_PAIRS_NONE;
    if (slot >> 22 == key)
      return (uint32_t)(slot & (PM_PAIRS_RANKS - 1)) - 1;
  }
}

/* To be called a little before the rank is asked for. */
static inline void pm_pairs_prefetch(const pm_pairs *p, uint32_t left,
                                     uint32_t right) {
  __builtin_prefetch(&p->slots[pm_pairs_home(p, pm_pairs_key(left, right))]);
}

static inline uint32_t pm_pairs_made(const pm_pairs *p, uint32_t rank) {
  if (rank >= p->made.len / sizeof rank)
    return rank;
  return ((const uint32_t *)(const void *)p->made.at)[rank];
}

#endif
