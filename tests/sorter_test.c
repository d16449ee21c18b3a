#include "engine/sorter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

enum { WORDS = 2 };

static int compare(const void *x, const void *y) {
  const uint64_t *a = x, *b = y;
  if (a[0] != b[0])
    return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : a[1] > b[1];
}

/* Whether rows made by rote come out as qsort gives them. */
static bool sorts(size_t count, size_t memory, uint64_t kinds) {
  uint64_t *rows = malloc((count + 1) * WORDS * sizeof *rows), state = count;
  pm_sorter s;
  pm_sorter_open(&s, WORDS, memory, "/tmp");
  bool fine = true;
  for (size_t i = 0; i < count; i++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    rows[i * WORDS] = (state >> 33) % kinds - kinds / 2; /* some are huge */
    rows[i * WORDS + 1] = i;
    fine &= pm_sorter_add(&s, rows + i * WORDS) == 0;
  }
  qsort(rows, count, WORDS * sizeof *rows, compare);
  uint64_t row[WORDS];
  for (size_t i = 0; i < count; i++)
    fine &= pm_sorter_next(&s, row) == 1 &&
            memcmp(row, rows + i * WORDS, sizeof row) == 0;
  fine &= pm_sorter_next(&s, row) == 0 && pm_sorter_next(&s, row) == 0;
  fine &= pm_sorter_add(&s, row) == -1 && errno == EINVAL;
  pm_sorter_close(&s);
  pm_sorter_close(&s);
  free(rows);
  return fine;
}

int main(void) {
  check(sorts(0, 1 << 20, 1));
  check(sorts(1, 0, 1));
  check(sorts(64, 0, 9));          /* just what fits */
  check(sorts(65, 0, 9));          /* one more */
  check(sorts(128, 0, 9));         /* parts that are full */
  check(sorts(1000, 1 << 20, 50)); /* in memory */
  check(sorts(1000, 0, 50));
  check(sorts(20000, 0, 1u << 31)); /* more parts than rows in memory */
  check(sorts(20000, 5000, 3));

  pm_sorter s;
  uint64_t row[WORDS] = {0};
  pm_sorter_open(&s, WORDS, 0, "/nowhere");
  int failed = 0;
  for (int i = 0; i < 65; i++)
    failed = pm_sorter_add(&s, row);
  check(failed == -1 && errno == ENOENT);
  pm_sorter_close(&s);
  return done("sorter");
}
