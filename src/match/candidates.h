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
 * come first by rank, with the first of those of its own size and of the next
 * larger, and with its neighbours, so that pairs stay linear in the documents.
 * Ranks are the order in which documents should be kept, so that the one that
 * stays meets all the others: longer ones that hold them all, and of near ones
 * their first.
 *
 * In memory are about 120 bytes for each document, 4 for each of its hashes
 * that very many have, a part in 256 of all hashes and a few MB; where the
 * caller has the sets in memory, 16 MB more in each turn. The rest lies in
 * files without a name and is gone through in three turns, each of which deals
 * it anew (match/lanes.h):
 *
 *   by hash          the documents of each hash that recurs are a group
 *   by group         what is ignored leaves it, as all groups are known
 *   by document      a range of them at a time has all of its groups
 */
#ifndef PM_CANDIDATES_H
#define PM_CANDIDATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "match/lanes.h"
#include "sketch/shingle.h"

/* A document as it is added. */
typedef struct pm_candidate {
  uint32_t count; /* hashes in its set */
  uint32_t source;
  uint32_t rank;   /* the lower, the sooner kept */
  uint32_t number; /* what the caller calls it; ascending */
  uint8_t rate;    /* of its sample, see pm_shingle_sampled; at most 63 */
  bool is_copy;    /* mostly frame, which is not ignored then */
  uint32_t set;    /* where its hashes begin, in hashes: see `sets` */
} pm_candidate;

typedef struct pm_candidates_options {
  uint32_t repeats;   /* most documents of a source that may share a hash, */
  double repeat_rate; /* or this share of the source's documents if more */
  double frame_most;  /* share of a document's hashes that may be ignored */
  uint32_t least;     /* hashes a pair must share if there are samples, */
  double share;       /* and share of the smaller one's hashes */
} pm_candidates_options;

/* What is asked of each document that is met: one line of the cache, as
 * documents lie all over the memory. */
typedef struct pm_candidate_brief {
  uint32_t kept;    /* its hashes that are not ignored */
  uint32_t large;   /* its large groups */
  uint32_t crowded; /* large groups whose bit is that of another one */
  uint16_t range;   /* in which it is asked for */
  uint8_t rate;
  uint8_t class;    /* of size, see candidates_settle.c */
  uint64_t bits[6]; /* one bit for each large group */
} pm_candidate_brief;

_Static_assert(sizeof(pm_candidate_brief) == 64, "a line of the cache");

/* A document in a large group. It meets the heads, and others of its size; a
 * head meets all documents, the first of a class of size all of that and of the
 * next smaller one. */
enum { PM_GROUP_OTHERS = 4 };

typedef struct pm_candidate_row {
  uint32_t doc;
  uint32_t group; /* its number; PM_GROUP_HEAD is set for either head */
  union {
    uint32_t other[PM_GROUP_OTHERS]; /* documents or PM_GROUP_NONE */
    struct {
      uint32_t first, count; /* of a head: the stretch of `members` */
    };
  };
} pm_candidate_row;

/* The groups of a range of documents. */
typedef struct pm_candidates_range {
  uint32_t first, end;     /* documents */
  uint32_t *word;          /* small groups: see candidates_settle.c */
  pm_candidate_row *row;   /* of large groups */
  uint32_t *small, *large; /* document by document: where in the above */
  uint32_t *small_first, *large_first; /* [end - first + 1] in these */
} pm_candidates_range;

enum { PM_CANDIDATES_RANGES = 256 };

typedef struct pm_candidates {
  const char *folder;
  pm_candidate *doc; /* [docs] */
  uint32_t docs;
  size_t room;
  uint32_t hashes, sources;
  uint32_t dense, sparse; /* least and largest rate */
  uint32_t most;          /* hashes of the largest document */
  pm_lanes sets;          /* the hashes of all documents, */
  const char *lent;       /* or where they are in memory; the caller's */
  pm_candidates_options options;
  uint64_t *frame; /* source by source: the hashes it repeats, ascending */
  uint32_t *frame_first;     /* [sources + 1] of a source in `frame` */
  pm_candidate_brief *brief; /* [docs] */
  uint32_t *kept;   /* [docs * levels] its hashes that are not ignored, at the
                       rates `dense` to `sparse` */
  uint32_t *shared; /* [docs] small groups in common with the current one */
  uint32_t *met;    /* [docs] which ones */
  uint32_t large;   /* groups */
  uint32_t *head;   /* [large * PM_GROUP_HEADS] documents */
  size_t head_room;
  uint64_t *marked; /* large groups of the current document, one bit each */
  pm_lanes members; /* of the large groups, by rank */
  pm_lanes dealt;   /* two lanes for each range: small groups, rows */
  uint32_t ranges;
  uint32_t range_first[PM_CANDIDATES_RANGES + 1]; /* documents */
  uint32_t *listed; /* the large groups of each document */
  uint32_t *list;   /* [docs] where they begin there */
  uint32_t listed_ranges;
  pm_candidates_range at; /* the range at hand */
} pm_candidates;

/* Makes an empty index; `folder`, for its files, is the caller's. Close it in
 * any case. What returns int or int64_t returns -1 when the memory or the disk
 * fails, with errno set. */
int pm_candidates_open(pm_candidates *c, const char *folder);

/* To be called before documents are added of which the sets need not be copied:
 * they are behind `base` until the index is closed, less than 2^35 bytes, and
 * each is so far from it that its hashes are a multiple of 8 away. */
void pm_candidates_lend(pm_candidates *c, const char *base);

/* Adds a document with a packed set (pm_shingle_pack) of fewer than 2^32
 * hashes; fails with EOVERFLOW when there are 2^31 of them in all. the
 * last fields of `doc` are not read. */
int pm_candidates_add(pm_candidates *c, pm_candidate doc, const char *packed);

/* Builds the index when all are there. */
int pm_candidates_build(pm_candidates *c, const pm_candidates_options *options);

/* Finds the documents before number `d`, from 0, that are worth comparing with
 * it: returns how many, and sets `found` to them, ascending, as they stand
 * until the next call. Fast in ascending order. */
int64_t pm_candidates_of(pm_candidates *c, uint32_t d, const uint32_t **found);

/* Gives back what only pm_candidates_of needs. */
void pm_candidates_forget(pm_candidates *c);

/* Writes the hashes of a document that are its source's frame to `out` [its
 * count], ascending; returns how many. */
int64_t pm_candidates_ignored(const pm_candidates *c, uint32_t d,
                              uint64_t *out);

void pm_candidates_close(pm_candidates *c);

#endif
