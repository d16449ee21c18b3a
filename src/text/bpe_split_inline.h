/*
 * The splitters for ASCII, inline: the encoder has some ten nanoseconds for a
 * piece, and knows which pattern it has.
 *
 * What the first two bytes of a piece are says what kind of piece it is; a
 * table has the answer for each pattern. Words then go sixteen bytes at a
 * time. What is not plain goes to pm_bpe_piece_end_plain.
 */
#ifndef PM_BPE_SPLIT_INLINE_H
#define PM_BPE_SPLIT_INLINE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "text/bpe_split.h"

/* The piece at `at` by the pattern, a character at a time. */
size_t pm_bpe_piece_end_plain(pm_bpe_pattern pattern, const unsigned char *s,
                              size_t len, size_t at);

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

/*
 * How many of the 16 bytes at `s` are letters from `a` to `z`, from the first
 * on; of either case when `fold` is 0x20.
 */
#ifdef __SSE2__
static inline unsigned pm_letters_leading(const unsigned char *s,
                                          unsigned char fold) {
  __m128i w = _mm_loadu_si128((const __m128i *)(const void *)s);
  w = _mm_or_si128(w, _mm_set1_epi8((char)fold));
  /* Moved so that a to z are the lowest of all signed bytes. */
  w = _mm_sub_epi8(w, _mm_set1_epi8((char)('a' + 128)));
  __m128i letters = _mm_cmplt_epi8(w, _mm_set1_epi8(-128 + 26));
  unsigned other = ~(unsigned)_mm_movemask_epi8(letters);
  return (unsigned)__builtin_ctz(other); /* bits above the 16 are set */
}
#else
static inline unsigned pm_letters_leading8(const unsigned char *s,
                                           unsigned char fold) {
  const uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones;
  uint64_t w;
  memcpy(&w, s, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  w = __builtin_bswap64(w);
#endif
  w |= fold * ones;
  uint64_t low = w & ~tops; /* no sum below carries into the next byte */
  uint64_t letters = (low + (0x80 - 'a') * ones) & ~(low + (0x7F - 'z') * ones);
  uint64_t other = ~(letters & ~w) & tops;
  return other ? (unsigned)__builtin_ctzll(other) / 8 : 8;
}

static inline unsigned pm_letters_leading(const unsigned char *s,
                                          unsigned char fold) {
  unsigned count = pm_letters_leading8(s, fold);
  return count < 8 ? count : 8 + pm_letters_leading8(s + 8, fold);
}
#endif

/* What a byte is. Other blanks: tab, VT, FF; high: not ASCII. */
enum {
  PM_BYTE_LOW,
  PM_BYTE_UPPER,
  PM_BYTE_DIGIT,
  PM_BYTE_SPACE,
  PM_BYTE_BLANK,
  PM_BYTE_NEWLINE,
  PM_BYTE_QUOTE,
  PM_BYTE_SIGN,
  PM_BYTE_HIGH,
  PM_BYTE_KINDS
};

extern const uint8_t pm_byte_kind[256];

/* What the piece is that begins with two kinds of bytes. */
enum {
  PM_PIECE_IS_WORD,   /* letters from the second byte on */
  PM_PIECE_IS_ONE,    /* the first byte */
  PM_PIECE_IS_SIGNS,  /* signs from the second byte on, then what may follow */
  PM_PIECE_IS_DIGITS, /* digits from the second byte on */
  PM_PIECE_IS_UNCLEAR
};

extern const uint8_t pm_piece_kind[][PM_BYTE_KINDS][PM_BYTE_KINDS];

/* The end of the letters at `at`, or 0 when it is unclear: no ASCII, or so near
 * the end of the text that 16 bytes are not there. */
static inline size_t pm_skip_letters(const unsigned char *s, size_t len,
                                     size_t at, unsigned char fold) {
  unsigned letters;
  do {
    if (len - at < 17)
      return 0;
    letters = pm_letters_leading(s + at, fold);
    at += letters;
  } while (letters == 16);
  return s[at] < 0x80 ? at : 0;
}

static inline size_t pm_skip_signs(const unsigned char *s, size_t len,
                                   size_t at) {
  while (at < len && (pm_byte_kind[s[at]] == PM_BYTE_SIGN ||
                      pm_byte_kind[s[at]] == PM_BYTE_QUOTE))
    at++;
  return at < len && s[at] < 0x80 ? at : 0;
}

/* The end of a word of o200k, of upper letters and then lower ones, from s[at]
 * or s[at + 1] on; 0 when it is unclear. */
static inline size_t pm_o200k_word(const unsigned char *s, size_t len,
                                   size_t at) {
  at += pm_byte_kind[s[at]] > PM_BYTE_UPPER;
  at += pm_byte_kind[s[at]] == PM_BYTE_UPPER; /* most have one or none */
  while (at < len && pm_byte_kind[s[at]] == PM_BYTE_UPPER)
    at++;
  size_t end = pm_skip_letters(s, len, at, 0);
  return end && s[end] == '\'' ? pm_skip_contraction(s, len, end, true) : end;
}

static inline size_t pm_ascii_piece_end(pm_bpe_pattern pattern,
                                        const unsigned char *s, size_t len,
                                        size_t at) {
  if (len - at < 4)
    return 0;
  switch (
      pm_piece_kind[pattern][pm_byte_kind[s[at]]][pm_byte_kind[s[at + 1]]]) {
  case PM_PIECE_IS_WORD:
    return pattern == PM_BPE_O200K ? pm_o200k_word(s, len, at)
                                   : pm_skip_letters(s, len, at + 1, 0x20);
  case PM_PIECE_IS_ONE: return at + 1;
  case PM_PIECE_IS_SIGNS: {
    size_t end = pm_skip_signs(s, len, at + 1);
    if (pattern != PM_BPE_R50K)
      while (end && end < len &&
             (s[end] == '\n' || s[end] == '\r' ||
              (pattern == PM_BPE_O200K && s[end] == '/')))
        end++;
    return end;
  }
  case PM_PIECE_IS_DIGITS: {
    size_t end = at + 1;
    size_t most = pattern == PM_BPE_R50K ? len : at + 3;
    while (end < most && pm_byte_kind[s[end]] == PM_BYTE_DIGIT)
      end++;
    return end < len && s[end] < 0x80 ? end : 0;
  }
  default: return 0;
  }
}

/* As pm_bpe_piece_end. */
static inline size_t pm_bpe_piece_end_inline(pm_bpe_pattern pattern,
                                             const unsigned char *s, size_t len,
                                             size_t at) {
  size_t end = pm_ascii_piece_end(pattern, s, len, at);
  return end ? end : pm_bpe_piece_end_plain(pattern, s, len, at);
}

#endif
