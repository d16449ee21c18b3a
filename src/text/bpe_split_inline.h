/*
 * The splitters themselves, inline: the encoder goes through a piece in some
 * ten nanoseconds, and knows which pattern it has.
 *
 * Each alternative of a pattern is tried in its order, and where backtracking
 * would end is worked out beforehand. What is most of a text, ASCII letters,
 * goes eight bytes at a time.
 */
#ifndef PM_BPE_SPLIT_INLINE_H
#define PM_BPE_SPLIT_INLINE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text/bpe_split.h"
#include "text/class.h"

#define PM_ONES 0x0101010101010101u

/* Eight bytes; the one at the lowest address is the lowest. */
static inline uint64_t pm_load8(const unsigned char *s) {
  uint64_t w;
  memcpy(&w, s, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  w = __builtin_bswap64(w);
#endif
  return w;
}

/* The top bit of each byte that is from `first` to `last`, both ASCII. */
static inline uint64_t pm_bytes_within(uint64_t w, unsigned char first,
                                       unsigned char last) {
  uint64_t low = w & ~(0x80 * PM_ONES);
  uint64_t reached = low + (uint64_t)(0x80 - first) * PM_ONES;
  uint64_t passed = low + (uint64_t)(0x7F - last) * PM_ONES;
  return reached & ~passed & ~w & (0x80 * PM_ONES);
}

/* How many bytes from the first on have their top bit, 0 to 8. */
static inline unsigned pm_bytes_leading(uint64_t top) {
  uint64_t other = top ^ (0x80 * PM_ONES);
  return other ? (unsigned)__builtin_ctzll(other) >> 3 : 8;
}

static inline unsigned pm_piece_at(const unsigned char *s, size_t len,
                                   size_t at, unsigned *size) {
  return pm_piece_class(s + at, len - at, size);
}

/* The sets of classes that the patterns name, a bit for each class. */
enum {
  PM_SET_WORD = 1 << PM_PIECE_LOWER | 1 << PM_PIECE_UPPER |
                1 << PM_PIECE_LETTER, /* \p{L} */
  PM_SET_NUMBER = 1 << PM_PIECE_NUMBER,
  PM_SET_BLANK = 1 << PM_PIECE_SPACE | 1 << PM_PIECE_NEWLINE,
  PM_SET_SIGN = 1 << PM_PIECE_OTHER | 1 << PM_PIECE_MARK,
  PM_SET_PREFIX = PM_SET_SIGN | 1 << PM_PIECE_SPACE,
  PM_SET_BOTH = 1 << PM_PIECE_LETTER | 1 << PM_PIECE_MARK, /* of either case */
  PM_SET_HIGH = PM_SET_BOTH | 1 << PM_PIECE_UPPER,
  PM_SET_LOW = PM_SET_BOTH | 1 << PM_PIECE_LOWER
};

/* The end of the characters of a set, from `at` on. */
static inline size_t pm_skip_set(const unsigned char *s, size_t len, size_t at,
                                 unsigned set) {
  unsigned size;
  while (at < len && (set >> pm_piece_at(s, len, at, &size) & 1))
    at += size;
  return at;
}

static inline size_t pm_skip_letters(const unsigned char *s, size_t len,
                                     size_t at) {
  while (at + 8 <= len) {
    uint64_t w = pm_load8(s + at) | 0x20 * PM_ONES;
    unsigned letters = pm_bytes_leading(pm_bytes_within(w, 'a', 'z'));
    at += letters;
    if (letters < 8) {
      if (s[at] < 0x80)
        return at;
      size_t end = pm_skip_set(s, len, at, PM_SET_WORD);
      if (end == at)
        return at;
      at = end;
    }
  }
  return pm_skip_set(s, len, at, PM_SET_WORD);
}

/* The end of 's 't 're 've 'm 'll 'd at `at`, or `at`. U+017F, the long s, is
 * an s when case does not matter. */
static inline size_t pm_skip_contraction(const unsigned char *s, size_t len,
                                         size_t at, bool caseless) {
  if (len - at < 2 || s[at] != '\'')
    return at;
  unsigned fold = caseless ? 0x20 : 0;
  unsigned first = s[at + 1] | fold;
  if (first == 's' || first == 't' || first == 'm' || first == 'd')
    return at + 2;
  if (len - at < 3)
    return at;
  unsigned second = s[at + 2] | fold;
  if ((first == 'r' || first == 'v') ? second == 'e'
                                     : first == 'l' && second == 'l')
    return at + 3;
  if (caseless && s[at + 1] == 0xC5 && s[at + 2] == 0xBF)
    return at + 3;
  return at;
}

static inline size_t pm_skip_numbers(const unsigned char *s, size_t len,
                                     size_t at, int most) {
  unsigned size;
  while (most-- > 0 && at < len &&
         pm_piece_at(s, len, at, &size) == PM_PIECE_NUMBER)
    at += size;
  return at;
}

/*
 * The end of the piece of blanks at `at`: \s*[\r\n]+ if `newlines`, then
 * \s+(?!\S), then \s+. So up to the last line end; else all but the last
 * character, which goes with the word behind it, unless the text ends there.
 */
static inline size_t pm_blank_end(const unsigned char *s, size_t len, size_t at,
                                  bool newlines) {
  size_t end = at, last = at, line = at;
  unsigned size, class;
  while (end < len &&
         (PM_SET_BLANK >> (class = pm_piece_at(s, len, end, &size)) & 1)) {
    last = end;
    end += size;
    if (class == PM_PIECE_NEWLINE)
      line = end;
  }
  if (newlines && line > at)
    return line;
  return end == len || last == at ? end : last;
}

static inline size_t pm_r50k_end(const unsigned char *s, size_t len,
                                 size_t at) {
  size_t end = pm_skip_contraction(s, len, at, false);
  if (end > at)
    return end;
  size_t start = at + (s[at] == ' ');
  if (start == len)
    return len;
  unsigned size, class = pm_piece_at(s, len, start, &size);
  if (PM_SET_WORD >> class & 1)
    return pm_skip_letters(s, len, start);
  if (PM_SET_BLANK >> class & 1)
    return pm_blank_end(s, len, at, false);
  return pm_skip_set(s, len, start,
                     class == PM_PIECE_NUMBER ? PM_SET_NUMBER : PM_SET_SIGN);
}

/* What cl100k and o200k share: the piece at `at` when it is no word. */
static inline size_t pm_no_word_end(const unsigned char *s, size_t len,
                                    size_t at, int digits, bool slashes) {
  unsigned size, class = pm_piece_at(s, len, at, &size);
  if (class == PM_PIECE_NUMBER)
    return pm_skip_numbers(s, len, at, digits);
  size_t start = at + (s[at] == ' ');
  if (start < len && (PM_SET_SIGN >> pm_piece_at(s, len, start, &size) & 1)) {
    size_t end = pm_skip_set(s, len, start, PM_SET_SIGN);
    while (end < len &&
           (s[end] == '\n' || s[end] == '\r' || (slashes && s[end] == '/')))
      end++;
    return end;
  }
  return pm_blank_end(s, len, at, true);
}

static inline size_t pm_cl100k_end(const unsigned char *s, size_t len,
                                   size_t at, int digits) {
  size_t end = pm_skip_contraction(s, len, at, true);
  if (end > at)
    return end;
  unsigned size, class = pm_piece_at(s, len, at, &size);
  if (PM_SET_WORD >> class & 1)
    return pm_skip_letters(s, len, at);
  if (PM_SET_PREFIX >> class & 1) {
    size_t start = at + size;
    if (start < len && (PM_SET_WORD >> pm_piece_at(s, len, start, &size) & 1))
      return pm_skip_letters(s, len, start);
  }
  return pm_no_word_end(s, len, at, digits, false);
}

/* The end of the characters of PM_SET_HIGH from `at` on; in *both the end of
 * the last one that is of either case, else `at`. */
static inline size_t pm_skip_high(const unsigned char *s, size_t len, size_t at,
                                  size_t *both) {
  unsigned size, class;
  *both = at;
  while (at < len &&
         (PM_SET_HIGH >> (class = pm_piece_at(s, len, at, &size)) & 1)) {
    at += size;
    if (class != PM_PIECE_UPPER)
      *both = at;
  }
  return at;
}

static inline size_t pm_skip_low(const unsigned char *s, size_t len,
                                 size_t at) {
  while (at + 8 <= len) {
    unsigned letters =
        pm_bytes_leading(pm_bytes_within(pm_load8(s + at), 'a', 'z'));
    at += letters;
    if (letters < 8) {
      if (s[at] < 0x80)
        return at;
      size_t end = pm_skip_set(s, len, at, PM_SET_LOW);
      if (end == at)
        return at;
      at = end;
    }
  }
  return pm_skip_set(s, len, at, PM_SET_LOW);
}

/*
 * The end of the word of o200k that starts at `at`, its prefix left out, or
 * `at`. High letters, then at least one low one: when none follows, the last
 * high one that is low too takes its place. When there is none, high ones
 * alone, by the second alternative: then *second is set.
 */
static inline size_t pm_o200k_word(const unsigned char *s, size_t len,
                                   size_t at, bool *second) {
  size_t both, end = pm_skip_high(s, len, at, &both);
  size_t low = pm_skip_low(s, len, end);
  *second = false;
  if (low > end)
    end = low;
  else if (both > at)
    end = both;
  else
    *second = true;
  return end > at ? pm_skip_contraction(s, len, end, true) : at;
}

static inline size_t pm_o200k_end(const unsigned char *s, size_t len,
                                  size_t at) {
  unsigned size, class = pm_piece_at(s, len, at, &size);
  bool second;
  if (PM_SET_WORD >> class & 1)
    return pm_o200k_word(s, len, at, &second);
  if (PM_SET_PREFIX >> class & 1) {
    size_t start = at + size;
    size_t end = pm_o200k_word(s, len, start, &second);
    if (class == PM_PIECE_MARK && (end == start || second))
      return pm_skip_contraction(s, len, start, true); /* the mark, a word */
    if (end > start)
      return end;
  }
  return pm_no_word_end(s, len, at, 3, true);
}

static inline size_t pm_bpe_piece_end_inline(pm_bpe_pattern pattern,
                                             const unsigned char *s, size_t len,
                                             size_t at) {
  switch (pattern) {
  case PM_BPE_R50K: return pm_r50k_end(s, len, at);
  case PM_BPE_QWEN2: return pm_cl100k_end(s, len, at, 1);
  case PM_BPE_O200K: return pm_o200k_end(s, len, at);
  default: return pm_cl100k_end(s, len, at, 3);
  }
}

#endif
