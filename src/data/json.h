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

#include "data/json_block.h"
#include "data/json_carry.h"
#include "data/json_keys.h"

/* Deeper nesting of arrays and objects is refused. */
#define PM_JSON_DEPTH 512

typedef struct pm_json_error {
  size_t at;        /* offset of the byte where the text is wrong */
  char message[64]; /* "lone surrogate in a string" */
} pm_json_error;

/* What is known of the bytes [start, end) of the text, and on: several strings
 * often stand in them. */
enum { PM_JSON_BLOCKS = 8 };
typedef struct pm_json_window {
  size_t start, end; /* offsets; equal when nothing is known */
  /* Of one of the blocks: where it starts, and the quotes behind the string
   * that was walked last. One follows the other without a look at the text. */
  const pm_json_block *block;
  const char *text;
  uint64_t quotes;
  pm_json_carry carry;
  pm_json_block blocks[PM_JSON_BLOCKS];
} pm_json_window;

typedef struct pm_json_scan {
  const char *text, *end;
  bool keep_bytes; /* accept strings that are not valid UTF-8 */
  bool escaped;    /* did the string walked last have a backslash? */
  int widest;      /* bytes looked at together, for tests: at most 1, 16 or 32;
                      0 for what the processor has */
  pm_json_window window;
  pm_json_error *error;
  pm_json_keys *keys; /* gets the keys of all objects; NULL: nobody asks */
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
static inline const char *pm_json_string(pm_json_scan *s, const char *p);
const char *pm_json_number(pm_json_scan *s, const char *p);
const char *pm_json_literal(pm_json_scan *s, const char *p);
const char *pm_json_value(pm_json_scan *s, const char *p, int depth);

/* Fills in the error, as "unexpected ..." what stands at `p` where the message
 * is NULL. Returns NULL. */
const char *pm_json_fail(pm_json_scan *s, const char *p, const char *message);

/* Nothing is known of the text any more. */
static inline void pm_json_forget(pm_json_scan *s) {
  s->window.start = s->window.end = 0;
  s->window.quotes = 0;
}

/* Makes *s ready, but for the room of the window, which need not be cleared. */
static inline void pm_json_begin(pm_json_scan *s, const char *text, size_t len,
                                 bool keep_bytes, pm_json_error *error) {
  s->text = text;
  s->end = text + len;
  s->keep_bytes = keep_bytes;
  s->escaped = false;
  s->widest = 0;
  s->error = error;
  s->keys = NULL;
  pm_json_forget(s);
}

/* Fills the window from offset `at` on, which is inside of a string and, where
 * the carry is not zero, behind the window. */
void pm_json_fill(pm_json_scan *s, size_t at);

/* The string whose inside starts at `start`, block by block; the same byte by
 * byte, which tells what is wrong with it; and, of one that
 * ends at `end` and is not all ASCII, its UTF-8. */
const char *pm_json_string_on(pm_json_scan *s, const char *start);
const char *pm_json_string_bytes(pm_json_scan *s, const char *start);
const char *pm_json_string_utf8(pm_json_scan *s, const char *start,
                                const char *end);

/* Most strings stand in the block where the one before ended. */
static inline const char *pm_json_string(pm_json_scan *s, const char *p) {
  pm_json_window *w = &s->window;
  uint64_t open = w->quotes, close = open & (open - 1);
  if (close && w->text + __builtin_ctzll(open) == p) {
    const pm_json_block *b = w->block;
    uint64_t ours = (close ^ (close - 1)) & ~(open ^ (open - 1));
    if (((b->bad | b->high) & ours) == 0) {
      s->escaped = (b->slash & ours) != 0;
      w->quotes = close & (close - 1);
      return w->text + __builtin_ctzll(close) + 1;
    }
  }
  return pm_json_string_on(s, p + 1);
}

/* From the quote of a key over its colon to the value; `key_end` gets the
 * place behind the closing quote. */
static inline const char *pm_json_key(pm_json_scan *s, const char *p,
                                      const char **key_end) {
  const char *end = pm_json_peek(s, p) == '"' ? pm_json_string(s, p)
                                              : pm_json_fail(s, p, NULL);
  *key_end = end;
  if (!end)
    return NULL;
  if (s->keys)
    pm_json_keys_add(s->keys, (uint32_t)(p + 1 - s->text),
                     (uint32_t)(end - 1 - s->text), s->escaped);
  p = pm_json_blanks(end, s->end);
  if (pm_json_peek(s, p) != ':')
    return pm_json_fail(s, p, NULL);
  return pm_json_blanks(p + 1, s->end);
}

/* An object with keys begins; what it is called until it ends, not 0. */
static inline uint32_t pm_json_enter(const pm_json_scan *s) {
  return s->keys ? pm_json_keys_enter(s->keys) : 1;
}

static inline void pm_json_leave(pm_json_scan *s, uint32_t object) {
  if (s->keys && object)
    pm_json_keys_leave(s->keys, object);
}

/* Is the text one value, and nothing else but blanks? */
bool pm_json_check(pm_json_scan *s);

#endif
