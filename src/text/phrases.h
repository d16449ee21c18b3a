/*
 * Phrases: tens of thousands of literals found in one pass over a text.
 *
 * At each byte a filter of 64 Ki bits or more, asked with a hash of the next
 * bytes (four, or as many as the shortest phrase has), says whether a phrase
 * may start there; most often it says no. Then the phrases with those first
 * bytes are a range of the sorted list, narrowed byte by byte.
 *
 * Caseless means that letters are equal whose simple case folding is, as long
 * as both take as many bytes in UTF-8 (all but a few such as U+212A KELVIN
 * SIGN). Offsets are bytes from 0.
 *
 * Time is O(len) where phrases start rarely, and at worst
 * O(len * longest phrase). Source: Wu and Manber 1994 for the idea of a
 * hashed window, without the shifts, which many phrases make short.
 */
#ifndef PM_PHRASES_H
#define PM_PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/spans.h"

typedef struct pm_phrase {
  const char *text;
  size_t len;
} pm_phrase;

enum {
  PM_PHRASES_CASELESS = 1,
  PM_PHRASES_WORDS = 2,  /* no letter, mark, digit or _ goes on before or
                            behind where the phrase has one at its edge */
  PM_PHRASES_OVERLAP = 4 /* all occurrences, not the leftmost longest ones */
};

typedef struct pm_phrases_slot {
  uint32_t key, from, to; /* the range of phrases; empty: a free slot */
} pm_phrases_slot;

typedef struct pm_phrases {
  char *bytes;                 /* folded, one behind the other */
  struct pm_phrases_one *list; /* [count], sorted */
  size_t count;                /* different ones */
  size_t given;                /* all; numbers are below this */
  pm_phrases_slot *slots;      /* [slot_mask + 1] by key, open addressing */
  uint32_t slot_mask;
  uint64_t *filter; /* [2^(26 - filter_shift)]: a bit for each top of a hash */
  unsigned slot_shift, filter_shift;
  uint16_t *fold; /* [0x800] of U+0080..U+07FF; NULL when all is ASCII */
  unsigned width; /* bytes in a key */
  int options;
} pm_phrases;

/*
 * Builds the zeroed *p from `count` phrases, none empty; equal ones count as
 * the first of them. Returns 0, or -1 when memory is short.
 */
int pm_phrases_open(pm_phrases *p, const pm_phrase *phrases, size_t count,
                    int options);

/* Frees what *p holds and zeroes it; a zeroed one is fine. */
void pm_phrases_close(pm_phrases *p);

/* Whether a text must be folded before it is searched (else case is dealt
 * with in passing). */
bool pm_phrases_must_fold(const pm_phrases *p);

/* Writes the folded `text` [len] to `out` [len]: byte for byte as long. */
void pm_phrases_fold(const pm_phrases *p, const char *text, size_t len,
                     char *out);

typedef struct pm_phrases_walk {
  const pm_phrases *phrases;
  const char *text; /* [len], folded if pm_phrases_must_fold */
  size_t len;
  size_t at;     /* where the search goes on */
  size_t passed; /* overlapping: occurrences that start there, given already */
} pm_phrases_walk;

/*
 * Finds the next `room` or fewer occurrences: their spans, and the number of
 * each phrase in the list. Returns how many; 0 at the end. In the order of
 * their starts, then of their lengths.
 */
size_t pm_phrases_next(pm_phrases_walk *w, pm_span *out, uint32_t *number,
                       size_t room);

#endif
