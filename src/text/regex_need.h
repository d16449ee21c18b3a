/*
 * What every match of a pattern has: bytes that must and bytes that may occur
 * in it, those it may begin with, and the longest literal that must. With that
 * most of a text can be passed over without matching at all.
 *
 * The reading of the pattern is careful: what it does not know (references,
 * recursion, conditions, verbs, \G, \K) makes it give up, and what it knows
 * only roughly counts as "may be any byte".
 */
#ifndef PM_REGEX_NEED_H
#define PM_REGEX_NEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/byte_row.h"

#define PM_LITERAL_MOST 32

/* The first bytes of a part of a pattern. */
typedef struct pm_regex_head {
  pm_byte_set at[PM_BYTE_ROW_MOST]; /* what it may have there */
  unsigned lengths; /* bit i: it may take i bytes; PM_BYTE_ROW_MOST: or more */
} pm_regex_head;

typedef struct pm_regex_need {
  pm_byte_set must; /* each occurs in every match; ASCII only */
  pm_byte_set may;  /* no match holds another; 80..FF all or none */
  pm_regex_head head;
  char literal[PM_LITERAL_MOST];
  size_t literal_len;   /* 0: there is none */
  bool caseless;        /* the literal is lower case; either case may occur */
  double steps, length; /* for pm_regex_start_steps */
  unsigned runs;
  pm_byte_set run_bytes;
  bool beyond; /* a part, be it for a look around, may take more than ASCII */
  bool looks;  /* a look around, ^, $ or the like; \b and \B are not meant */
} pm_regex_need;

/*
 * Reads a pattern that PCRE2 has compiled with these options in UTF mode.
 * Returns 1 with *need set, or 0 when it has something unknown. O(len).
 */
int pm_regex_needs(const char *pattern, size_t len, uint32_t options,
                   pm_regex_need *need);

/* The steps that a start costs at most at which there is no match, on average
 * over the starts of any text; infinite when no bound is known. `start` has
 * all bytes that a match may start with. */
double pm_regex_start_steps(const pm_regex_need *need,
                            const pm_byte_set *start);

/* The bytes that all matches have at their beginning: the sets of `head` that
 * are of use, 0 to PM_BYTE_ROW_MOST. */
unsigned pm_regex_head_count(const pm_regex_head *head);

/* The byte of `must` that is rarest in text, or -1 when none is rare. */
int pm_regex_rare(const pm_regex_need *need);

#endif
