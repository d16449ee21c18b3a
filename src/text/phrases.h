/*
 * Phrases: tens of thousands of literals found in one pass over a text.
 *
 * Phrases of one byte, of two and so on to seven, and those of eight and more,
 * have a table each, with a filter that most places of a text do not pass
 * (phrases_table.h). At those that do, the phrases which begin with the same
 * bytes are a range of the sorted list, narrowed byte by byte.
 *
 * Caseless means that letters are equal whose simple case folding is, as long
 * as both take as many bytes in UTF-8 (all but a few such as U+212A KELVIN
 * SIGN). Offsets are bytes from 0.
 *
 * Time is O(len) where phrases start rarely, and at worst
 * O(len * longest phrase). Source: Wu and Manber 1994 for hashed windows that
 * need not be looked at everywhere; here in vectors, as Teddy and FDR of
 * Hyperscan (Wang et al. 2019), and at the rarest place of each phrase.
 */
#ifndef PM_PHRASES_H
#define PM_PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/phrases_table.h"
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

enum { PM_PHRASES_TABLES = 8 };

typedef struct pm_phrases {
  char *bytes;                               /* folded, one behind the other */
  pm_phrases_table table[PM_PHRASES_TABLES]; /* from short to long */
  size_t count;                              /* different ones */
  size_t given;                              /* all; numbers are below this */
  uint16_t *fold;                            /* NULL when all is ASCII */
  pm_phrases_buckets buckets;                /* of the tables in `few` */
  unsigned few;                              /* a bit for each small table */
  uint8_t in_buckets[256];                   /* a bit for each table in these */
  const pm_phrases_path *path;
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

/* The filter looks at this many places at a time. */
enum { PM_PHRASES_BLOCK = 1024 };

typedef struct pm_phrases_walk {
  const pm_phrases *phrases;
  const char *text; /* [len], folded if pm_phrases_must_fold */
  size_t len;
  size_t at;     /* where the search goes on */
  size_t passed; /* overlapping: occurrences that start there, given already */
  size_t base, end; /* the block looked at: what is below tells of all places
                       before end - PM_PHRASES_BACK, from base - 64 on */
  uint64_t starts[1 + PM_PHRASES_BLOCK / 64]; /* a bit where one may start */
  uint8_t tables[64 + PM_PHRASES_BLOCK]; /* and then a bit for each table it
                                            may be of */
} pm_phrases_walk;

/* Starts a walk over `text` [len], folded if it must be. */
void pm_phrases_begin(pm_phrases_walk *w, const pm_phrases *p, const char *text,
                      size_t len);

/*
 * Finds the next `room` or fewer occurrences: their spans, and the number of
 * each phrase in the list. Returns how many; 0 at the end. In the order of
 * their starts, then of their lengths.
 */
size_t pm_phrases_next(pm_phrases_walk *w, pm_span *out, uint32_t *number,
                       size_t room);

#endif
