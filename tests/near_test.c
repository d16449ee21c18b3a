/* Groups are those that comparing all documents band by band gives. */
#include "match/near.h"

#include <stdlib.h>
#include <string.h>

#include "sketch/random.h"
#include "test.h"

static uint64_t state = 3;

static uint32_t root(const uint32_t *group, uint32_t d) {
  while (group[d] != d)
    d = group[d];
  return d;
}

/* Few different slots, so that bands meet often. */
static void groups_are_exhaustive(uint32_t docs, size_t width, size_t bands,
                                  uint64_t values) {
  size_t stride = width * bands + 3;
  char *slots = malloc(docs * stride);
  const char **of = malloc(docs * sizeof *of);
  uint64_t *scratch = malloc(pm_near_scratch(docs) * sizeof *scratch);
  uint32_t *group = malloc(docs * sizeof *group);
  uint32_t *expected = malloc(docs * sizeof *expected);
  for (size_t i = 0; i < docs * stride; i++)
    slots[i] = (char)(pm_random_next(&state) % values);
  for (uint32_t d = 0; d < docs; d++) {
    of[d] = pm_random_next(&state) % 10 ? slots + d * stride : NULL;
    expected[d] = d;
  }
  for (uint32_t b = 0; b < docs; b++)
    for (uint32_t a = 0; a < b; a++)
      for (size_t i = 0; i < bands && of[a] && of[b]; i++)
        if (memcmp(of[a] + i * width, of[b] + i * width, width) == 0) {
          uint32_t x = root(expected, a), y = root(expected, b);
          expected[x > y ? x : y] = x < y ? x : y;
        }
  pm_near near = {of, docs, width, bands};
  pm_near_groups(&near, scratch, group);
  int wrong = 0;
  for (uint32_t d = 0; d < docs; d++)
    wrong += group[d] != root(expected, d);
  check(wrong == 0);
  free(slots);
  free(of);
  free(scratch);
  free(group);
  free(expected);
}

/* A million equal documents are one group, in linear time. */
static void all_alike(void) {
  enum { DOCS = 1000000, WIDTH = 4, BANDS = 2 };
  const char slots[WIDTH * BANDS] = {0};
  const char **of = malloc(DOCS * sizeof *of);
  for (size_t d = 0; d < DOCS; d++)
    of[d] = slots;
  uint64_t *scratch = malloc(pm_near_scratch(DOCS) * sizeof *scratch);
  uint32_t *group = malloc(DOCS * sizeof *group);
  pm_near near = {of, DOCS, WIDTH, BANDS};
  pm_near_groups(&near, scratch, group);
  check(group[0] == 0 && group[1] == 0 && group[DOCS - 1] == 0);
  free(of);
  free(scratch);
  free(group);
}

int main(void) {
  groups_are_exhaustive(1, 4, 3, 2);
  groups_are_exhaustive(300, 1, 4, 200);
  groups_are_exhaustive(300, 4, 8, 5);
  groups_are_exhaustive(600, 7, 5, 3);
  groups_are_exhaustive(600, 16, 3, 2);
  all_alike();
  return done("near");
}
