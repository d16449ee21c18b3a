/*
 * Strings: most bytes of a corpus stand inside of long ones. Blocks of 64
 * bytes become bits, one for each byte: quotes that end a string, backslashes,
 * what is wrong. A block is looked at once, however many strings are in it,
 * and what is wrong with it is found out byte by byte.
 */
#include <string.h>

#include "data/json.h"
#include "data/json_look.h"
#include "text/utf8.h"

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

/* From behind the opening quote to the closing one, byte by byte. */
static const char *walk_bytes(pm_json_scan *s, const char *p, bool *high) {
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

/* What was seen of a string so far. */
typedef struct seen {
  uint64_t slash, high;
} seen;

/*
 * Takes in the bytes `ours` of the window: those from the string on. Returns 1
 * at its end, which `*stop` gets as a bit; 0 if it goes on; -1 if anything is
 * wrong with it.
 */
static inline int take(const pm_json_window *w, uint64_t ours, seen *had,
                       uint64_t *stop) {
  uint64_t quote = w->quote & ours;
  if (quote)
    ours &= quote ^ (quote - 1); /* up to the first one */
  had->slash |= w->slash & ours;
  had->high |= w->high & ours;
  *stop = quote & ours;
  return w->bad & ours ? -1 : quote != 0;
}

#define WALK walk_plain
#define TARGET
#define LOOK look_plain
#define LETTERS letters_plain
#define BETWEEN between_plain
#include "data/json_window.h"

#ifdef PM_JSON_X86

#define WALK walk_avx2
#define TARGET PM_JSON_AVX2
#define LOOK look_avx2
#define LETTERS letters_avx2
#define BETWEEN between_avx2
#include "data/json_window.h"

#define WALK walk_avx512
#define TARGET PM_JSON_AVX512
#define LOOK look_avx512
#define LETTERS letters_avx512
#define BETWEEN between_avx512
#include "data/json_window.h"

#endif

static const char *walk(pm_json_scan *s, size_t at, seen *had) {
  if (s->widest == 1)
    return NULL;
#ifdef PM_JSON_X86
  int widest = s->widest ? s->widest : 64;
  if (widest >= 64 && __builtin_cpu_supports("avx512bw"))
    return walk_avx512(s, at, had);
  if (widest >= 32 && __builtin_cpu_supports("avx2"))
    return walk_avx2(s, at, had);
#endif
  return walk_plain(s, at, had);
}

/* The closing quote of the string whose inside is at `start`, or NULL: then
 * something is wrong. */
static inline const char *find_end(pm_json_scan *s, const char *start,
                                   seen *had) {
  pm_json_window *w = &s->window;
  size_t at = (size_t)(start - s->text);
  if (at < w->end && at + 64 >= w->end) {
    uint64_t stop;
    int done = take(w, ~(uint64_t)0 << (at + 64 - w->end), had, &stop);
    if (done > 0)
      return s->text + (w->end - 64) + __builtin_ctzll(stop);
    if (done < 0)
      return NULL;
    at = w->end;
  } else {
    w->carry = (pm_json_carry){0};
  }
  return walk(s, at, had);
}

const char *pm_json_string(pm_json_scan *s, const char *p) {
  const char *start = p + 1;
  seen had = {0};
  p = find_end(s, start, &had);
  bool high = had.high != 0;
  s->escaped = had.slash != 0;
  if (!p && !(p = walk_bytes(s, start, &high)))
    return NULL;
  if (high && !s->keep_bytes) {
    size_t len = (size_t)(p - start), valid = pm_utf8_check(start, len);
    if (valid < len)
      return pm_json_fail(s, start + valid, "invalid UTF-8 in a string");
  }
  return p + 1;
}
