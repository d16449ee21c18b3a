/*
 * Lua's patterns, matched in a counted number of steps: what string.find and
 * its kin do, for those who may not work for ever.
 *
 * After lstrlib.c of Lua 5.4, which gives the same answers:
 * Copyright (C) 1994-2022 Lua.org, PUC-Rio, under the MIT licence.
 */
#ifndef PM_PATTERN_H
#define PM_PATTERN_H

#include <stddef.h>
#include <stdint.h>

enum {
  PM_PATTERN_CAPTURES = 32,
  PM_CAPTURE_OPEN = -1,    /* not closed yet */
  PM_CAPTURE_POSITION = -2 /* a place, no bytes */
};

typedef enum pm_pattern_problem {
  PM_PATTERN_FINE,
  PM_PATTERN_STEPS, /* used up; the others are mistakes in the pattern */
  PM_PATTERN_INDEX, /* `wrong_index` */
  PM_PATTERN_CLOSE,
  PM_PATTERN_ESCAPE,
  PM_PATTERN_BRACKET,
  PM_PATTERN_BALANCE,
  PM_PATTERN_FRONTIER,
  PM_PATTERN_MANY,
  PM_PATTERN_DEEP,
} pm_pattern_problem;

typedef struct pm_pattern {
  const char *text, *text_end;
  const char *end; /* of the pattern */
  int64_t steps;   /* that are left; a byte looked at is about one */
  int depth;
  int level; /* captures */
  struct {
    const char *first;
    ptrdiff_t len; /* or PM_CAPTURE_... */
  } capture[PM_PATTERN_CAPTURES];
  pm_pattern_problem problem;
  int wrong_index;
} pm_pattern;

/* Makes ready to match in `text` a pattern that ends at `end`. Behind both
 * ends stands a NUL, as behind Lua's strings; `steps` is set by the caller. */
void pm_pattern_init(pm_pattern *m, const char *text, size_t len,
                     const char *end);

/* Matches `pattern`, without its anchor, at `at`. Returns the end of the
 * match, with its captures; or NULL when there is none or `problem` is set. */
const char *pm_pattern_match(pm_pattern *m, const char *at,
                             const char *pattern);

#endif
