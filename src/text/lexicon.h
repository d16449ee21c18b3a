/*
 * A lexicon: words and phrases, each with a class, found in one pass over the
 * terms of a text. A trie over whole words in one hash table: a phrase of n
 * words is n steps, a word that starts no phrase is one look-up.
 */
#ifndef PM_LEXICON_H
#define PM_LEXICON_H

#include "text/term.h"

/* A class is a bit of a 64-bit mask; a phrase may have several. */

/* A phrase has at most this many words; longer ones are refused. */
#define PM_LEXICON_WORDS 12

typedef struct pm_lexicon_step {
  uint64_t key; /* of the node before and the word; 0: free */
  uint32_t node;
} pm_lexicon_step;

typedef struct pm_lexicon {
  pm_lexicon_step *steps; /* [room], open addressing */
  uint64_t *classes;      /* [room] of each node, 0: no phrase ends here */
  size_t room, nodes;     /* room is a power of 2, over twice the nodes */
  uint64_t starts[1024];  /* bits by hash: words that may start a phrase */
  uint64_t counted;       /* classes to count phrase by phrase */
  uint64_t covering;      /* classes whose words are counted as covered */
} pm_lexicon;

/*
 * Adds a phrase, read by terms: case and marks do not count. A leading "^"
 * ties it to the first word of a block, a trailing "$" to the last one, and
 * "#" stands for any number. A phrase added again has the classes of both.
 *
 * Returns 0; -1 when memory ran out; 1 when it has no word or too many. The
 * lexicon stays whole in any case.
 */
int pm_lexicon_add(pm_lexicon *lexicon, const char *phrase, size_t len,
                   uint64_t classes);

/* Frees what the lexicon holds and leaves it empty. */
void pm_lexicon_free(pm_lexicon *lexicon);

/* A phrase that has begun: the node it reached and the word it began at. */
typedef struct pm_lexicon_state {
  uint32_t node, from;
} pm_lexicon_state;

/* The phrases under way at one place of a block, and what was found so far. */
typedef struct pm_lexicon_walk {
  pm_lexicon_state open[PM_LEXICON_WORDS + 1];
  uint32_t opened, words, covered_to;
  uint64_t mask;    /* classes of which a phrase occurs */
  uint32_t count;   /* phrases of the counted classes */
  uint32_t covered; /* words inside phrases of the covering classes */
} pm_lexicon_walk;

/* Begins a block. */
void pm_lexicon_begin(const pm_lexicon *lexicon, pm_lexicon_walk *walk);

/* Goes on with a word; `broken` when a mark parts it from the one before. */
void pm_lexicon_word(const pm_lexicon *lexicon, pm_lexicon_walk *walk,
                     uint64_t hash, bool broken);

/* Ends the block: phrases tied to its last word are found here. */
void pm_lexicon_end(const pm_lexicon *lexicon, pm_lexicon_walk *walk);

#endif
