/*
 * Places in many texts, each with a key: what is sorted to bring equal keys
 * together.
 */
#ifndef PM_PLACES_H
#define PM_PLACES_H

#include <stddef.h>
#include <stdint.h>

typedef struct pm_place {
  uint64_t key;
  uint32_t text, at;
} pm_place;

/* Sorts by key; places with one key keep their order. `spare` [count] is
 * scratch memory. O(count), whatever the keys. */
void pm_places_sort(pm_place *place, size_t count, pm_place *spare);

#endif
