/*
 * Pairs of documents worth comparing: an inverted index over the hashes of
 * all of them, built, asked and thrown away.
 *
 * A hash that stands in many documents of one source (pages of one outlet) is
 * taken for what that source prints on its pages and is ignored there; in many
 * sources it stays, as does a story that many outlets carry. A document that
 * is for the most part made of such hashes is a copy rather than a page with a
 * frame, and keeps them all.
 *
 * Where a hash stands in very many documents, each is paired with the few that
 * come first by rank and with its neighbour, so that pairs stay linear in the
 * documents; ranks are the order in which documents should be kept, so that
 * the one that stays meets all the others.
 *
 * Most hashes stand in one document. They make no pair and are forgotten as
 * soon as they are seen to be alone, a part of all hashes at a time: that is
 * why it takes about eight bytes for each hash that recurs, and little more.
 */
#ifndef PM_CANDIDATES_H
#define PM_CANDIDATES_H

#include <stddef.h>
#include <stdint.h>

#include "sketch/shingle.h"

/* One document: a packed set (pm_shingle_pack) and what is known of it. */
typedef struct pm_candidate {
  const char *packed;
  uint32_t count; /* hashes in it */
  uint32_t rate;  /* of its sample, see pm_shingle_sampled; at most 63 */
  uint32_t source;
  uint32_t rank; /* the lower, the sooner kept */
} pm_candidate;

typedef struct pm_candidates_options {
  uint32_t repeats;   /* most documents of a source that may share a hash, */
  double repeat_rate; /* or this share of the source's documents if more */
  double frame_most;  /* share of a document's hashes that may be ignored */
  uint32_t least;     /* hashes a pair must share, */
  double share;       /* and share of the smaller one's hashes */
} pm_candidates_options;

/* A hash that a source repeats. */
typedef struct pm_repeated {
  uint64_t hash;
  uint32_t source;
  uint32_t group; /* of the hash */
} pm_repeated;

/* What is asked of each document that is met: one line of the cache, as
 * documents lie all over the memory. */
typedef struct pm_candidate_brief {
  uint32_t kept;  /* its hashes that are not ignored */
  uint32_t large; /* its large groups */
  uint32_t rate;
  uint32_t crowded; /* large groups whose bit is that of another one */
  uint64_t bits[6]; /* one bit for each large group */
} pm_candidate_brief;

_Static_assert(sizeof(pm_candidate_brief) == 64, "a line of the cache");

typedef struct pm_index {
  const pm_candidate *doc;
  uint32_t docs;
  const pm_candidates_options *options;
  uint32_t *member; /* groups: how many documents, then their numbers */
  uint32_t *group;  /* document by document: where its small groups begin in
                       `member`, then the numbers of its large ones */
  uint64_t *first;  /* [docs + 1] of a document in `group` */
  uint32_t *spot;   /* which one of a large group it is, beside its number */
  uint32_t *place;  /* of the large groups in `member` */
  uint64_t *marked; /* large groups of the current document, one bit each */
  uint32_t *kept;   /* [docs * levels] its hashes that are not ignored, at the
                       rates `sparse` - levels + 1 to `sparse` */
  pm_candidate_brief *brief; /* [docs] */
  uint32_t *shared; /* [docs] small groups in common with the current one */
  uint32_t *met;    /* [docs] which ones */
  uint8_t *is_copy; /* [docs] and no page with a frame */
  uint64_t *frame;  /* source by source: the hashes it repeats, ascending */
  uint32_t *frame_first; /* [sources + 1] of a source in `frame` */
  uint32_t levels, sparse;
} pm_index;

/* Bytes of scratch memory for the documents, from `sources` sources; they have
 * fewer than 2^31 hashes in all. It is an upper limit, of which hashes that
 * stand alone leave most untouched. */
size_t pm_candidates_scratch(const pm_candidate *doc, uint32_t docs,
                             uint32_t sources,
                             const pm_candidates_options *options);

/* Builds the index in `scratch`, which it lives in. */
void pm_candidates_build(pm_index *index, const pm_candidate *doc,
                         uint32_t docs, uint32_t sources,
                         const pm_candidates_options *options, void *scratch);

/* Writes the documents before `number` that are worth comparing with it to
 * `out` [number], ascending; returns how many. */
uint32_t pm_candidates_of(pm_index *index, uint32_t number, uint32_t *out);

/* Writes the hashes that are ignored in a document to `out` [its count],
 * ascending; returns how many. */
size_t pm_candidates_ignored(const pm_index *index, uint32_t number,
                             uint64_t *out);

#endif
