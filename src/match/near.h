/*
 * Which of many documents may be near-duplicates: those whose sketches are
 * equal in one band of slots at least.
 *
 * With b bands of r slots a pair of Jaccard similarity J is found with the
 * chance 1 - (1 - J^r)^b. Equal bands are found in one hash table, one band
 * after the other, and their keys are made for eight bands at a time: memory is
 * 80 to 96 bytes a document besides the sketches.
 *
 * Source: Indyk and Motwani 1998, as in Leskovec, Rajaraman, Ullman, "Mining of
 * Massive Datasets", chapter 3.
 */
#ifndef PM_NEAR_H
#define PM_NEAR_H

#include <stddef.h>
#include <stdint.h>

typedef struct pm_near {
  const char *const *slots; /* [docs] bytes of each; NULL: like none */
  uint32_t docs;
  size_t width; /* bytes of a band: its rows times the bytes of a slot */
  size_t bands; /* slots have bands * width bytes or more */
} pm_near;

/* How many numbers of scratch memory there have to be; docs < UINT32_MAX. */
size_t pm_near_scratch(uint32_t docs);

/*
 * Writes the number of the first document of its group to `group` [docs]:
 * groups are what hangs together by equal bands.
 *
 *   scratch  [pm_near_scratch(docs)]
 *
 * Expected time O(docs * bands), whatever the documents.
 */
void pm_near_groups(const pm_near *near, uint64_t *scratch, uint32_t *group);

#endif
