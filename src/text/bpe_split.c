/*
 * The patterns, a character at a time: each alternative is tried in its order,
 * and where backtracking would end is worked out beforehand.
 */
#include "text/bpe_split.h"

#include "text/bpe_split_inline.h"
#include "text/class.h"

static unsigned piece_at(const unsigned char *s, size_t len, size_t at,
                         unsigned *size) {
  return pm_piece_class(s + at, len - at, size);
}

/* The sets of classes that the patterns name, a bit for each class. */
enum {
  SET_WORD = 1 << PM_PIECE_LOWER | 1 << PM_PIECE_UPPER |
             1 << PM_PIECE_LETTER, /* \p{L} */
  SET_NUMBER = 1 << PM_PIECE_NUMBER,
  SET_BLANK = 1 << PM_PIECE_SPACE | 1 << PM_PIECE_NEWLINE,
  SET_SIGN = 1 << PM_PIECE_OTHER | 1 << PM_PIECE_MARK,
  SET_PREFIX = SET_SIGN | 1 << PM_PIECE_SPACE,
  SET_BOTH = 1 << PM_PIECE_LETTER | 1 << PM_PIECE_MARK, /* of either case */
  SET_HIGH = SET_BOTH | 1 << PM_PIECE_UPPER,
  SET_LOW = SET_BOTH | 1 << PM_PIECE_LOWER
};

/* The end of the characters of a set, from `at` on. */
static size_t skip_set(const unsigned char *s, size_t len, size_t at,
                       unsigned set) {
  unsigned size;
  while (at < len && (set >> piece_at(s, len, at, &size) & 1))
    at += size;
  return at;
}

static size_t skip_numbers(const unsigned char *s, size_t len, size_t at,
                           int most) {
  unsigned size;
  while (most-- > 0 && at < len &&
         piece_at(s, len, at, &size) == PM_PIECE_NUMBER)
    at += size;
  return at;
}

/*
 * The end of the piece of blanks at `at`: \s*[\r\n]+ if `newlines`, then
 * \s+(?!\S), then \s+. So up to the last line end; else all but the last
 * character, which goes with the word behind it, unless the text ends there.
 */
static size_t blank_end(const unsigned char *s, size_t len, size_t at,
                        bool newlines) {
  size_t end = at, last = at, line = at;
  unsigned size, class;
  while (end < len &&
         (SET_BLANK >> (class = piece_at(s, len, end, &size)) & 1)) {
    last = end;
    end += size;
    if (class == PM_PIECE_NEWLINE)
      line = end;
  }
  if (newlines && line > at)
    return line;
  return end == len || last == at ? end : last;
}

static size_t r50k_end(const unsigned char *s, size_t len, size_t at) {
  size_t end = pm_skip_contraction(s, len, at, false);
  if (end > at)
    return end;
  size_t start = at + (s[at] == ' ');
  if (start == len)
    return len;
  unsigned size, class = piece_at(s, len, start, &size);
  if (SET_WORD >> class & 1)
    return skip_set(s, len, start, SET_WORD);
  if (SET_BLANK >> class & 1)
    return blank_end(s, len, at, false);
  return skip_set(s, len, start,
                  class == PM_PIECE_NUMBER ? SET_NUMBER : SET_SIGN);
}

/* What cl100k and o200k share: the piece at `at` when it is no word. */
static size_t no_word_end(const unsigned char *s, size_t len, size_t at,
                          int digits, bool slashes) {
  unsigned size, class = piece_at(s, len, at, &size);
  if (class == PM_PIECE_NUMBER)
    return skip_numbers(s, len, at, digits);
  size_t start = at + (s[at] == ' ');
  if (start < len && (SET_SIGN >> piece_at(s, len, start, &size) & 1)) {
    size_t end = skip_set(s, len, start, SET_SIGN);
    while (end < len &&
           (s[end] == '\n' || s[end] == '\r' || (slashes && s[end] == '/')))
      end++;
    return end;
  }
  return blank_end(s, len, at, true);
}

static size_t cl100k_end(const unsigned char *s, size_t len, size_t at,
                         int digits) {
  size_t end = pm_skip_contraction(s, len, at, true);
  if (end > at)
    return end;
  unsigned size, class = piece_at(s, len, at, &size);
  if (SET_WORD >> class & 1)
    return skip_set(s, len, at, SET_WORD);
  if (SET_PREFIX >> class & 1) {
    size_t start = at + size;
    if (start < len && (SET_WORD >> piece_at(s, len, start, &size) & 1))
      return skip_set(s, len, start, SET_WORD);
  }
  return no_word_end(s, len, at, digits, false);
}

/* The end of the characters of SET_HIGH from `at` on; in *both the end of
 * the last one that is of either case, else `at`. */
static size_t skip_high(const unsigned char *s, size_t len, size_t at,
                        size_t *both) {
  unsigned size, class;
  *both = at;
  while (at < len && (SET_HIGH >> (class = piece_at(s, len, at, &size)) & 1)) {
    at += size;
    if (class != PM_PIECE_UPPER)
      *both = at;
  }
  return at;
}

/*
 * The end of the word of o200k that starts at `at`, its prefix left out, or
 * `at`. High letters, then at least one low one: when none follows, the last
 * high one that is low too takes its place. When there is none, high ones
 * alone, by the second alternative: then *second is set.
 */
static size_t o200k_word(const unsigned char *s, size_t len, size_t at,
                         bool *second) {
  size_t both, end = skip_high(s, len, at, &both);
  size_t low = skip_set(s, len, end, SET_LOW);
  *second = false;
  if (low > end)
    end = low;
  else if (both > at)
    end = both;
  else
    *second = true;
  return end > at ? pm_skip_contraction(s, len, end, true) : at;
}

static size_t o200k_end(const unsigned char *s, size_t len, size_t at) {
  unsigned size, class = piece_at(s, len, at, &size);
  bool second;
  if (SET_WORD >> class & 1)
    return o200k_word(s, len, at, &second);
  if (SET_PREFIX >> class & 1) {
    size_t start = at + size;
    size_t end = o200k_word(s, len, start, &second);
    if (class == PM_PIECE_MARK && (end == start || second))
      return pm_skip_contraction(s, len, start, true); /* the mark, a word */
    if (end > start)
      return end;
  }
  return no_word_end(s, len, at, 3, true);
}

size_t pm_bpe_piece_end_plain(pm_bpe_pattern pattern, const unsigned char *s,
                              size_t len, size_t at) {
  switch (pattern) {
  case PM_BPE_R50K: return r50k_end(s, len, at);
  case PM_BPE_QWEN2: return cl100k_end(s, len, at, 1);
  case PM_BPE_O200K: return o200k_end(s, len, at);
  default: return cl100k_end(s, len, at, 3);
  }
}

size_t pm_bpe_piece_end(pm_bpe_pattern pattern, const unsigned char *s,
                        size_t len, size_t at) {
  return pm_bpe_piece_end_inline(pattern, s, len, at);
}
