/*
 * Anchors: of each window of a text the place of its least k-gram by hash.
 *
 *   text     ....[.......k-gram......]....   a window of w k-grams
 *   hashes       7 4 9 2 5 2 8               the first of the least: its anchor
 *
 * Equal windows have equal anchors at the same place, whatever surrounds them.
 * Source: Schleimer, Wilkerson, Aiken 2003; the least of a sliding window by
 * van Herk 1992 and Gil, Werman 1993: two passes over blocks, no branch.
 */
#ifndef PM_ANCHORS_H
#define PM_ANCHORS_H

#include <stddef.h>
#include <stdint.h>

/* How texts are hashed, and a block of k-grams. */
typedef struct pm_anchors {
  uint32_t k;           /* bytes in a k-gram, 1 to 63 */
  uint32_t w;           /* k-grams in a window, >= 1 */
  uint64_t table[256];  /* what each byte weighs when it comes in, */
  uint64_t leaves[256]; /* and when it goes out */
  uint64_t *hash;       /* [w] of a block */
  uint64_t *tail;       /* [w] least of each k-gram and what follows in its
                           block, */
  uint32_t *tail_at;    /* [w] and where */
} pm_anchors;

/* Bytes of scratch memory for windows of w. */
size_t pm_anchors_scratch(uint32_t w);

/* Makes ready to hash; `scratch` is used by pm_anchors_each. */
void pm_anchors_init(pm_anchors *a, uint32_t k, uint32_t w, uint64_t seed,
                     void *scratch);

/* Hears of an anchor: its place and its hash. */
typedef void pm_anchors_hear(void *ud, uint32_t at, uint64_t hash);

/* Tells the anchors of all windows of `text` in ascending order, each once. A
 * text shorter than a window has none. */
void pm_anchors_each(pm_anchors *a, const char *text, size_t len,
                     pm_anchors_hear *hear, void *ud);

#endif
