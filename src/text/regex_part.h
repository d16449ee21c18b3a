/*
 * Reading a pattern, shared by those who read parts of it: what one part must
 * and may match, and where the reader is.
 */
#ifndef PM_TEXT_REGEX_PART_H
#define PM_TEXT_REGEX_PART_H

#include <string.h>

#include "text/regex_need.h"
#include "text/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/*
 * What a part may cost at one place where there is no match in the end. A part
 * is open when no end is known of what it takes, but once it takes enough it
 * has matched. Runs of one class that a byte of another stops are not counted
 * as steps: see regex_cost.c.
 */
typedef struct pm_regex_cost {
  double steps, ways; /* that may be tried in turn; 0 stands for 1 */
  double length;      /* characters, but for runs and what is open */
  bool open, run;     /* it is open as a run of one class, `bytes` */
  pm_byte_set bytes;
  unsigned runs; /* so many before its end, of these bytes */
  pm_byte_set run_bytes;
} pm_regex_cost;

typedef struct part {
  pm_byte_set must, may;
  char best[PM_LITERAL_MOST]; /* the longest literal so far */
  size_t best_len;
  bool best_caseless;
  char one[4]; /* the character, if the part is just one */
  size_t one_len;
  bool zero;  /* takes no room: \b, ^, lookaround */
  bool exact; /* one character: a byte of `may`, or, where that has 80..FF, any
                 beyond ASCII */
  pm_regex_cost cost;
  pm_regex_head head; /* of a group; see pm_regex_head_of */
} pm_regex_part;

/* How often a part may occur. */
typedef struct pm_regex_times {
  unsigned least, most; /* UINT_MAX: no end */
  bool lazy, owned;     /* with a ? or a + behind it */
} pm_regex_times;

typedef struct reader {
  const unsigned char *at, *end;
  bool known;  /* all so far */
  bool beyond; /* some part may take what is not ASCII, be it for a
                  look */
  bool looks;  /* some part asks for what it does not take */
  int depth;
} pm_regex_reader;

static inline bool pm_regex_has_next(const pm_regex_reader *r, size_t n) {
  return (size_t)(r->end - r->at) >= n;
}

/* Reads the rest of the character that `first`, just read, begins. */
static inline void pm_regex_end_character(pm_regex_reader *r, unsigned first) {
  while (first >= 0x80 && r->at < r->end && pm_utf8_is_tail(*r->at))
    r->at++;
}

/* Reads `text` if it comes next. */
bool pm_regex_eat(pm_regex_reader *r, const char *text);

/* Reads all up to `close` and that; false when there is none. */
bool pm_regex_skip_past(pm_regex_reader *r, char close);

/* Skips comments, which may stand before a quantifier, and blanks where the
 * pattern is extended. */
void pm_regex_skip_blanks(pm_regex_reader *r, uint32_t options);

/* Marks what is read as unknown. */
pm_regex_part pm_regex_give_up(pm_regex_reader *r);

static inline bool pm_regex_is_letter(unsigned c) {
  return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static inline void pm_byte_set_add_all(pm_byte_set *s,
                                       const pm_byte_set *other) {
  for (int i = 0; i < 4; i++)
    s->bits[i] |= other->bits[i];
}

/* Whether some byte is in both. */
static inline bool pm_byte_set_meet(const pm_byte_set *a,
                                    const pm_byte_set *b) {
  uint64_t both = 0;
  for (int i = 0; i < 4; i++)
    both |= a->bits[i] & b->bits[i];
  return both != 0;
}

void pm_byte_set_add_any(pm_byte_set *s);

/* Adds what `p` costs when it comes so often, at least once or not at all,
 * behind what `all` costs. */
void pm_regex_add_cost(pm_regex_cost *all, const pm_regex_part *p,
                       pm_regex_times times);

/* The cost of `all` or else that of `other`. */
void pm_regex_either_cost(pm_regex_cost *all, const pm_regex_cost *other);

/* The head of nothing: it takes no bytes. */
static inline pm_regex_head pm_regex_head_none(void) {
  return (pm_regex_head){.lengths = 1};
}

/* The head of a part that comes so often. */
pm_regex_head pm_regex_head_of(const pm_regex_part *p, pm_regex_times times);

/* The head of `all` and `next` behind it, and that of one or the other. */
void pm_regex_head_then(pm_regex_head *all, const pm_regex_head *next);
void pm_regex_head_or(pm_regex_head *all, const pm_regex_head *other);

/* The quantifier that comes next; once, when there is none. */
pm_regex_times pm_regex_quantifier(pm_regex_reader *r, uint32_t options);

/* One character: `len` bytes at `text`. */
pm_regex_part pm_regex_character(const char *text, size_t len,
                                 uint32_t options);

/* What comes after a backslash, outside brackets. */
pm_regex_part pm_regex_escape(pm_regex_reader *r, uint32_t options);

/* A bracketed class, behind its [. Roughly: POSIX and \p are any byte. */
pm_regex_part pm_regex_brackets(pm_regex_reader *r, uint32_t options);

#endif
