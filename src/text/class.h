/*
 * Classes of characters as the rules of UAX #29 need them (words, graphemes,
 * sentences), and the patterns of byte-pair encoders. The tables come from
 * scripts/unicode_tables.lua; the order of the names here is the order there.
 *
 * Text is UTF-8 and may be broken. Each byte that is not part of a well-formed
 * character counts as a character of its own, of class Other.
 */
#ifndef PM_TEXT_CLASS_H
#define PM_TEXT_CLASS_H

#include <stddef.h>
#include <stdint.h>

enum pm_word_class {
  PM_WORD_OTHER,
  PM_WORD_PICT, /* Extended_Pictographic */
  PM_WORD_DOUBLE_QUOTE,
  PM_WORD_CR,
  PM_WORD_LF,
  PM_WORD_NEWLINE,
  PM_WORD_SPACE,
  PM_WORD_RI, /* Regional_Indicator */
  PM_WORD_MID_NUM,
  PM_WORD_MID_NUM_LET,
  PM_WORD_SINGLE_QUOTE,
  PM_WORD_MID_LETTER,
  PM_WORD_EXTEND,
  PM_WORD_FORMAT,
  PM_WORD_ZWJ,
  PM_WORD_EXTEND_NUM_LET,
  PM_WORD_KATAKANA,
  PM_WORD_NUMERIC,
  PM_WORD_LETTER,      /* ALetter */
  PM_WORD_PICT_LETTER, /* ALetter and Extended_Pictographic */
  PM_WORD_HEBREW_LETTER,
  PM_WORD_IDEOGRAPH, /* Other, but a word: also Hiragana, Thai and its kin */
};

enum pm_grapheme_class {
  PM_GRAPHEME_OTHER,
  PM_GRAPHEME_PICT,
  PM_GRAPHEME_LV,
  PM_GRAPHEME_LVT,
  PM_GRAPHEME_EXTEND,
  PM_GRAPHEME_SPACING_MARK,
  PM_GRAPHEME_ZWJ,
  PM_GRAPHEME_CONTROL,
  PM_GRAPHEME_CR,
  PM_GRAPHEME_LF,
  PM_GRAPHEME_PREPEND,
  PM_GRAPHEME_RI,
  PM_GRAPHEME_L,
  PM_GRAPHEME_V,
  PM_GRAPHEME_T,
};

enum pm_sentence_class {
  PM_SENTENCE_OTHER,
  PM_SENTENCE_CLOSE,
  PM_SENTENCE_CONTINUE, /* SContinue */
  PM_SENTENCE_NUMERIC,
  PM_SENTENCE_LOWER,
  PM_SENTENCE_UPPER,
  PM_SENTENCE_LETTER, /* OLetter */
  PM_SENTENCE_EXTEND,
  PM_SENTENCE_FORMAT,
  PM_SENTENCE_SPACE, /* Sp, with the next four: White_Space without them */
  PM_SENTENCE_ATERM,
  PM_SENTENCE_STERM,
  PM_SENTENCE_SEP,
  PM_SENTENCE_CR,
  PM_SENTENCE_LF,
};

/* What the patterns of byte-pair encoders tell apart: see bpe_split.h. */
enum pm_piece_class {
  PM_PIECE_OTHER,
  PM_PIECE_MARK,    /* \p{M} */
  PM_PIECE_SPACE,   /* \s without the next */
  PM_PIECE_NEWLINE, /* CR, LF */
  PM_PIECE_NUMBER,  /* \p{N} */
  PM_PIECE_LOWER,   /* \p{Ll}, with the next two: \p{L} */
  PM_PIECE_UPPER,   /* \p{Lu}, \p{Lt} */
  PM_PIECE_LETTER,  /* \p{Lm}, \p{Lo} */
};

#define PM_CLASS_BLOCKS (0x110000 >> 6)

extern const uint16_t pm_word_index[PM_CLASS_BLOCKS];
extern const uint8_t pm_word_block[][64];
extern const uint16_t pm_grapheme_index[PM_CLASS_BLOCKS];
extern const uint8_t pm_grapheme_block[][64];
extern const uint16_t pm_sentence_index[PM_CLASS_BLOCKS];
extern const uint8_t pm_sentence_block[][64];
extern const uint16_t pm_piece_index[PM_CLASS_BLOCKS];
extern const uint8_t pm_piece_block[][64];

/* The same as pm_class where s[0] is not ASCII. */
static inline unsigned pm_class_wide(const uint16_t *index,
                                     const uint8_t (*block)[64],
                                     const unsigned char *s, size_t room,
                                     unsigned *size) {
  unsigned lead = s[0];
  *size = 1;
  if (room < 2 || (s[1] & 0xC0) != 0x80)
    return 0;
  if (lead < 0xE0) {
    if (lead < 0xC2)
      return 0;
    *size = 2;
    return block[index[lead & 0x1F]][s[1] & 63];
  }
  unsigned row = (lead & 0x0F) << 6 | (s[1] & 63);
  if (room < 3 || (s[2] & 0xC0) != 0x80)
    return 0;
  if (lead < 0xF0) {
    /* overlong below U+0800; surrogates from U+D800 to U+DFFF */
    if (row < 0x800 >> 6 || (row & ~31u) == 0xD800 >> 6)
      return 0;
    *size = 3;
    return block[index[row]][s[2] & 63];
  }
  if (lead > 0xF4 || room < 4 || (s[3] & 0xC0) != 0x80)
    return 0;
  row = (lead & 7) << 12 | (s[1] & 63u) << 6 | (s[2] & 63u);
  if (row < 0x10000 >> 6 || row >= PM_CLASS_BLOCKS)
    return 0;
  *size = 4;
  return block[index[row]][s[3] & 63];
}

/*
 * The class of the character at s[0], by one pair of the tables above, and in
 * `*size` how many bytes it takes.
 *
 *   s  [room]  room >= 1
 */
static inline __attribute__((always_inline)) unsigned
pm_class(const uint16_t *index, const uint8_t (*block)[64],
         const unsigned char *s, size_t room, unsigned *size) {
  unsigned lead = s[0];
  *size = 1;
  if (lead < 0x80)
    return block[lead >> 6][lead & 63];
  return pm_class_wide(index, block, s, room, size);
}

static inline unsigned pm_word_class(const unsigned char *s, size_t room,
                                     unsigned *size) {
  return pm_class(pm_word_index, pm_word_block, s, room, size);
}

static inline unsigned pm_grapheme_class(const unsigned char *s, size_t room,
                                         unsigned *size) {
  return pm_class(pm_grapheme_index, pm_grapheme_block, s, room, size);
}

static inline unsigned pm_sentence_class(const unsigned char *s, size_t room,
                                         unsigned *size) {
  return pm_class(pm_sentence_index, pm_sentence_block, s, room, size);
}

static inline unsigned pm_piece_class(const unsigned char *s, size_t room,
                                      unsigned *size) {
  return pm_class(pm_piece_index, pm_piece_block, s, room, size);
}

/*
 * Bytes of the character that ends just before s[at], looking no further back
 * than s[first], first < at: what a walk forward over the same bytes gives.
 */
static inline unsigned pm_class_before(const unsigned char *s, size_t first,
                                       size_t at) {
  size_t lead = at - 1;
  while (lead > first && at - lead < 4 && (s[lead] & 0xC0) == 0x80)
    lead--;
  unsigned size;
  pm_class(pm_word_index, pm_word_block, s + lead, at - lead, &size);
  return lead + size == at ? size : 1;
}

/* White space as Unicode has it is what the sentence rules skip. */
static inline int pm_sentence_is_space(unsigned class) {
  return class == PM_SENTENCE_SPACE || class >= PM_SENTENCE_SEP;
}

#endif
