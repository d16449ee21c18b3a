#include "match/candidates.h"

#include <math.h>
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
  uint32_t docs;
  pm_candidate *doc;
  char **packed;
  pm_candidates index;
} corpus;

static void pack_into(corpus *c, uint32_t d, const uint64_t *set, size_t count,
                      unsigned rate, uint32_t source) {
  c->packed[d] = malloc(pm_shingle_packed_size(count));
  pm_shingle_pack(set, count, 3, rate, c->packed[d]);
  c->doc[d] = (pm_candidate){.count = (uint32_t)count,
                             .rate = (uint8_t)rate,
                             .source = source,
                             .rank = d,
                             .number = 2 * d + 1};
}

static corpus new_corpus(uint32_t docs) {
  return (corpus){.docs = docs,
                  .doc = calloc(docs, sizeof(pm_candidate)),
                  .packed = calloc(docs, sizeof(char *))};
}

static void build(corpus *c, const pm_candidates_options *options) {
  check(pm_candidates_open(&c->index, "/tmp") == 0);
  for (uint32_t d = 0; d < c->docs; d++)
    check(pm_candidates_add(&c->index, c->doc[d], c->packed[d]) == 0);
  check(pm_candidates_build(&c->index, options) == 0);
}

static uint32_t ask(corpus *c, uint32_t d, const uint32_t **found) {
  int64_t count = pm_candidates_of(&c->index, d, found);
  check(count >= 0);
  return (uint32_t)count;
}

static void drop(corpus *c) {
  for (uint32_t d = 0; d < c->docs; d++)
    free(c->packed[d]);
  free(c->packed);
  free(c->doc);
  pm_candidates_close(&c->index);
  pm_candidates_close(&c->index);
}

static size_t shared_by(const corpus *c, uint32_t a, uint32_t b) {
  size_t shared = 0;
  for (uint32_t i = 0; i < c->doc[a].count; i++)
    for (uint32_t j = 0; j < c->doc[b].count; j++)
      shared += pm_shingle_packed_at(c->packed[a], i) ==
                pm_shingle_packed_at(c->packed[b], j);
  return shared;
}

/* Where no hash is frequent, the candidates are those that comparing all pairs
 * finds. Of whole sets the share says all. */
static void misses_nothing(void) {
  const pm_candidates_options options = {1000000, 1, 1, 3, 0.2};
  int wrong = 0;
  for (unsigned round = 0; round < 20; round++) {
    unsigned rate = round % 2, least = rate ? 3 : 1;
    corpus c = new_corpus(60);
    for (uint32_t d = 0; d < c.docs; d++) {
      uint64_t set[HASHES];
      size_t count = 0;
      for (uint64_t h = 0; h < VOCABULARY && count < HASHES; h++)
        if (next_random(14) == 0)
          set[count++] = (h + 1) << 40;
      pack_into(&c, d, set, count, rate, next_random(4));
    }
    build(&c, &options);
    for (uint32_t b = 0; b < c.docs; b++) {
      const uint32_t *out;
      uint32_t count = ask(&c, b, &out), at = 0;
      for (uint32_t a = 0; a < b; a++) {
        size_t shared = shared_by(&c, a, b);
        uint32_t na = c.doc[a].count, nb = c.doc[b].count;
        uint32_t smaller = na < nb ? na : nb;
        int expected = shared > 0 &&
                       shared >= (smaller < least ? smaller : least) &&
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

/* Whether two documents are brought together by a hash, a before b: it is in
 * few documents; or in many, and one of the two is among the first four of them
 * or the first of its class of size, which is that of the other or the next
 * larger one; or they follow each other in one class. */
static int brings_together(const uint8_t has[PAGES], const uint8_t class[PAGES],
                           uint32_t a, uint32_t b) {
  uint32_t before_a = 0, own_a = 0, own_b = 0, all = 0;
  for (uint32_t d = 0; d < PAGES; d++) {
    before_a += d < a && has[d];
    own_a += d < a && has[d] && class[d] == class[a];
    own_b += d < b && has[d] && class[d] == class[b];
    all += has[d];
  }
  if (!has[a] || !has[b])
    return 0;
  if (all <= 16 || before_a < 4)
    return 1;
  if (class[a] == class[b])
    return own_a == 0 || own_b - own_a == 1;
  return (class[a] == class[b] + 1 && own_a == 0) ||
         (class[b] == class[a] + 1 && own_b == 0);
}

/* Whatever frequent hashes two documents share counts, however many they have:
 * the candidates are those that comparing all that are brought together finds.
 */
static void counts_what_is_frequent(uint32_t one_in, uint32_t least) {
  static uint8_t has[WORDS][PAGES], class[PAGES];
  const pm_candidates_options options = {1000000, 1, 1, least, 0};
  corpus c = new_corpus(PAGES);
  memset(has, 0, sizeof has);
  for (uint32_t d = 0; d < PAGES; d++) {
    uint64_t set[WORDS];
    size_t count = 0;
    for (uint64_t h = 0; h < WORDS; h++)
      if (next_random(h % 5 == 0 ? 20 : one_in) == 0) {
        has[h][d] = 1;
        set[count++] = (h + 1) << 50;
      }
    class[d] = (uint8_t)((log1p((double)count) + log(2)) / log(8));
    pack_into(&c, d, set, count, 1, next_random(4));
  }
  build(&c, &options);
  int wrong = 0, found_any = 0, missed_any = 0;
  for (uint32_t b = 0; b < PAGES; b++) {
    const uint32_t *out;
    uint32_t count = ask(&c, b, &out), at = 0;
    for (uint32_t a = 0; a < b; a++) {
      int met = 0;
      for (uint32_t h = 0; h < WORDS && !met; h++)
        met = brings_together(has[h], class, a, b);
      int expected = met && shared_by(&c, a, b) >= least;
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
  corpus c = new_corpus(FULL + 2);
  uint64_t set[ALL];
  for (uint64_t h = 0; h < ALL; h++)
    set[h] = (h + 1) << 50;
  for (uint32_t d = 0; d < FULL; d++)
    pack_into(&c, d, set, ALL, 1, 0);
  for (uint32_t d = FULL; d < FULL + 2; d++)
    pack_into(&c, d, (uint64_t[]){set[5], set[5 + BITS]}, 2, 1, 0);
  build(&c, &options);
  const uint32_t *out;
  uint32_t count = ask(&c, FULL + 1, &out);
  check(count > 0 && out[count - 1] == FULL);
  drop(&c);
}

/* Ten pages of one source with a frame, and ten tellings in ten sources. */
static void tells_frames_from_stories(void) {
  const pm_candidates_options options = {6, 0.02, 0.6, 2, 0.1};
  corpus c = new_corpus(20);
  for (uint32_t d = 0; d < 20; d++) {
    uint64_t set[20];
    for (uint64_t i = 0; i < 10; i++) {
      set[i] = d < 10 ? i + 1 : i + 101;
      set[10 + i] = 1000 * (d + 1) + i;
    }
    pack_into(&c, d, set, 20, 0, d < 10 ? 0 : d - 9);
  }
  build(&c, &options);
  const uint32_t *out;
  uint64_t ignored[20];
  check(ask(&c, 9, &out) == 0);
  check(ask(&c, 19, &out) == 9);
  check(pm_candidates_ignored(&c.index, 0, ignored) == 10);
  check(ignored[0] == 1 && ignored[9] == 10);
  check(pm_candidates_ignored(&c.index, 15, ignored) == 0);
  drop(&c);
}

/* Samples of different rates meet at the sparser one. */
static void compares_at_the_common_rate(void) {
  const pm_candidates_options options = {6, 1, 1, 2, 0.5};
  corpus c = new_corpus(2);
  uint64_t dense[16], sparse[] = {0, 8};
  for (uint64_t i = 0; i < 16; i++)
    dense[i] = i;
  pack_into(&c, 0, dense, 16, 0, 0);
  pack_into(&c, 1, sparse, 2, 3, 0);
  build(&c, &options);
  const uint32_t *out;
  check(ask(&c, 1, &out) == 1 && out[0] == 0);
  drop(&c);
}

/* All documents the same: pairs stay linear, and each meets the first. */
static void stays_bounded(void) {
  enum { DOCS = 20000 };
  const pm_candidates_options options = {6, 0.02, 0.6, 2, 0.1};
  corpus c = new_corpus(DOCS);
  uint64_t set[HASHES];
  for (uint64_t i = 0; i < HASHES; i++)
    set[i] = i << 50;
  clock_t start = clock();
  for (uint32_t d = 0; d < DOCS; d++) {
    pack_into(&c, d, set, HASHES, 0, 0);
    c.doc[d].rank = DOCS - 1 - d; /* the last one stays */
  }
  build(&c, &options);
  const uint32_t *out;
  uint64_t pairs = 0;
  for (uint32_t d = 0; d < DOCS; d++) {
    uint32_t count = ask(&c, d, &out);
    pairs += count;
    if (d == DOCS - 1)
      check(count == DOCS - 1);
  }
  check(pairs < 6 * (uint64_t)DOCS);
  check((double)(clock() - start) / CLOCKS_PER_SEC < 10);
  drop(&c);
}

enum { MANY_PAGES = 1500, MANY_WORDS = 4096, ON_PAGE = 100 };

/* Which one of the documents with a hash a document is, from 1; 0: none. */
static uint16_t place[MANY_WORDS][MANY_PAGES];
static uint32_t on_pages[MANY_WORDS];

static uint64_t hash_of(uint32_t word) {
  return (word + 1) * 0x9E3779B97F4A7C15u << 1; /* of a sample of half */
}

static int by_hash(const void *x, const void *y) {
  uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
  return a < b ? -1 : a > b;
}

/* Writes a document of words some of which are rare. */
static void write_page(corpus *c, uint32_t d) {
  uint64_t set[ON_PAGE];
  for (size_t count = 0; count < ON_PAGE;) {
    uint32_t r = next_random(MANY_WORDS), word = r * r / MANY_WORDS;
    if (place[word][d])
      continue;
    place[word][d] = (uint16_t)++on_pages[word];
    set[count++] = hash_of(word);
  }
  qsort(set, ON_PAGE, sizeof *set, by_hash);
  pack_into(c, d, set, ON_PAGE, 1, next_random(9));
}

static int is_pair(uint32_t a, uint32_t b, uint32_t least) {
  uint32_t shared = 0;
  int met = 0;
  for (uint32_t word = 0; word < MANY_WORDS; word++) {
    uint16_t pa = place[word][a], pb = place[word][b];
    if (!pa || !pb)
      continue;
    shared++;
    met |= on_pages[word] <= 16 || pa <= 4 || pb <= 4 || pb - pa == 1;
  }
  return met && shared >= least;
}

/* The same in so many documents that neither their hashes are one part nor they
 * one range; in whatever order they are asked for. */
static void finds_over_many_ranges(void) {
  const pm_candidates_options options = {1000000, 1, 1, 7, 0};
  corpus c = new_corpus(MANY_PAGES);
  for (uint32_t d = 0; d < MANY_PAGES; d++)
    write_page(&c, d);
  build(&c, &options);
  check(c.index.ranges > 1);
  uint32_t wrong = 0, all = 0;
  for (uint32_t i = 0; i < 60; i++) {
    uint32_t b = (MANY_PAGES - 1 - i * 977 % MANY_PAGES), at = 0;
    const uint32_t *out;
    uint32_t count = ask(&c, b, &out);
    all += count;
    for (uint32_t a = 0; a < b; a++) {
      int found = at < count && out[at] == a;
      at += (uint32_t)found;
      wrong += found != is_pair(a, b, 7);
    }
    wrong += at != count;
  }
  check(wrong == 0 && all > 100);
  drop(&c);
}

/* Near documents of which all hashes stand in larger ones too, that come before
 * them by rank and are not near: their first still meets them all. */
static void pairs_near_ones_in_large_groups(unsigned rate) {
  enum { LARGE = 12, SMALL = 30 };
  const pm_candidates_options options = {6, 0.02, 0.8, 2, 0.2};
  corpus c = new_corpus(LARGE + SMALL);
  uint64_t set[3 * HASHES];
  for (uint32_t d = 0; d < c.docs; d++) {
    size_t count = d % 7 < 2 && d / 7 < LARGE / 2 ? 3 * HASHES : HASHES;
    for (uint64_t i = 0; i < count; i++)
      set[i] = i < HASHES ? (i + 1) << 50 : (i + 1 + HASHES * d) << 20;
    qsort(set, count, sizeof *set, by_hash);
    pack_into(&c, d, set, count, rate, d);
    c.doc[d].rank = count > HASHES ? d : 2 * c.docs - d;
  }
  build(&c, &options);
  const uint32_t *out, last = c.docs - 1;
  uint32_t count = ask(&c, last, &out), small = 0;
  for (uint32_t i = 0; i < count; i++)
    small += c.doc[out[i]].count == HASHES;
  check(small == SMALL - 1);
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
  finds_over_many_ranges();
  pairs_near_ones_in_large_groups(0);
  pairs_near_ones_in_large_groups(3);
  return done("candidates");
}
