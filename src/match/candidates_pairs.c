#include "match/candidates_pairs.h"

#include <stdlib.h>

#include "match/candidates_turns.h"

int pm_candidates_pairs_add(pm_candidates_pairs *p, uint32_t a, uint32_t b,
                            bool is_given) {
  pm_candidates_pair *more =
      pm_candidates_grow(p->pair, &p->room, p->count + 1, sizeof *more);
  if (!more)
    return -1;
  p->pair = more;
  p->pair[p->count++] = (pm_candidates_pair){a, b & INT32_MAX, is_given};
  return 0;
}

static int in_order(const void *x, const void *y) {
  const pm_candidates_pair *p = x, *q = y;
  if (p->b != q->b)
    return p->b < q->b ? -1 : 1;
  return p->a < q->a ? -1 : p->a > q->a;
}

int pm_candidates_pairs_find(pm_candidates_pairs *p, pm_candidates *index) {
  const uint32_t *found;
  size_t given = p->count;
  for (uint32_t b = 0; b < index->docs; b++) {
    int64_t count = pm_candidates_of(index, b, &found);
    if (count < 0)
      return -1;
    for (int64_t i = 0; i < count; i++)
      if (pm_candidates_pairs_add(p, index->doc[found[i]].number,
                                  index->doc[b].number, false) != 0)
        return -1;
  }
  pm_candidates_forget(index);
  if (given)
    qsort(p->pair, p->count, sizeof *p->pair, in_order);
  return 0;
}

uint32_t pm_candidates_find(const pm_candidates *index, uint32_t number) {
  uint32_t low = 0, high = index->docs;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (index->doc[middle].number <= number)
      low = middle;
    else
      high = middle;
  }
  return low;
}
