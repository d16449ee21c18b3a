/*
 * The bytes that pm_repeats_find covers are those that a suffix array with its
 * longest common prefixes covers.
 */
#include "match/repeats.h"

#include <divsufsort.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "made_text.h"
#include "test.h"

typedef struct corpus {
  pm_repeats_text *text;
  uint32_t texts;
  char *bytes; /* of all texts */
  size_t len;
} corpus;

/* Cuts `len` bytes into texts of up to `most` bytes, each in a block of its
 * exact size. */
static corpus cut(const char *bytes, size_t len, uint32_t most) {
  corpus c = {.bytes = malloc(len + 1), .len = len};
  memcpy(c.bytes, bytes, len);
  c.text = malloc((len + 1) * sizeof *c.text);
  for (size_t at = 0; at < len;) {
    size_t size = 1 + made_random(most);
    size = size < len - at ? size : len - at;
    char *block = malloc(size);
    memcpy(block, bytes + at, size);
    c.text[c.texts++] = (pm_repeats_text){.at = block, .len = size};
    at += size;
  }
  return c;
}

static void drop(corpus *c) {
  for (uint32_t i = 0; i < c->texts; i++)
    free((char *)c->text[i].at);
  free(c->text);
  free(c->bytes);
}

static void set(uint64_t *bits, size_t from, uint32_t count) {
  for (size_t i = from; i < from + count; i++)
    bits[i / 64] |= (uint64_t)1 << (i & 63);
}

/* Kasai et al. 2001: the common prefix of each suffix with the one before. */
static void common_prefixes(const char *s, size_t n, const saidx_t *sa,
                            uint32_t *rank, uint32_t *lcp) {
  for (size_t i = 0; i < n; i++)
    rank[sa[i]] = (uint32_t)i;
  for (size_t i = 0, l = 0; i < n; i++) {
    if (rank[i] == 0) {
      l = 0;
      continue;
    }
    size_t j = (size_t)sa[rank[i] - 1];
    while (i + l < n && j + l < n && s[i + l] == s[j + l])
      l++;
    lcp[rank[i]] = (uint32_t)l;
    l -= l > 0;
  }
}

/* Suffixes that have `min` bytes left in their text, in order; neighbours with
 * `min` bytes in common are windows that repeat. */
static void by_suffix_array(const corpus *c, uint32_t min, bool later,
                            uint64_t *bits) {
  size_t n = c->len;
  saidx_t *sa = malloc((n + 1) * sizeof *sa);
  uint32_t *rank = malloc((n + 1) * 4), *lcp = calloc(n + 1, 4);
  uint8_t *fits = calloc(n + 1, 1);
  for (uint32_t t = 0; t < c->texts; t++)
    for (size_t i = 0; i + min <= c->text[t].len; i++)
      fits[c->text[t].bit + i] = 1;
  divsufsort((const sauchar_t *)c->bytes, sa, (saidx_t)n);
  common_prefixes(c->bytes, n, sa, rank, lcp);
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i + 1; end < n && lcp[end] >= min; end++)
      ;
    size_t count = 0, first = n;
    for (size_t k = i; k < end; k++)
      if (fits[sa[k]]) {
        count++;
        first = (size_t)sa[k] < first ? (size_t)sa[k] : first;
      }
    for (size_t k = i; k < end && count > 1; k++)
      if (fits[sa[k]] && !(later && (size_t)sa[k] == first))
        set(bits, (size_t)sa[k], min);
  }
  free(fits);
  free(lcp);
  free(rank);
  free(sa);
}

static int agrees(corpus *c, const pm_repeats_options *options) {
  size_t words = pm_repeats_bits(c->text, c->texts);
  uint64_t *ours = calloc(words, 8), *theirs = calloc(words, 8);
  by_suffix_array(c, options->min, options->later, theirs);
  int failed = pm_repeats_find(c->text, c->texts, options, ours);
  int same = !failed && memcmp(ours, theirs, words * 8) == 0;
  free(ours);
  free(theirs);
  return same;
}

/* Text in which parts of what stands before come again, whole or edited. */
static size_t make_copies(char *out, size_t room) {
  size_t at = make_text(out, room / 4);
  while (at > 0 && at < room) {
    size_t from = made_random((uint32_t)at), size = 1 + made_random(300);
    size = size < at - from ? size : at - from;
    size = size < room - at ? size : room - at;
    memmove(out + at, out + from, size);
    at += size;
    if (at < room && made_random(3))
      out[at++] = (char)('a' + made_random(26));
  }
  return at;
}

static void covers_what_a_suffix_array_covers(void) {
  enum { ROOM = 20000 };
  static const uint32_t mins[] = {16, 17, 40, 100, 250};
  static const size_t rooms[] = {1, 50, 100000};
  char *bytes = malloc(ROOM);
  int wrong = 0;
  for (int round = 0; round < 300; round++) {
    size_t len = make_copies(bytes, 1 + made_random(ROOM));
    corpus c = cut(bytes, len, round % 3 ? 1500 : ROOM);
    pm_repeats_options options = {mins[round % 5], round % 2, (uint64_t)round,
                                  rooms[round % 7 % 3]};
    wrong += !agrees(&c, &options);
    drop(&c);
  }
  check(wrong == 0);
  free(bytes);
}

/* Runs of a letter, of phrases of any length, and of letters from few. */
static void covers_runs(void) {
  enum { ROOM = 6000 };
  char bytes[ROOM] = {0};
  int wrong = 0;
  for (uint32_t period = 1; period < 150; period++) {
    for (uint32_t i = 0; i < ROOM; i++)
      bytes[i] = i < period ? (char)('a' + made_random(2)) : bytes[i - period];
    for (int i = 0; i < 5; i++)
      bytes[made_random(ROOM)] = '.';
    corpus c = cut(bytes, ROOM, period % 2 ? 700 : ROOM);
    pm_repeats_options options = {period % 5 ? 100 : 30, period % 3 == 0, 1,
                                  period % 4 ? 1000 : 10};
    wrong += !agrees(&c, &options);
    drop(&c);
  }
  for (uint32_t few = 2; few < 4; few++) {
    for (uint32_t i = 0; i < ROOM; i++)
      bytes[i] = (char)('a' + made_random(few));
    corpus c = cut(bytes, ROOM, ROOM);
    pm_repeats_options options = {16, false, 1, 1000};
    wrong += !agrees(&c, &options);
    drop(&c);
  }
  check(wrong == 0);
}

/* One phrase in many texts, each time with something else around it that comes
 * again in one other text only. */
static void covers_a_frequent_phrase(void) {
  enum { TEXTS = 400, PART = 60 };
  char *bytes = malloc(TEXTS * 3 * PART);
  char phrase[PART], lead[TEXTS][PART], tail[TEXTS][PART];
  for (int i = 0; i < PART; i++)
    phrase[i] = (char)('a' + made_random(26));
  for (int t = 0; t < TEXTS; t++)
    for (int i = 0; i < PART; i++) {
      lead[t][i] = (char)('a' + made_random(26));
      tail[t][i] = (char)('a' + made_random(26));
    }
  char *at = bytes;
  for (int t = 0; t < TEXTS; t++) {
    memcpy(at, lead[t / 2], PART);
    memcpy(at + PART, phrase, PART);
    memcpy(at + 2 * PART, tail[(t + 1) / 2], PART);
    at += 3 * PART;
  }
  int wrong = 0;
  for (int later = 0; later < 2; later++) {
    corpus c = cut(bytes, TEXTS * 3 * PART, 1 << 20);
    pm_repeats_options options = {100, later, 9, 100000};
    wrong += !agrees(&c, &options);
    drop(&c);
  }
  check(wrong == 0);
  free(bytes);
}

static void gives_runs_of_bits(void) {
  uint64_t covered[3] = {0};
  pm_repeats_text text[2] = {{.at = "", .len = 70}, {.at = "", .len = 100}};
  check(pm_repeats_bits(text, 2) == 3);
  set(covered, 3, 4);
  set(covered, 60, 20);
  set(covered, 160, 10);
  pm_span run;
  check(pm_repeats_next(&text[0], covered, 0, &run) && run.start == 3 &&
        run.end == 7);
  check(pm_repeats_next(&text[0], covered, 7, &run) && run.start == 60 &&
        run.end == 70);
  check(!pm_repeats_next(&text[0], covered, 70, &run));
  check(pm_repeats_next(&text[1], covered, 0, &run) && run.start == 0 &&
        run.end == 10);
  check(pm_repeats_next(&text[1], covered, 10, &run) && run.start == 90 &&
        run.end == 100);
}

/* What makes groups large, or anchors many, costs no more than time for each
 * byte. */
static void stays_bounded(void) {
  enum { SIZE = 2000000 };
  char *bytes = malloc(SIZE);
  clock_t start = clock();
  for (int kind = 0; kind < 3; kind++) {
    for (size_t i = 0; i < SIZE; i++)
      bytes[i] = kind == 0   ? 'a'
                 : kind == 1 ? (char)('a' + i % 61 % 26)
                             : (char)('0' + made_random(2));
    corpus c = cut(bytes, SIZE, 10000);
    uint64_t *covered = calloc(pm_repeats_bits(c.text, c.texts), 8);
    pm_repeats_options options = {kind == 2 ? 16 : 100, false, 1, 100000};
    check(pm_repeats_find(c.text, c.texts, &options, covered) == 0);
    free(covered);
    drop(&c);
  }
  check((double)(clock() - start) / CLOCKS_PER_SEC < 20);
  free(bytes);
}

int main(void) {
  gives_runs_of_bits();
  covers_what_a_suffix_array_covers();
  covers_runs();
  covers_a_frequent_phrase();
  stays_bounded();
  return done("repeats");
}
