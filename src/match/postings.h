/*
 * Postings that grow: which documents have a hash. New ones go to a table in
 * memory; frozen, they are a segment (match/segment.h).
 *
 * Documents are numbered from 0 as they come. One that is gone counts where it
 * is asked what a source repeats, and is not found.
 *
 * What a document ignores follows the rule of match/candidates.h (a hash that
 * stands in many documents of its source is its frame), counted over those that
 * are here.
 */
#ifndef PM_POSTINGS_H
#define PM_POSTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "match/candidates.h"
#include "match/segment.h"

typedef struct pm_live pm_live;

typedef struct pm_postings {
  uint32_t docs, doc_room;
  uint32_t *source; /* [docs] of each, GONE set when it is gone */
  uint32_t *hashes; /* [docs] how many it has */
  uint32_t sources, source_room;
  uint32_t *pages; /* [sources] documents of each */
  uint32_t segments, segment_room;
  pm_segment *segment;
  uint32_t live_first; /* the first document that is in none of them */
  pm_live *live;
  uint32_t *shared, *met; /* [doc_room] all of `shared` are 0 */
} pm_postings;

/* A packed set (pm_shingle_pack) that is checked. */
typedef struct pm_packed {
  const char *data;
  uint32_t count;
  unsigned rate;
} pm_packed;

/* Postings that are all zeros are empty. */
void pm_postings_free(pm_postings *p);

/* Adds a document with the number `docs`. Returns 0, or -1 when memory is short
 * or there are 2^31 documents or 2^32 hashes; then nothing has changed. */
int pm_postings_add(pm_postings *p, uint32_t source, bool gone, pm_packed set);

/* Says of a document added since the last segment that it is gone. */
void pm_postings_drop(pm_postings *p, uint32_t doc);

bool pm_postings_is_gone(const pm_postings *p, uint32_t doc);

/* The source of a document. */
uint32_t pm_postings_source(const pm_postings *p, uint32_t doc);

/* Adds the documents of a segment, those with a number below `limit`, before
 * the first pm_postings_add. The segment has to stay where it is. Returns NULL,
 * or what is wrong. */
const char *pm_postings_attach(pm_postings *p, const pm_segment *s,
                               uint32_t limit);

/* The size of what was added since the last segment, as a segment; writes it to
 * `out`. Returns 0, or -1 when memory is short. */
size_t pm_postings_frozen(const pm_postings *p);
int pm_postings_freeze(const pm_postings *p, char *out);

/*
 * Says which hashes of a document, in the index or not, are its source's frame:
 * writes 1 or 0 to `ignored` [set.count] and returns how many.
 */
uint32_t pm_postings_frame(const pm_postings *p, pm_packed set, uint32_t source,
                           const pm_candidates_options *options,
                           uint8_t *ignored);

/*
 * Finds the documents that share hashes with a set. Writes their numbers to
 * `met`, ascending, and returns how many: those with `least` in common, or one
 * when either has no more than `least`, and with the share `enough` of the
 * hashes that the smaller one has.
 */
uint32_t pm_postings_meet(pm_postings *p, pm_packed set, const uint8_t *ignored,
                          uint32_t least, double enough);

/* Whether two sets share enough of what neither ignores, counted in the sample
 * that is common to both. */
bool pm_postings_worth(pm_packed a, const uint8_t *ignored_a, pm_packed b,
                       const uint8_t *ignored_b,
                       const pm_candidates_options *options);

#endif
