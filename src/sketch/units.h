/*
 * Units: what shingles are made of. A text is split into words or characters
 * and each is hashed in its folded form, in one pass over the bytes.
 *
 * A word is a run of letters and digits; in scripts written without spaces
 * (Han, Hiragana, Thai, Lao, Khmer, Burmese) each letter is a word. Folded
 * means: Unicode case folding and compatibility decomposition, accents and
 * other combining marks dropped (but not the kana voicing marks), characters
 * that do not show (soft hyphen, zero-width) left out. So "É", "é" and "e"
 * with an accent after it are one unit, and so are "Ａ" and "a".
 *
 * A byte that is not UTF-8 separates words, like a space.
 */
#ifndef PM_UNITS_H
#define PM_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pm_unit {
  uint64_t hash;       /* of the folded unit as UTF-8: word_hash.h */
  uint32_t start, end; /* its bytes in the text, `end` excluded */
} pm_unit;

/* A place in a text: {text, len} starts at the beginning. */
typedef struct pm_units {
  const char *text;
  size_t len; /* at most PM_TEXT_MAX */
  size_t at, end;
  bool in_word, any;
} pm_units;

/* The least `room` that pm_units_chars takes: what one character folds to. */
#define PM_UNITS_ROOM 32

/* Writes the next words to `out` [room], room >= 1. Returns how many, 0 at the
 * end of the text. Room for 128 or more is fast, less is slow. */
size_t pm_units_words(pm_units *u, pm_unit *out, size_t room);

/* Writes the next characters of the folded words to `out` [room], room >=
 * PM_UNITS_ROOM, with one unit for a space wherever something stands between
 * two words. Returns how many, 0 at the end of the text. */
size_t pm_units_chars(pm_units *u, pm_unit *out, size_t room);

/* The hash of one token: of the letters and digits in it, folded as one word
 * ("don't" is "dont"), or of all its characters where it has none. */
uint64_t pm_unit_hash(const char *token, size_t len);

#endif
