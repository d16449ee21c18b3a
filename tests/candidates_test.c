#include "match/candidates.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "test.h"

static uint64_t state = 3;

static uint32_t next_random(uint32_t below) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33) % below;
}

enum { HASHES = 40, VOCABULARY = 400 };

typedef struct corpus {
  uint32_t docs, sources;
  pm_candidate *doc;
  char **packed;
  void *scratch;
  pm_index index;
} corpus;

static void pack_into(corpus *c, uint32_t d, const uint64_t *set, size_t count,
                      unsigned rate, uint32_t source) {
  c->packed[d] = malloc(pm_shingle_packed_size(count));
  pm_shingle_pack(set, count, 3, rate, c->packed[d]);
  c->doc[d] = (pm_candidate){c->packed[d], (uint32_t)count, rate, source, d};
}

static corpus new_corpus(uint32_t docs, uint32_t sources) {
  return (corpus){.docs = docs,
                  .sources = sources,
                  .doc = calloc(docs, sizeof(pm_candidate)),
                  .packed = calloc(docs, sizeof(char *))};
}

static void build(corpus *c, const pm_candidates_options *options) {
  c->scratch =
      malloc(pm_candidates_scratch(c->doc, c->docs, c->sources, options));
  pm_candidates_build(&c->index, c->doc, c->docs, c->sources, options,
                      c->scratch);
}

static void drop(corpus *c) {
  for (uint32_t d = 0; d < c->docs; d++)
    free(c->packed[d]);
  free(c->packed);
  free(c->doc);
  free(c->scratch);
}

static size_t shared_by(const pm_candidate *a, const pm_candidate *b) {
  size_t shared = 0;
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t j = 0; j < b->count; j++)
      shared += pm_shingle_packed_at(a->packed, i) ==
                pm_shingle_packed_at(b->packed, j);
  return shared;
}

/* Where no hash is frequent, the candidates are those that comparing all pairs
 * finds. */
static void misses_nothing(void) {
  const pm_candidates_options options = {1000000, 1, 1, 3, 0.2};
  int wrong = 0;
  for (int round = 0; round < 20; round++) {
    corpus c = new_corpus(60, 4);
    for (uint32_t d = 0; d < c.docs; d++) {
      uint64_t set[HASHES];
      size_t count = 0;
      for (uint64_t h = 0; h < VOCABULARY && count < HASHES; h++)
        if (next_random(14) == 0)
          set[count++] = (h + 1) << 40;
      pack_into(&c, d, set, count, 0, next_random(4));
    }
    build(&c, &options);
    for (uint32_t b = 0; b < c.docs; b++) {
      uint32_t out[60], count = pm_candidates_of(&c.index, b, out), at = 0;
      for (uint32_t a = 0; a < b; a++) {
        size_t shared = shared_by(&c.doc[a], &c.doc[b]);
        uint32_t na = c.doc[a].count, nb = c.doc[b].count;
        uint32_t smaller = na < nb ? na : nb;
        int expected = shared > 0 && shared >= (smaller < 3 ? smaller : 3) &&
                       (double)shared >= 0.2 * smaller;
        int found = at < count && out[at] == a;
        at += (uint32_t)found;
        wrong += expected != found;
      }
      wrong += at != count;
    }
    drop(&c);
  }
  check(wrong == 0);
}

enum { PAGES = 150, WORDS = 200 };

/* Whether two documents are brought together by a hash: it is in few documents,
 * or in many, and one of the two is among the first four of them or they follow
 * each other. */
static int brings_together(const uint8_t has[PAGES], uint32_t a, uint32_t b) {
  uint32_t before_a = 0, before_b = 0, all = 0;
  for (uint32_t d = 0; d < PAGES; d++) {
    before_a += d < a && has[d];
    before_b += d < b && has[d];
    all += has[d];
  }
  if (!has[a] || !has[b])
    return 0;
  return all <= 16 || before_a < 4 || before_b < 4 || before_b - before_a == 1;
}

/* Whatever frequent hashes two documents share counts, however many they have:
 * the candidates are those that comparing all that are brought together finds.
 */
static void counts_what_is_frequent(uint32_t one_in, uint32_t least) {
  static uint8_t has[WORDS][PAGES];
  const pm_candidates_options options = {1000000, 1, 1, least, 0};
  corpus c = new_corpus(PAGES, 4);
  memset(has, 0, sizeof has);
  for (uint32_t d = 0; d < PAGES; d++) {
    uint64_t set[WORDS];
    size_t count = 0;
    for (uint64_t h = 0; h < WORDS; h++)
      if (next_random(h % 5 == 0 ? 20 : one_in) == 0) {
        has[h][d] = 1;
        set[count++] = (h + 1) << 50;
      }
    pack_into(&c, d, set, count, 0, next_random(4));
  }
  build(&c, &options);
  int wrong = 0, found_any = 0, missed_any = 0;
  for (uint32_t b = 0; b < PAGES; b++) {
    uint32_t out[PAGES], count = pm_candidates_of(&c.index, b, out), at = 0;
    for (uint32_t a = 0; a < b; a++) {
      int met = 0;
      for (uint32_t h = 0; h < WORDS && !met; h++)
        met = brings_together(has[h], a, b);
      int expected = met && shared_by(&c.doc[a], &c.doc[b]) >= least;
      int found = at < count && out[at] == a;
      at += (uint32_t)found;
      wrong += expected != found;
      found_any |= found;
      missed_any |= met && !found;
    }
    wrong += at != count;
  }
  check(wrong == 0 && found_any && missed_any);
  drop(&c);
}

/* Two documents share two frequent hashes that are one bit of what is known of
 * either at a glance. */
static void counts_what_shares_a_bit(void) {
  enum { FULL = 30, BITS = 384, ALL = 2 * BITS };
  const pm_candidates_options options = {1000000, 1, 1, 2, 0};
  corpus c = new_corpus(FULL + 2, 1);
  uint64_t set[ALL];
  for (uint64_t h = 0; h < ALL; h++)
    set[h] = (h + 1) << 50;
  for (uint32_t d = 0; d < FULL; d++)
    pack_into(&c, d, set, ALL, 0, 0);
  for (uint32_t d = FULL; d < FULL + 2; d++)
    pack_into(&c, d, (uint64_t[]){set[5], set[5 + BITS]}, 2, 0, 0);
  build(&c, &options);
  uint32_t out[FULL + 2], count = pm_candidates_of(&c.index, FULL + 1, out);
  check(count > 0 && out[count - 1] == FULL);
  drop(&c);
}

/* Ten pages of one source with a frame, and ten tellings in ten sources. */
static void tells_frames_from_stories(void) {
  const pm_candidates_options options = {6, 0.02, 0.6, 2, 0.1};
  corpus c = new_corpus(20, 11);
  for (uint32_t d = 0; d < 20; d++) {
    uint64_t set[20];
    for (uint64_t i = 0; i < 10; i++) {
      set[i] = d < 10 ? i + 1 : i + 101;
      set[10 + i] = 1000 * (d + 1) + i;
    }
    pack_into(&c, d, set, 20, 0, d < 10 ? 0 : d - 9);
  }
  build(&c, &options);
  uint32_t out[20];
  uint64_t ignored[20];
  check(pm_candidates_of(&c.index, 9, out) == 0);
  check(pm_candidates_of(&c.index, 19, out) == 9);
  check(pm_candidates_ignored(&c.index, 0, ignored) == 10);
  check(ignored[0] == 1 && ignored[9] == 10);
  check(pm_candidates_ignored(&c.index, 15, ignored) == 0);
  drop(&c);
}

/* Samples of different rates meet at the sparser one. */
static void compares_at_the_common_rate(void) {
  const pm_candidates_options options = {6, 1, 1, 2, 0.5};
  corpus c = new_corpus(2, 1);
  uint64_t dense[16], sparse[] = {0, 8};
  for (uint64_t i = 0; i < 16; i++)
    dense[i] = i;
  pack_into(&c, 0, dense, 16, 0, 0);
  pack_into(&c, 1, sparse, 2, 3, 0);
  build(&c, &options);
  uint32_t out[2];
  check(pm_candidates_of(&c.index, 1, out) == 1 && out[0] == 0);
  drop(&c);
}

/* All documents the same: pairs stay linear, and each meets the first. */
static void stays_bounded(void) {
  enum { DOCS = 20000 };
  const pm_candidates_options options = {6, 0.02, 0.6, 2, 0.1};
  corpus c = new_corpus(DOCS, 1);
  uint64_t set[HASHES];
  for (uint64_t i = 0; i < HASHES; i++)
    set[i] = i << 50;
  clock_t start = clock();
  for (uint32_t d = 0; d < DOCS; d++) {
    pack_into(&c, d, set, HASHES, 0, 0);
    c.doc[d].rank = DOCS - 1 - d; /* the last one stays */
  }
  build(&c, &options);
  uint32_t *out = malloc(DOCS * sizeof *out);
  uint64_t pairs = 0;
  for (uint32_t d = 0; d < DOCS; d++) {
    uint32_t count = pm_candidates_of(&c.index, d, out);
    pairs += count;
    if (d == DOCS - 1)
      check(count == DOCS - 1);
  }
  check(pairs < 6 * (uint64_t)DOCS);
  check((double)(clock() - start) / CLOCKS_PER_SEC < 10);
  free(out);
  drop(&c);
}

int main(void) {
  misses_nothing();
  counts_what_is_frequent(6, 8);
  counts_what_is_frequent(2, 40);
  counts_what_shares_a_bit();
  tells_frames_from_stories();
  compares_at_the_common_rate();
  stays_bounded();
  return done("candidates");
}
