/*
 * Regular expressions: PCRE2 compiled to machine code, under limits.
 *
 * A subject is looked at once, by pm_regex_kind_of, and matched many times
 * without further checks:
 *
 *   PM_REGEX_UTF8     valid UTF-8
 *   PM_REGEX_ASCII    the same, or byte by byte where the pattern means the
 *                     same then
 *   PM_REGEX_BROKEN   each valid stretch is searched as a text of its own, but
 *                     that ^ and $ are the ends of the whole text (or lines)
 *
 * The last is not PCRE2_MATCH_INVALID_UTF because in PCRE2 10.42 that reads
 * past the subject (\b at a cut character), and interpreter and machine code
 * do not agree on it.
 *
 * Offsets are bytes from 0. Matching never allocates in Lua and never calls
 * back. Not thread-safe: a pm_regex and its stack belong to one thread.
 */
#ifndef PM_REGEX_H
#define PM_REGEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/regex_need.h"
#include "text/regex_runs.h"
#include "text/spans.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

typedef enum pm_regex_kind {
  PM_REGEX_UTF8,
  PM_REGEX_ASCII,
  PM_REGEX_BROKEN
} pm_regex_kind;

typedef struct pm_regex_subject {
  const char *text;
  size_t len;
  pm_regex_kind kind; /* of the whole text */
  size_t start, end;  /* broken: the stretch searched last; 0, 0 at first */
} pm_regex_subject;

/* What stops a match: steps of backtracking (per starting position), nested
 * backtracking points, KiB of memory. Those two hold when the machine code has
 * run out of its own stack (1 MiB) and the interpreter takes over.
 *
 * And what stops a search of which no start goes too far, but which has too
 * many of them: CPU seconds for one text, ten times as many more for each MB of
 * it. Where `\G` or a verb binds a match to where the search began, that holds
 * between matches only. */
typedef struct pm_regex_limits {
  uint32_t match, depth, heap_kib;
  double seconds;
} pm_regex_limits;

/* Not one of PCRE2's codes. */
#define PM_REGEX_TIMELIMIT (-1000)

/* The stack of the machine code; one serves all patterns of a thread. It must
 * stay where it is while patterns use it; once closed they do without. */
typedef struct pm_regex_stack {
  pcre2_jit_stack *stack;
} pm_regex_stack;

/* Where a match may start: anywhere from where the search begins, not behind
 * some place, or only where it begins. */
typedef enum pm_regex_reach {
  PM_REGEX_ON,
  PM_REGEX_UP_TO,
  PM_REGEX_HERE
} pm_regex_reach;

/* A pattern is compiled for what it meets, when there is enough to gain. */
typedef struct pm_regex_form {
  pcre2_code *code; /* NULL: not made */
  bool fast;        /* has machine code */
  bool tried;
} pm_regex_form;

/* To hop to where a match may start, instead of having PCRE2 look for it, pays
 * as long as such places are rare. */
typedef struct pm_regex_hops {
  bool may;           /* the pattern is one to try it with */
  long gain;          /* bytes of PCRE2's time */
  size_t rest, pause; /* bytes without hops: still to come, and in all */
} pm_regex_hops;

typedef struct pm_regex {
  pm_regex_form form[2][3]; /* for UTF-8, for bytes; by pm_regex_reach */
  int rare;                 /* a byte that each match has, or -1 */
  pm_regex_need need;       /* set when `known` */
  pm_regex_runs runs;       /* matched without PCRE2 if it is of that kind */
  pm_byte_row start;        /* the bytes a match may start with, if `starts` */
  bool known;
  bool bytewise; /* in any valid text the form for bytes finds the same */
  bool starts;   /* `start` is known */
  bool brief;    /* no start costs so much that the clock had to be watched */
  bool in_parts; /* starts may be tried a part of the text at a time */
  pm_regex_limits limits;
  uint32_t steps[2];             /* the match limit that is set in `rules` */
  pcre2_match_data *data;        /* of the latest match */
  pcre2_match_context *rules[2]; /* limits and stack; the second for UP_TO */
  size_t *ranges;                /* in `data`: [2 * (groups + 1)] */
  uint32_t groups;        /* capture groups, the whole match not counted */
  uint32_t options;       /* of PCRE2, to compile */
  uint32_t match_options; /* of PCRE2, that the pattern itself sets */
  const char *pattern;    /* the caller's */
  size_t pattern_len;
  pm_regex_hops hops;
  size_t seen; /* bytes searched so far that the form for bytes could have */
  size_t first_starts; /* places that are tried before the clock is looked at */
} pm_regex;

/* What the search of one text has cost, and may cost. */
typedef struct pm_regex_meter {
  double seconds, most;
  uint32_t calls;
  size_t starts; /* of a part; 0: none was tried */
} pm_regex_meter;

int pm_regex_stack_open(pm_regex_stack *s);
void pm_regex_stack_close(pm_regex_stack *s);

/*
 * Compiles `pattern` into the zeroed *re. Returns 0, or a PCRE2 error code
 * (see pm_regex_message) with *offset set to where in the pattern it is.
 * The pattern, which may have NULs, must live as long as *re.
 *
 *   options  PCRE2_CASELESS, _MULTILINE, _DOTALL, _EXTENDED, _UCP, _UNGREEDY
 *
 * `\C` is refused: it would cut characters apart.
 */
int pm_regex_compile(pm_regex *re, const char *pattern, size_t len,
                     uint32_t options, pm_regex_limits limits,
                     pm_regex_stack *stack, size_t *offset);

/* Frees what *re holds and zeroes it; a zeroed one is fine. */
void pm_regex_close(pm_regex *re);

/* What a negative or compile code means: "match limit", "depth limit", "heap
 * limit", "time limit", else PCRE2's words. Writes at most `room` bytes with
 * the NUL. */
const char *pm_regex_message(int code, char *out, size_t room);

/* Finds the same in a text whatever its kind is said to be. */
static inline bool pm_regex_takes_any(const pm_regex *re) {
  return re->runs.count > 0 && re->runs.ascii;
}

/* Valid UTF-8 (and all ASCII) or broken. O(len). */
pm_regex_kind pm_regex_kind_of(const char *text, size_t len);

/*
 * Finds the first match that starts at `from` <= len or later. Returns 1, 0
 * when there is none, or a negative code that pm_regex_message explains. An
 * offset inside a character counts as the next character's.
 */
int pm_regex_match(pm_regex *re, pm_regex_subject *s, size_t from);

/* Is there surely no match from `from` <= len on? Much faster than to match. */
bool pm_regex_excludes(const pm_regex *re, const pm_regex_subject *s,
                       size_t from);

/*
 * The ranges of the latest match: out [2 * (groups + 1)], start and end of the
 * whole match, then of each group; PCRE2_UNSET twice for a group that took no
 * part. The whole match lies at or after where the search began, and its end
 * not before its start, whatever \K did.
 */
void pm_regex_ranges(const pm_regex *re, size_t *out);

/*
 * All matches, left to right. As in Lua 5.4 and lrexlib, an empty match where
 * the last one ended is passed over, and after an empty match the search goes
 * on one character later.
 */
typedef struct pm_regex_walk {
  pm_regex *re;
  pm_regex_subject subject;
  size_t at;   /* where the search goes on; > len: done */
  size_t last; /* end of the last match */
  pm_regex_meter meter;
  pm_runs_look look;
} pm_regex_walk;

static inline pm_regex_meter pm_regex_meter_for(const pm_regex *re,
                                                size_t len) {
  double most = re->limits.seconds * (1 + 1e-5 * (double)len);
  return (pm_regex_meter){.most = most};
}

/* A walk from `from` on. */
static inline pm_regex_walk pm_regex_begin(pm_regex *re, pm_regex_subject s,
                                           size_t from) {
  return (pm_regex_walk){re, s, from, SIZE_MAX, pm_regex_meter_for(re, s.len),
                         {0}};
}

/* The next match, as pm_regex_match; its whole range goes to *first, *end. */
int pm_regex_next(pm_regex_walk *w, size_t *first, size_t *end);

/* The next `room` matches, or as many as there are: *count of them, to `out`
 * unless that is NULL. Returns 1 if there may be more, else as pm_regex_next.
 */
int pm_regex_fill(pm_regex_walk *w, pm_span *out, size_t room, size_t *count);

/* The group called `name`: its number, the one that is set in `ranges` if
 * several share the name (ranges may be NULL), or -1. */
int pm_regex_group(const pm_regex *re, const char *name, size_t len,
                   const size_t *ranges);

/* The i-th name in PCRE2's order, i < pm_regex_names; *group is its number. */
uint32_t pm_regex_names(const pm_regex *re);
const char *pm_regex_name(const pm_regex *re, uint32_t i, int *group);

#endif
