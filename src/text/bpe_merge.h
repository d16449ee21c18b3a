/*
 * Merging the bytes of one piece into tokens.
 *
 * As long as two neighbours merge, the two whose rule has the lowest rank do,
 * the leftmost ones if there are several. Short pieces look for them from the
 * start each time; long ones keep a heap, so that n bytes take O(n log n).
 *
 * Source: Sennrich, Haddow and Birch 2016, "Neural Machine Translation of Rare
 * Words with Subword Units"; over bytes as in GPT-2 (Radford et al. 2019).
 */
#ifndef PM_BPE_MERGE_H
#define PM_BPE_MERGE_H

#include "text/bpe_pairs.h"

/* The longest piece for pm_merge_short, in bytes: where a heap gets faster. */
#define PM_MERGE_SHORT 96

/*
 * Merges `s` [len], 1 <= len <= PM_MERGE_SHORT, to the ids `out` [len], of
 * which it returns how many there are. Cannot fail.
 */
size_t pm_merge_short(const pm_pairs *p, const pm_vocab *v,
                      const unsigned char *s, size_t len, uint32_t *out);

/*
 * The same for 1 <= len < 4 GiB, in 32 * len bytes of `scratch`, whose content
 * is lost. `out` may be NULL. Returns 0 when memory is short.
 */
size_t pm_merge_long(const pm_pairs *p, const pm_vocab *v,
                     const unsigned char *s, size_t len, uint32_t *out,
                     pm_buffer *scratch);

#endif
