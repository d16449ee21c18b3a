/*
 * The places of one anchor: what stands around them is compared byte for byte,
 * and covered where it repeats.
 */
#ifndef PM_REPEATS_GROUP_H
#define PM_REPEATS_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "match/places.h"
#include "match/repeats.h"

typedef struct pm_repeats_group {
  const pm_repeats_text *text;
  const pm_repeats_options *options;
  uint64_t *covered;
  uint32_t k;             /* bytes of an anchor */
  pm_place *work, *spare; /* [the largest count] scratch memory */
} pm_repeats_group;

/* Looks at the places of one anchor [count], in order. */
void pm_repeats_compare(const pm_repeats_group *g, pm_place *p, size_t count);

/* A run of one character or phrase has an anchor at each turn, with the same
 * around it. Then this covers what is around `p`, and returns true: `before`,
 * the place heard before it, stands for it. */
bool pm_repeats_goes_on(const pm_repeats_group *g, const pm_place *before,
                        const pm_place *p);

#endif
