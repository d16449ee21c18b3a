/*
 * Most bytes of a corpus stand inside of long strings, so the walk is as fast
 * as its search for a quote, a backslash or a control byte. The same loop
 * notes whether any byte was not ASCII; only such strings have their UTF-8
 * checked. Arrays and objects are kept on a stack of one bit each.
 */
#include "data/json.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "data/json_look.h"
#include "text/utf8.h"

const char *pm_json_fail(pm_json_scan *s, const char *p, const char *message) {
  pm_json_error *e = s->error;
  e->at = (size_t)(p - s->text);
  int c = pm_json_peek(s, p);
  if (message)
    snprintf(e->message, sizeof e->message, "%s", message);
  else if (c < 0)
    snprintf(e->message, sizeof e->message, "the text is cut short");
  else if (p == s->text && s->end - p >= 3 && !memcmp(p, "\xEF\xBB\xBF", 3))
    snprintf(e->message, sizeof e->message,
             "a byte order mark before the value");
  else if (c > ' ' && c < 0x7F)
    snprintf(e->message, sizeof e->message, "unexpected '%c'", c);
  else
    snprintf(e->message, sizeof e->message, "unexpected byte 0x%02X", c);
  return NULL;
}

/* The value of four hexadecimal digits at `p`, or -1. */
static int hex4(const pm_json_scan *s, const char *p) {
  /* One more than the value of a digit; 0 for what is none. */
  static const uint8_t digits[256] = {
      ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
      ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
      ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
      ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16};
  if (s->end - p < 4)
    return -1;
  int a = digits[(uint8_t)p[0]], b = digits[(uint8_t)p[1]];
  int c = digits[(uint8_t)p[2]], d = digits[(uint8_t)p[3]];
  if (!a || !b || !c || !d)
    return -1;
  return (a - 1) << 12 | (b - 1) << 8 | (c - 1) << 4 | (d - 1);
}

/* Is the character behind a backslash an escape of its own? */
static inline bool is_letter(char c) {
  static const bool letters[256] = {
      ['"'] = true, ['\\'] = true, ['/'] = true, ['b'] = true,
      ['f'] = true, ['n'] = true,  ['r'] = true, ['t'] = true};
  return letters[(unsigned char)c];
}

/* From a backslash to behind its escape; both halves of a surrogate pair. */
static const char *escape(pm_json_scan *s, const char *p) {
  int c = pm_json_peek(s, p + 1);
  if (c < 0)
    return pm_json_fail(s, s->end, "a string is cut short");
  if (is_letter((char)c))
    return p + 2;
  if (c != 'u')
    return pm_json_fail(s, p, "unknown escape in a string");
  int unit = hex4(s, p + 2);
  if (unit < 0)
    return pm_json_fail(s, p, "\\u without four hexadecimal digits");
  if (unit < 0xD800 || unit > 0xDFFF)
    return p + 6;
  if (unit < 0xDC00 && pm_json_peek(s, p + 6) == '\\' &&
      pm_json_peek(s, p + 7) == 'u') {
    int low = hex4(s, p + 8);
    if (low >= 0xDC00 && low <= 0xDFFF)
      return p + 12;
  }
  return pm_json_fail(s, p, "lone surrogate in a string");
}

/* The same for all escapes that follow each other or stand one character
 * apart, as the words of a text that is all \u escapes do. */
static const char *escapes(pm_json_scan *s, const char *p) {
  for (;;) {
    p = escape(s, p);
    if (!p || s->end - p < 2)
      return p;
    if (p[1] == '\\' && *p >= ' ' && *p != '"' && *p != '\\')
      p++;
    if (*p != '\\')
      return p;
  }
}

#define WALK walk_plain
#define TARGET
#define LOOK look_plain
#define LETTERS letters_plain
#include "data/json_string.h"

#ifdef PM_JSON_X86

#define WALK walk_avx2
#define TARGET PM_JSON_AVX2
#define LOOK look_avx2
#define LETTERS letters_avx2
#include "data/json_string.h"

#define WALK walk_avx512
#define TARGET PM_JSON_AVX512
#define LOOK look_avx512
#define LETTERS letters_avx512
#include "data/json_string.h"

#endif

/* A text of less than 64 bytes. */
static const char *walk_short(pm_json_scan *s, const char *p, bool *high) {
  for (;;) {
    int c = pm_json_peek(s, p);
    if (c == '"')
      return p;
    if (c == '\\') {
      s->escaped = true;
      p = escape(s, p);
      if (!p)
        return NULL;
      continue;
    }
    if (c < 0x20)
      return pm_json_fail(
          s, p, c < 0 ? "a string is cut short" : "control byte in a string");
    *high |= c >= 0x80;
    p++;
  }
}

static const char *walk(pm_json_scan *s, const char *p, bool *high) {
  if (s->end - s->text < 64)
    return walk_short(s, p, high);
#ifdef PM_JSON_X86
  int widest = s->widest ? s->widest : 64;
  if (widest >= 64 && __builtin_cpu_supports("avx512bw"))
    return walk_avx512(s, p, high);
  if (widest >= 32 && __builtin_cpu_supports("avx2"))
    return walk_avx2(s, p, high);
#endif
  return walk_plain(s, p, high);
}

const char *pm_json_string(pm_json_scan *s, const char *p) {
  const char *start = p + 1;
  bool high = false;
  s->escaped = false;
  p = walk(s, start, &high);
  if (!p)
    return NULL;
  if (high && !s->keep_bytes) {
    size_t len = (size_t)(p - start), valid = pm_utf8_check(start, len);
    if (valid < len)
      return pm_json_fail(s, start + valid, "invalid UTF-8 in a string");
  }
  return p + 1;
}

static const char *digits(const pm_json_scan *s, const char *p) {
  while (p < s->end && *p >= '0' && *p <= '9')
    p++;
  return p;
}

const char *pm_json_number(pm_json_scan *s, const char *p) {
  if (pm_json_peek(s, p) == '-')
    p++;
  const char *q = digits(s, p);
  if (q == p)
    return pm_json_fail(s, p, NULL);
  if (*p == '0' && q - p > 1)
    return pm_json_fail(s, p, "a number starts with 0");
  p = q;
  if (pm_json_peek(s, p) == '.') {
    q = digits(s, p + 1);
    if (q == p + 1)
      return pm_json_fail(s, q, NULL);
    p = q;
  }
  int e = pm_json_peek(s, p);
  if (e == 'e' || e == 'E') {
    int sign = pm_json_peek(s, ++p);
    if (sign == '+' || sign == '-')
      p++;
    q = digits(s, p);
    if (q == p)
      return pm_json_fail(s, q, NULL);
    p = q;
  }
  return p;
}

const char *pm_json_literal(pm_json_scan *s, const char *p) {
  static const char *const words[] = {"true", "false", "null"};
  for (int i = 0; i < 3; i++) {
    size_t len = strlen(words[i]);
    if ((size_t)(s->end - p) >= len && memcmp(p, words[i], len) == 0)
      return p + len;
  }
  return pm_json_fail(s, p, NULL);
}

const char *pm_json_key(pm_json_scan *s, const char *p, const char **key_end) {
  if (pm_json_peek(s, p) != '"')
    return pm_json_fail(s, p, NULL);
  p = pm_json_string(s, p);
  if (!p)
    return NULL;
  *key_end = p;
  p = pm_json_blanks(p, s->end);
  if (pm_json_peek(s, p) != ':')
    return pm_json_fail(s, p, NULL);
  return pm_json_blanks(p + 1, s->end);
}

/* What the walk is in, outermost first: a bit for each level, set in objects.
 */
typedef struct nesting {
  uint64_t objects[PM_JSON_DEPTH / 64];
  int depth;
} nesting;

static inline void enter(nesting *n, bool object) {
  uint64_t bit = (uint64_t)1 << n->depth % 64,
           *word = &n->objects[n->depth / 64];
  *word = object ? *word | bit : *word & ~bit;
  n->depth++;
}

static inline bool in_object(const nesting *n) {
  int d = n->depth - 1;
  return n->objects[d / 64] >> d % 64 & 1;
}

const char *pm_json_value(pm_json_scan *s, const char *p, int depth) {
  nesting in;
  in.depth = 0;
  for (;;) {
    int c = pm_json_peek(s, p);
    if (c == '"') {
      p = pm_json_string(s, p);
    } else if (c == '{' || c == '[') {
      if (depth + in.depth >= PM_JSON_DEPTH)
        return pm_json_fail(s, p, "nested deeper than 512");
      enter(&in, c == '{');
      p = pm_json_blanks(p + 1, s->end);
      if (pm_json_peek(s, p) == (c == '{' ? '}' : ']')) {
        in.depth--;
        p++;
      } else {
        const char *key_end;
        if (c == '{' && !(p = pm_json_key(s, p, &key_end)))
          return NULL;
        continue;
      }
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      p = pm_json_number(s, p);
    } else {
      p = pm_json_literal(s, p);
    }
    if (!p)
      return NULL;
    for (;;) { /* behind a value: leave what ends here, go on to the next */
      if (in.depth == 0)
        return p;
      p = pm_json_blanks(p, s->end);
      bool object = in_object(&in);
      c = pm_json_peek(s, p);
      if (c == ',')
        break;
      if (c != (object ? '}' : ']'))
        return pm_json_fail(s, p, NULL);
      in.depth--;
      p++;
    }
    p = pm_json_blanks(p + 1, s->end);
    const char *key_end;
    if (in_object(&in) && !(p = pm_json_key(s, p, &key_end)))
      return NULL;
  }
}

bool pm_json_check(pm_json_scan *s) {
  const char *p = pm_json_value(s, pm_json_blanks(s->text, s->end), 0);
  if (!p)
    return false;
  p = pm_json_blanks(p, s->end);
  if (p < s->end)
    pm_json_fail(s, p, "more text behind the value");
  return p == s->end;
}
