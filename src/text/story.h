/*
 * What is said of a block before it is judged: its shape, its wording, where
 * it stands and what stands around it. Each feature is a number, and each
 * number has a weight: a judgement is a sum that can be read.
 */
#ifndef PM_STORY_H
#define PM_STORY_H

#include "text/block.h"

/* Classes of the lexicon that mean something here, as masks. */
typedef struct pm_story_classes {
  uint64_t heading; /* a short block of these begins a section: comments, ... */
  uint64_t meta;    /* a short block of these belongs to an entry of a list */
} pm_story_classes;

/* What is known of a block beside its own measures. */
typedef struct pm_story_place {
  uint32_t prose, words; /* of all blocks up to this one */
  uint32_t cues, metas;  /* blocks up to this one */
  uint32_t up, down;     /* blocks to the next prose, each way */
  uint32_t again;        /* blocks of the page with the same words */
  uint32_t under_at;     /* the heading above */
  uint8_t under;         /* its class, 0: none */
  uint8_t kind;
} pm_story_place;

typedef struct pm_story {
  const pm_block *blocks; /* [count] */
  pm_story_place *places; /* [count + 1], the first is before all blocks */
  size_t count;
  size_t main_first, main_last; /* where the main text is, first > last: none */
  double share;                 /* words of prose among all words */
} pm_story;

/*
 * Looks at the whole page: kinds, sums, distances, the main text.
 *
 *   places  [count + 1]  written
 *   table   [room]       scratch; room is a power of 2, at least 2 * count
 *
 * O(count). Source of the main text: Pasternack and Roth 2009, "Extracting
 * article text from the web with maximum subsequence segmentation".
 */
void pm_story_read(pm_story *story, const pm_block *blocks, size_t count,
                   const pm_story_classes *classes, pm_story_place *places,
                   uint32_t *table, size_t room);

/* A group of features: `size` numbers from `first` on. */
typedef struct pm_story_group {
  const char *name;
  size_t first, size;
} pm_story_group;

/* The groups, and how many there are. */
const pm_story_group *pm_story_groups(size_t *count);

/* How many features there are in all. */
size_t pm_story_features(void);

/* No block has more features than this. */
#define PM_STORY_MOST 256

/*
 * Writes the features that block `i` (from 0) has.
 *
 *   held  [count]  plain evidence against each block, or NULL
 *   out   [PM_STORY_MOST]
 *
 * Returns how many were written.
 */
size_t pm_story_describe(const pm_story *story, size_t i, const int8_t *held,
                         uint16_t *out);

#endif
