/*
 * Phrases of about one length: sorted, filed by how they begin, and with a
 * filter that tells where in a text one of them may start.
 *
 * The filter need not look at how a phrase begins. Of each one it knows the
 * windows that follow each other where the phrase has its rarest letters: one
 * if it looks at every place of a text, four if at every fourth, so that one
 * of them is looked at wherever the phrase stands. What a window says is how
 * far before it a phrase may have begun.
 */
#ifndef PM_TEXT_PHRASES_TABLE_H
#define PM_TEXT_PHRASES_TABLE_H

#include <stdbool.h>

#include "text/phrases_path.h"

/* A window begins fewer bytes than this behind the start of its phrase. */
enum { PM_PHRASES_BACK = 16 };

typedef struct pm_phrases_one {
  const char *text; /* [len], folded */
  uint64_t key;
  uint32_t len, number;
} pm_phrases_one;

typedef struct pm_phrases_slot {
  uint64_t key;
  uint32_t from, to; /* the range of phrases; empty: a free slot */
} pm_phrases_slot;

typedef struct pm_phrases_table {
  pm_phrases_one *list; /* [count], sorted by key, then bytes */
  size_t count;
  unsigned width;         /* bytes in a key, which begins a phrase: 1 to 8 */
  uint64_t used, fold;    /* bits that count in a key, and that are set */
  pm_phrases_slot *slots; /* [slot_mask + 1] by key, open addressing */
  uint32_t slot_mask;
  unsigned slot_shift;
  pm_phrases_filter filter;
  size_t window;     /* bytes in one: at most 8 */
  uint32_t *bits;    /* of the filter */
  uint16_t *offsets; /* [2^(32 - offset_shift)] by the hash of a window: bit i
                        is set if it may begin i bytes into a phrase */
  unsigned offset_shift;
} pm_phrases_table;

/*
 * Makes the zeroed *t of the phrases in t->list [count], whose key is not yet
 * set, all of `shortest` or more bytes. Equal ones count as the one with the
 * least number. `caseless`: letters in the text may be of either case; `few`:
 * they go into buckets too, so windows are looked at everywhere. Returns 0, or
 * -1 when memory is short.
 */
int pm_phrases_table_make(pm_phrases_table *t, size_t shortest, bool caseless,
                          bool few);

/* The (first) window [t->window] of the n-th phrase of the list. */
const char *pm_phrases_table_window(const pm_phrases_table *t, size_t n);

/* Frees what *t holds. */
void pm_phrases_table_free(pm_phrases_table *t);

/* The range of phrases that begin as `text` does, eight bytes that may be read;
 * *from == *to when there are none. */
void pm_phrases_table_range(const pm_phrases_table *t, const char *text,
                            uint32_t *from, uint32_t *to);

/* How many bytes before a window with this hash a phrase may begin: a bit for
 * each. The filter has gone by the top of the hash; this goes by its middle. */
static inline uint16_t *pm_phrases_table_offsets(const pm_phrases_table *t,
                                                 uint32_t hash) {
  return t->offsets + (hash * PM_PHRASES_SECOND >> t->offset_shift);
}

#endif
