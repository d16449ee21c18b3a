/*
 * Blocks: the lines of a text, or the paragraphs where lines were wrapped at a
 * fixed width, and what can be counted of each in one pass. Cleaners decide
 * over blocks; they never cut inside one.
 */
#ifndef PM_BLOCK_H
#define PM_BLOCK_H

#include "text/lexicon.h"

typedef enum pm_block_end {
  PM_BLOCK_BARE, /* ends in a word, or a sign that says nothing */
  PM_BLOCK_STOP,
  PM_BLOCK_COLON,
  PM_BLOCK_ELLIPSIS,
  PM_BLOCK_COMMA
} pm_block_end;

typedef enum pm_block_start {
  PM_BLOCK_SMALL, /* begins with a small letter */
  PM_BLOCK_BIG,
  PM_BLOCK_DIGIT,
  PM_BLOCK_QUOTE,
  PM_BLOCK_SIGN,
  PM_BLOCK_NOTE /* "[3]: http://...": the links of a text, below it */
} pm_block_start;

typedef struct pm_block {
  size_t start, end;   /* bytes without the blanks around, end excluded */
  uint32_t gap;        /* empty lines before it */
  uint32_t words;      /* words, numbers and links */
  uint32_t characters; /* without blanks; a rough measure of length */
  uint32_t lower, capital, upper, numbers, links; /* words by shape */
  uint32_t sentences; /* stops after a word with a small letter */
  uint32_t commas, quotes, separators, brackets, ats;
  uint32_t common;  /* words of the lexicon's counted classes */
  uint32_t covered; /* words inside its other phrases */
  uint64_t mask;    /* classes of phrases that occur */
  uint64_t exact;   /* hash of the words; numbers count as one */
  uint64_t masked;  /* the same with names, numbers and links left out */
  uint32_t plain;   /* words that `masked` stands for */
  pm_block_start opening;
  pm_block_end ending;
} pm_block;

/*
 * Finds where lines were wrapped: the width of the text in characters when
 * most lines that have a neighbour were broken because the next word did not
 * fit, else 0. O(len).
 */
size_t pm_block_wrap(const char *text, size_t len);

/*
 * Reads the block at or after `*at`, moves `*at` behind its line and measures
 * it. `width` is what pm_block_wrap said of the text.
 *
 * Returns false at the end of the text. O(bytes read), no allocation.
 */
bool pm_block_next(const char *text, size_t len, size_t width,
                   const pm_lexicon *lexicon, size_t *at, pm_block *out);

/*
 * Writes the smallest different hashes of the runs of three words of a piece
 * of text, ascending: what near copies of a block have in common.
 *
 *   out  [room]  hashes; numbers count as one word
 *
 * Returns how many were written. O(len * room). Source: Broder 1997, the
 * bottom-k sketch of "On the resemblance and containment of documents".
 */
size_t pm_block_sketch(const char *text, size_t len, uint64_t *out,
                       size_t room);

#endif
