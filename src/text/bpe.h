/*
 * Byte-pair encoding: text to the ids of tokens and back.
 *
 * The text is cut at the special tokens that are asked for, then into pieces
 * (bpe_split.h), and the bytes of each piece are merged (bpe_merge.h), or
 * looked up where the same piece came before (bpe_cache.h). The tokens of a
 * text are all of its bytes, in order, whatever they are.
 *
 *   pm_bpe_init(b, alloc, ud)
 *   pm_vocab_add(&b->vocab, ...)                 or pm_ranks_read
 *   pm_bpe_derive(&b->pairs, &b->vocab)          or pm_pairs_add
 *   pm_bpe_finish(b)
 *
 * Memory beside the vocabulary: 12 MiB for what is remembered, and 32 bytes for
 * each byte of the longest piece. Not thread-safe: an encoder remembers.
 */
#ifndef PM_BPE_H
#define PM_BPE_H

#include <stdbool.h>

#include "text/bpe_cache.h"
#include "text/bpe_pairs.h"
#include "text/bpe_split.h"
#include "text/phrases.h"
#include "text/regex.h"

/* One pattern after the other: each cuts the pieces of the one before. What
 * lies between the matches of a pattern are pieces, too. */
#define PM_BPE_STAGES 8

typedef struct pm_bpe_stage {
  pm_bpe_pattern pattern;
  pm_regex *regex; /* for PM_BPE_REGEX; the caller's */
} pm_bpe_stage;

/* Strings with an id of their own, found before anything is cut; the longest
 * of those that start leftmost. */
typedef struct pm_bpe_special {
  pm_phrases phrases;
  uint32_t *ids; /* [phrases.given] */
} pm_bpe_special;

typedef struct pm_bpe {
  pm_vocab vocab;
  pm_pairs pairs;
  bool whole; /* a piece that is a token is not merged, whatever the rules */
  pm_bpe_stage stages[PM_BPE_STAGES];
  unsigned stage_count;      /* 0: the text is one piece */
  pm_bpe_special special[2]; /* found always; when asked for (these and all) */
  pm_cache cache;
  pm_buffer scratch;
} pm_bpe;

enum {
  PM_BPE_MEMORY = 1 /* memory is short, or the output is too long */
};

/* Makes *b empty; it can be closed. */
void pm_bpe_init(pm_bpe *b, pm_alloc *alloc, void *ud);

void pm_bpe_close(pm_bpe *b);

/* The first byte that is no token, or 256: without one no text is safe. */
unsigned pm_bpe_missing_byte(const pm_bpe *b);

/* When vocabulary and rules are complete, and no byte is missing. Returns 0,
 * or PM_BPE_MEMORY. */
int pm_bpe_finish(pm_bpe *b);

/* Sets the strings of special[which], once; their ids have been named by
 * pm_vocab_name after pm_bpe_finish. Returns 0, or PM_BPE_MEMORY. */
int pm_bpe_set_special(pm_bpe *b, int which, const pm_phrase *strings,
                       const uint32_t *ids, size_t count);

/*
 * Appends the ids of `text` [len <= PM_TEXT_MAX] to `out`, as uint32_t.
 * `special`: whether all special tokens are found, or only those that always
 * are. Returns 0, PM_BPE_MEMORY, or a negative code of pm_regex_message.
 * O(len log len) at worst, with a pattern of ours; O(len) on most texts.
 */
int pm_bpe_encode(pm_bpe *b, const char *text, size_t len, bool special,
                  pm_buffer *out);

/* Counts them instead. */
int pm_bpe_count(pm_bpe *b, const char *text, size_t len, bool special,
                 size_t *count);

/*
 * Appends the bytes of `ids` [count] to `out`. Returns 0; PM_BPE_MEMORY; or -1
 * with the place of an id that no token has in *bad.
 */
int pm_bpe_decode(const pm_bpe *b, const uint32_t *ids, size_t count,
                  pm_buffer *out, size_t *bad);

#endif
