/*
 * Part of words_block.h: the characters of a block that are not ASCII. Each is
 * looked up and sets the bits of all its bytes in the mask of its role.
 */
#ifndef PM_TEXT_WORDS_LOOKUP_H
#define PM_TEXT_WORDS_LOOKUP_H

#include "text/class.h"

enum word_role {
  ROLE_NONE, /* a segment of its own */
  ROLE_LETTER,
  ROLE_DIGIT,
  ROLE_UNDERSCORE, /* ExtendNumLet */
  ROLE_KANA,
  ROLE_IDEOGRAPH,
  ROLE_HEBREW,
  ROLE_SPACE,
  ROLE_NEWLINE,
  ROLE_MID_LETTER,
  ROLE_MID_DIGIT,
  ROLE_MID_BOTH,
  ROLE_ATTACHED, /* belongs to the character before: WB4 */
  ROLE_ZWJ,      /* the same, but before a pictograph */
  ROLE_RI,
  ROLES
};

static const unsigned char word_role[] = {
    [PM_WORD_OTHER] = ROLE_NONE,
    [PM_WORD_PICT] = ROLE_NONE,
    [PM_WORD_NEWLINE] = ROLE_NEWLINE,
    [PM_WORD_SPACE] = ROLE_SPACE,
    [PM_WORD_RI] = ROLE_RI,
    [PM_WORD_MID_NUM] = ROLE_MID_DIGIT,
    [PM_WORD_MID_NUM_LET] = ROLE_MID_BOTH,
    [PM_WORD_MID_LETTER] = ROLE_MID_LETTER,
    [PM_WORD_EXTEND] = ROLE_ATTACHED,
    [PM_WORD_FORMAT] = ROLE_ATTACHED,
    [PM_WORD_ZWJ] = ROLE_ZWJ,
    [PM_WORD_EXTEND_NUM_LET] = ROLE_UNDERSCORE,
    [PM_WORD_KATAKANA] = ROLE_KANA,
    [PM_WORD_NUMERIC] = ROLE_DIGIT,
    [PM_WORD_LETTER] = ROLE_LETTER,
    [PM_WORD_PICT_LETTER] = ROLE_LETTER,
    [PM_WORD_HEBREW_LETTER] = ROLE_HEBREW,
    [PM_WORD_IDEOGRAPH] = ROLE_IDEOGRAPH,
};

/* A block while it is worked on. Bit i of a mask stands for byte s[i]. */
typedef struct word_block {
  const unsigned char *s;
  size_t left;          /* bytes of the text from s on */
  unsigned n;           /* bytes of the block: up to 64, then cut short */
  int stopped;          /* s[n] is for pm_word_end */
  int dirty;            /* the last block left bits in the masks */
  uint64_t mask[ROLES]; /* bytes of characters that are not ASCII, by role */
  uint64_t inner;       /* bytes with no boundary before them */
} word_block;

/* What is known of the character before the block: 0 or 1 each. */
typedef struct word_carry {
  uint64_t role[ROLE_HEBREW + 1]; /* it has this role, ASCII or not */
  uint64_t space, line_end;
  uint64_t taken; /* it is part of a span that comes out */
} word_carry;

static inline uint64_t word_low_bits(unsigned n) {
  return n >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1;
}

/* Cuts the block short before byte `at`, which is for pm_word_end. */
static inline void word_stop(word_block *b, unsigned at) {
  if (at < b->n) {
    b->n = at;
    b->stopped = 1;
  }
}

/* WB3c: does a pictograph follow? Also at the end of the text: ask the rules.
 */
static inline int word_before_pict(const word_block *b, unsigned at) {
  if (at >= b->left)
    return 1;
  unsigned size, class = pm_word_class(b->s + at, b->left - at, &size);
  return class == PM_WORD_PICT || class == PM_WORD_PICT_LETTER;
}

/* Sets the masks for the characters that `high` has the bytes of. */
static inline __attribute__((always_inline)) void word_look_up(word_block *b,
                                                               uint64_t high) {
  while (high) {
    unsigned at = (unsigned)__builtin_ctzll(high), size;
    unsigned class = pm_word_class(b->s + at, b->left - at, &size);
    if (at + size > b->n) { /* the next block begins with it */
      b->n = at;
      return;
    }
    unsigned role = word_role[class];
    if (role >= ROLE_ZWJ) {
      if (role == ROLE_RI || word_before_pict(b, at + size)) {
        word_stop(b, at);
        return;
      }
      role = ROLE_ATTACHED;
    }
    uint64_t bytes = word_low_bits(size) << at;
    b->mask[role] |= bytes;
    b->inner |= bytes & (bytes << 1);
    high &= ~bytes;
  }
}

/* The bits of `marks` that follow a bit of `base` with only marks between. */
static inline uint64_t word_spread(uint64_t base, uint64_t marks,
                                   uint64_t before) {
  uint64_t starts = marks & (base << 1 | before);
  return marks & ~(marks + starts);
}

/* WB4: a mark becomes what it stands on, `ascii` being the masks of that by
 * role. Marks on a line end, on what may be inside a word and on the block
 * before are for pm_word_end. */
static inline void word_attach(word_block *b, const uint64_t *ascii,
                               const word_carry *c) {
  uint64_t marks = b->mask[ROLE_ATTACHED], rest = marks;
  for (int i = ROLE_LETTER; i <= ROLE_HEBREW; i++) {
    uint64_t taken = word_spread(b->mask[i] | ascii[i], marks, c->role[i]);
    b->mask[i] |= taken;
    rest &= ~taken;
  }
  b->inner |= marks;
  uint64_t hard = b->mask[ROLE_NEWLINE] | b->mask[ROLE_MID_LETTER] |
                  b->mask[ROLE_MID_DIGIT] | b->mask[ROLE_MID_BOTH];
  for (uint64_t starts = rest & ~(rest << 1); starts; starts &= starts - 1) {
    unsigned at = (unsigned)__builtin_ctzll(starts);
    if (at == 0 || (hard >> (at - 1) & 1) ||
        (b->s[at - 1] < 0x80 && b->s[at - 1] != ' ')) {
      word_stop(b, at);
      return;
    }
  }
}

/* WB7a to WB7c: a quote after a Hebrew letter is for pm_word_end. */
static inline void word_check_hebrew(word_block *b, const word_carry *c) {
  uint64_t hebrew = b->mask[ROLE_HEBREW];
  for (uint64_t after = (hebrew << 1 | c->role[ROLE_HEBREW]) & ~hebrew; after;
       after &= after - 1) {
    unsigned at = (unsigned)__builtin_ctzll(after);
    if (at < b->left && (b->s[at] == '\'' || b->s[at] == '"'))
      word_stop(b, at);
  }
}

/* The bytes of `mids` that stand between two bytes of `around`: characters of
 * more than one byte, none of them the last of the block. */
static inline uint64_t word_wide_inside(const word_block *b, uint64_t mids,
                                        uint64_t around, uint64_t before) {
  uint64_t inside = 0;
  for (uint64_t leads = mids & ~b->inner & (around << 1 | before); leads;
       leads &= leads - 1) {
    unsigned at = (unsigned)__builtin_ctzll(leads);
    unsigned size = b->s[at] < 0xE0 ? 2 : b->s[at] < 0xF0 ? 3 : 4;
    if (at + size < 64 && around >> (at + size) & 1)
      inside |= word_low_bits(size) << at;
  }
  return inside;
}

#endif
