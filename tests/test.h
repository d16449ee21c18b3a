/*
 * C tests: `check(condition)` says where and what when it does not hold, and
 * `done("shingle")` at the end of main gives the count and the exit status.
 */
#ifndef PM_TEST_H
#define PM_TEST_H

#include <stdio.h>

static int test_passed, test_failed;

#define check(condition)                                                       \
  do {                                                                         \
    if (condition) {                                                           \
      test_passed++;                                                           \
    } else {                                                                   \
      test_failed++;                                                           \
      fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__,        \
              #condition);                                                     \
    }                                                                          \
  } while (0)

static inline int done(const char *name) {
  printf("%s: %d passed, %d failed\n", name, test_passed, test_failed);
  return test_failed != 0;
}

#endif
