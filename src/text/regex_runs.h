/*
 * Patterns that are runs of character classes, one behind the other, each as
 * often as it goes: `\w+`, `\b[A-Z][a-z]+ [A-Z][a-z]+\b`, `https?://[^\s<>]+`,
 * `"[^"\n]{20,300}"`. At one place such a pattern can match in one way only, so
 * nothing is ever tried twice, and where it can match at all is found 64 bytes
 * at a time. What is found is what PCRE2 finds.
 *
 * A pattern is one of these when
 *   - no run can take what may come behind it (or it gives nothing back), so
 *     that going back would not help; the last one may take what it likes;
 *   - the first run takes a character at least, and no later run without an end
 *     takes what a match may start with, so that the work is bounded by the
 *     length of the text, whatever the text is.
 */
#ifndef PM_REGEX_RUNS_H
#define PM_REGEX_RUNS_H

#include "text/byte_row.h"
#include "text/spans.h"

enum { PM_RUNS_MOST = 16 };

typedef struct pm_run {
  uint32_t least, most; /* UINT32_MAX: no end */
  bool counts;          /* by characters; else bytes are as good */
} pm_run;

typedef struct pm_regex_runs {
  unsigned count;            /* 0: the pattern is none of these */
  pm_byte_row row;           /* what matches start with */
  bool alone;                /* one run of one or more, and nothing else */
  bool ascii;                /* takes ASCII only, so any text will do */
  bool word_start, word_end; /* has a \b there */
  bool word_first; /* starts in a word: no match starts behind another place */
  pm_run run[PM_RUNS_MOST];
  uint16_t takes[256]; /* bit i: run i takes this byte */
} pm_regex_runs;

/* The places of a text where a match may start, as far as they are known. All
 * zero: nothing is known. */
typedef struct pm_runs_look {
  size_t from,
      to; /* known for these offsets, and `places` are from `from` on */
  uint64_t places;
} pm_runs_look;

/* Reads a pattern that PCRE2 has compiled with these options in UTF mode. */
void pm_regex_runs_read(pm_regex_runs *r, const char *pattern, size_t len,
                        uint32_t options);

/* Finds the first match that starts at `at` <= len or later, where a character
 * starts; `text` is valid UTF-8 or the pattern takes ASCII only. For one text
 * `at` must not go back. Returns 1 or 0. */
int pm_regex_runs_next(const pm_regex_runs *r, const char *text, size_t len,
                       pm_runs_look *look, size_t at, size_t *first,
                       size_t *end);

/* The next `room` matches, or as many as there are, from *at on, where the
 * search goes on then: len + 1 when it is done. `out` may be NULL. */
size_t pm_regex_runs_fill(const pm_regex_runs *r, const char *text, size_t len,
                          pm_runs_look *look, size_t *at, pm_span *out,
                          size_t room);

#endif
