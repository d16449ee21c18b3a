/*
 * What stands around a place where a sentence may end: read by the scanner of
 * sentence_rules.c, which decides.
 *
 *   ... word  terminators  closers  blanks  openers  word ...
 *       `before`                            | `next` `after`
 */
#ifndef PM_TEXT_SENTENCE_PLACE_H
#define PM_TEXT_SENTENCE_PLACE_H

#include <string.h>

#include "text/sentence_rules.h"
#include "text/sentence_word.h"

typedef struct pm_sentence_scan {
  const pm_sentence_rules *rules;
  pm_wrapping *wrapping;
  const unsigned char *s;
  size_t len;
  size_t first; /* where the sentence begins */
  size_t at;
  int open; /* parentheses opened and not closed before `at` */
} pm_sentence_scan;

typedef struct pm_sentence_place {
  size_t term;             /* the first terminator */
  size_t next;             /* what follows the blanks */
  size_t spaced_first;     /* after the first dot and blanks of ". . ." */
  int dots, spaced, marks; /* how many: dots, those after a blank, others */
  int wide;                /* a terminator that needs no blank after it */
  int closed;              /* a quote or parenthesis was closed after it */
  int parenthesis;         /* it was a parenthesis */
  int after_closer;        /* a quote or parenthesis was closed before it */
  int first;               /* nothing but blanks precede it in the sentence */
  int apart;               /* blanks follow */
  int line_end;            /* a line end that counts follows */
  size_t word;             /* the first character after openers */
  unsigned head;           /* and its class */
  pm_sentence_word before, after; /* when read */
} pm_sentence_place;

static inline int pm_sentence_is_at(const pm_sentence_scan *z, size_t at,
                                    const char *what) {
  size_t size = strlen(what);
  return z->len - at >= size && memcmp(z->s + at, what, size) == 0;
}

/* The first stop from z->at on, or len: its class and size. Terminators, line
 * ends and ) are; parentheses that open before it are counted. */
size_t pm_sentence_find_stop(pm_sentence_scan *z, unsigned *class,
                             unsigned *size);

/* Skips blanks, and line ends that only wrap; what begins after them. Sets
 * `*line_end` when one that counts was skipped too. */
size_t pm_sentence_skip_blanks(pm_sentence_scan *z, size_t at, int *line_end);

/* Reads what is around the terminators from `term` on, but for the words: most
 * places are decided without. */
void pm_sentence_read_place(pm_sentence_scan *z, size_t term,
                            pm_sentence_place *p);
void pm_sentence_read_words(const pm_sentence_scan *z, pm_sentence_place *p);

#endif
