/* Numbers picked out of others, in their order, with no branch for each. */
#ifndef PM_PICK_H
#define PM_PICK_H

#include <stddef.h>
#include <stdint.h>

/* What is picked: what has none of the bits of `without`, but not `except`. */
typedef struct pm_picking {
  uint64_t without, except;
} pm_picking;

/* Picks out of `in` [count] to `out` [count], which may be the same; returns
 * how many. All of `out` may be written to. */
size_t pm_pick(const uint64_t *in, size_t count, pm_picking p, uint64_t *out);

/* The same in plain C. */
size_t pm_pick_portable(const uint64_t *in, size_t count, pm_picking p,
                        uint64_t *out);

#endif
