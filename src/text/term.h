/*
 * Terms: the words, numbers, links and marks of a text, folded and hashed in
 * one pass. This is what lexicons and block measures read: rougher than UAX
 * #29 words and several times faster, which is right for counting cues and
 * wrong for anything a user sees.
 */
#ifndef PM_TERM_H
#define PM_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum pm_term_kind {
  PM_TERM_WORD,      /* letters, with apostrophes and later digits inside */
  PM_TERM_NUMBER,    /* starts with a digit: "3", "1,200.50", "10:30", "4th" */
  PM_TERM_LINK,      /* http://..., https://... or www.... up to a blank */
  PM_TERM_COPYRIGHT, /* the sign */
  PM_TERM_STOP,      /* . ! ? and their CJK forms */
  PM_TERM_ELLIPSIS,  /* the character, or three full stops */
  PM_TERM_COMMA,     /* , ; */
  PM_TERM_COLON,
  PM_TERM_QUOTE,     /* straight double, curly, angle */
  PM_TERM_BRACKET,   /* ( ) [ ] { } */
  PM_TERM_SEPARATOR, /* | > and the dots, arrows and bullets menus use */
  PM_TERM_AT,
  PM_TERM_DASH, /* joins words: "sign-up" */
  PM_TERM_OTHER /* any other sign */
} pm_term_kind;

typedef enum pm_term_shape {
  PM_TERM_LOWER,   /* starts with a small letter, or a script without case */
  PM_TERM_CAPITAL, /* starts with a capital, goes on with small letters */
  PM_TERM_UPPER    /* two capitals or more and no small letter */
} pm_term_shape;

typedef struct pm_term {
  size_t start, end; /* bytes, end excluded */
  uint64_t hash;     /* of the folded word; one value for all numbers */
  pm_term_kind kind;
  pm_term_shape shape; /* of a word */
} pm_term;

/* The hash of every number, and of every link. */
#define PM_TERM_NUMBER_HASH UINT64_C(0x9e3779b97f4a7c15)
#define PM_TERM_LINK_HASH UINT64_C(0xc2b2ae3d27d4eb4f)
#define PM_TERM_COPYRIGHT_HASH UINT64_C(0x165667b19e3779f9)

/*
 * Reads the term at or after `*at` and moves `*at` behind it.
 *
 *   text  [len]  any bytes; what is no UTF-8 counts as letters
 *
 * Returns false at the end of the text. Words fold by ASCII and Latin-1 case,
 * and all apostrophes are one. O(bytes read), no allocation.
 */
bool pm_term_next(const char *text, size_t len, size_t *at, pm_term *out);

/* Spreads all bits of `h` over all bits: the finalizer of MurmurHash3. */
static inline uint64_t pm_term_mix(uint64_t h) {
  h ^= h >> 33;
  h *= UINT64_C(0xff51afd7ed558ccd);
  h ^= h >> 33;
  h *= UINT64_C(0xc4ceb9fe1a85ec53);
  return h ^ (h >> 33);
}

#endif
