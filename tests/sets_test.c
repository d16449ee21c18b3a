#include "match/sets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

static char byte_of(uint32_t i, size_t j) {
  return (char)(i * 31 + j * 7);
}

/* Whether sets of 0 to `most` bytes come back as they were added. */
static int keeps(uint32_t count, size_t most) {
  pm_sets s;
  pm_sets_open(&s);
  char *set = malloc(most + 1);
  int fine = 1;
  for (uint32_t i = 0; i < count; i++) {
    size_t len = i % (most + 1);
    for (size_t j = 0; j < len; j++)
      set[j] = byte_of(i, j);
    fine &= pm_sets_add(&s, set, len, "/tmp") == 0;
  }
  const char *at = pm_sets_read(&s), *packed;
  fine &= s.count == count && at && at == pm_sets_read(&s);
  for (uint32_t i = 0; i < count; i++) {
    size_t len;
    at = pm_sets_next(at, &packed, &len);
    fine &= len == i % (most + 1);
    for (size_t j = 0; j < len; j++)
      fine &= packed[j] == byte_of(i, j);
  }
  free(set);
  pm_sets_close(&s);
  pm_sets_close(&s);
  return fine;
}

int main(void) {
  check(keeps(0, 1));
  check(keeps(1, 0));
  check(keeps(1000, 300));   /* in memory */
  check(keeps(1000, 40000)); /* in a file */
  check(keeps(3, 2));
  pm_sets s;
  pm_sets_open(&s);
  enum { LARGE = 17 << 20 };
  char *large = calloc(LARGE, 1);
  check(large && pm_sets_add(&s, large, LARGE, "/nowhere") == 0);
  check(pm_sets_add(&s, large, 1, "/nowhere") == -1 && errno == ENOENT);
  check(pm_sets_add(&s, large, 1, "/tmp") == 0);
  check(pm_sets_read(&s) != NULL);
  check(pm_sets_add(&s, large, 1, "/tmp") == -1 && errno == EINVAL);
  pm_sets_close(&s);
  free(large);
  return done("sets");
}
