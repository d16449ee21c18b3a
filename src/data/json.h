/*
 * Reading JSON text, strictly by RFC 8259: a walk over the bytes that checks
 * them and makes nothing. Strings are skipped 16 to 64 bytes at a time.
 *
 *   pm_json_scan s = {.text = text, .end = text + len, .error = &error};
 *   const char *p = pm_json_value(&s, pm_json_blanks(text, s.end), 0);
 *   if (!p) report(error.at, error.message);
 *
 * Nothing outside of [text, end) is read; the text needs no NUL at its end.
 */
#ifndef PM_JSON_H
#define PM_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/json_carry.h"

/* Deeper nesting of arrays and objects is refused. */
#define PM_JSON_DEPTH 512

typedef struct pm_json_error {
  size_t at;        /* offset of the byte where the text is wrong */
  char message[64]; /* "lone surrogate in a string" */
} pm_json_error;

/* The 64 bytes of the text that the last string ended in: the next one often
 * stands in them too. */
typedef struct pm_json_window {
  size_t end;     /* the offset behind them; 0 when there are none */
  uint64_t quote; /* quotes that end a string */
  uint64_t slash, high;
  uint64_t bad; /* control bytes, escapes that are none */
  pm_json_carry carry;
} pm_json_window;

typedef struct pm_json_scan {
  const char *text, *end;
  bool keep_bytes; /* accept strings that are not valid UTF-8 */
  bool escaped;    /* did the string walked last have a backslash? */
  int widest;      /* bytes looked at together, for tests: at most 1, 16 or 32;
                      0 for what the processor has */
  pm_json_window window;
  pm_json_error *error;
} pm_json_scan;

/* The first byte from `p` on that is no blank. */
static inline const char *pm_json_blanks(const char *p, const char *end) {
  while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;
  return p;
}

/* From behind a member of an array or object that was checked to the next
 * member or the closing bracket. */
static inline const char *pm_json_next(const char *p, const char *end) {
  p = pm_json_blanks(p, end);
  return *p == ',' ? pm_json_blanks(p + 1, end) : p;
}

/* The byte at `p`, or -1 at the end. */
static inline int pm_json_peek(const pm_json_scan *s, const char *p) {
  return p < s->end ? (unsigned char)*p : -1;
}

/*
 * Each walks one thing that starts at `p` and returns the place behind it, or
 * NULL after filling in the error. A string starts at its quote. A value may
 * be any; `depth` says how many arrays and objects it is in.
 */
const char *pm_json_string(pm_json_scan *s, const char *p);
const char *pm_json_number(pm_json_scan *s, const char *p);
const char *pm_json_literal(pm_json_scan *s, const char *p);
const char *pm_json_value(pm_json_scan *s, const char *p, int depth);

/* From the quote of a key over its colon to the value; `key_end` gets the
 * place behind the closing quote. */
const char *pm_json_key(pm_json_scan *s, const char *p, const char **key_end);

/* Nothing is known of the text any more. */
static inline void pm_json_forget(pm_json_scan *s) {
  s->window.end = 0;
}

/* Fills in the error, as "unexpected ..." what stands at `p` where the message
 * is NULL. Returns NULL. */
const char *pm_json_fail(pm_json_scan *s, const char *p, const char *message);

/* Is the text one value, and nothing else but blanks? */
bool pm_json_check(pm_json_scan *s);

#endif
