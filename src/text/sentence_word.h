/* The words around a terminator, ready to be looked up. */
#ifndef PM_TEXT_SENTENCE_WORD_H
#define PM_TEXT_SENTENCE_WORD_H

#include "text/string_set.h"

#define PM_SENTENCE_WORD_MAX 40 /* bytes; longer ones are no abbreviations */

enum pm_sentence_word_kind {
  PM_WORD_IS_OTHER,   /* nothing, or a mixture: "x86", "a/b" */
  PM_WORD_IS_LETTERS, /* two letters or more */
  PM_WORD_IS_INITIAL, /* one letter */
  PM_WORD_IS_ACRONYM, /* letters with dots in between: "U.S", "z.B" */
  PM_WORD_IS_NUMBER,  /* digits */
};

typedef struct pm_sentence_word {
  char text[PM_SENTENCE_WORD_MAX + 8]; /* without the blank in "z. B" */
  char
      lower[2 * PM_SENTENCE_WORD_MAX]; /* in lower case, if that has capitals */
  size_t len, lower_len;
  uint32_t hash, lower_hash; /* of string_set.h */
  size_t start;              /* where it begins */
  size_t tail;               /* where "ing" begins in "l'ing", or 0 */
  int kind;                  /* pm_sentence_word_kind */
  int capital, shouts;       /* begins with a capital; is all capitals */
} pm_sentence_word;

/* Reads the word that ends at `at`, not looking before `first`. */
void pm_sentence_word_before(pm_sentence_word *word, const unsigned char *s,
                             size_t first, size_t at);

/* Reads the word that begins at `at`, up to the apostrophe in "it's"; that
 * counts as its last letter (as ') when the word is a single letter: "l'". */
void pm_sentence_word_after(pm_sentence_word *word, const unsigned char *s,
                            size_t len, size_t at);

/* Is the word in the set (or NULL)? What the set has in lower case is found
 * however the word is written, what it has with a capital also in capitals. */
int pm_sentence_word_in(const pm_sentence_word *word, const pm_string_set *set);

#endif
