/*
 * Texts, split at '|': marks, comparisons of two texts and windows together
 * find the bytes that pm_repeats_find finds with all texts at hand, those that
 * stood earlier.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "match/echo.h"
#include "match/echo_match.h"
#include "match/repeats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MIN = PM_REPEATS_LEAST, LONGEST = 4000 };

typedef struct corpus {
  pm_repeats_text *text;
  uint32_t texts;
  uint64_t *bits;
} corpus;

static void set_bits(uint64_t *bits, size_t from, size_t to) {
  for (; from < to; from++)
    bits[from / 64] |= (uint64_t)1 << (from & 63);
}

/* Covers what repeats in the later of a few texts. */
static void compare(corpus *c, const uint32_t *numbers, uint32_t count) {
  pm_repeats_options options = {MIN, true, 1, 1000};
  pm_repeats_text few[2];
  for (uint32_t i = 0; i < count; i++)
    few[i] = c->text[numbers[i]];
  size_t words = pm_repeats_bits(few, count);
  uint64_t *covered = calloc(words, 8);
  if (pm_repeats_find(few, count, &options, covered) != 0)
    abort();
  pm_span run;
  const pm_repeats_text *last = &few[count - 1];
  size_t base = c->text[numbers[count - 1]].bit;
  for (size_t at = 0; pm_repeats_next(last, covered, at, &run); at = run.end)
    set_bits(c->bits, base + run.start, base + run.end);
  free(covered);
}

/* Has each document tell its windows, and covers those of earlier ones. */
static void match(corpus *c, const pm_echo_plan *plan) {
  pm_echo_told *told = malloc((c->texts + 1) * sizeof *told);
  uint32_t docs = 0;
  size_t windows = 0;
  for (size_t i = 0, end; i < plan->tells; i = end) {
    uint32_t doc = (uint32_t)(plan->told[i].key >> 32);
    const pm_repeats_text *t = &c->text[doc];
    uint32_t *key = malloc(plan->tells * sizeof *key);
    for (end = i; end < plan->tells && plan->told[end].key >> 32 == doc; end++)
      key[end - i] = (uint32_t)plan->told[end].key;
    void *scratch = malloc(pm_echo_windows_scratch(t->len, MIN));
    char *out = malloc(pm_echo_windows_room(t->len) + 1);
    size_t len =
        pm_echo_windows(t->at, t->len, MIN, key, end - i, scratch, out);
    told[docs] = (pm_echo_told){doc, out, len};
    if (pm_echo_told_count(&told[docs]) > t->len)
      abort();
    windows += pm_echo_told_count(&told[docs++]);
    free(scratch);
    free(key);
  }
  pm_place *place = malloc((2 * windows + 1) * sizeof *place);
  uint64_t *high = malloc((windows + 1) * sizeof *high);
  uint32_t *from = malloc((windows + 1) * sizeof *from);
  pm_echo_found *found = malloc((windows + 1) * sizeof *found);
  size_t count = pm_echo_match(told, docs, MIN, place, high, from, found);
  for (size_t i = 0; i < count; i++) {
    size_t base = c->text[found[i].doc].bit;
    if (found[i].from >= found[i].doc)
      abort();
    set_bits(c->bits, base + found[i].start, base + found[i].end);
  }
  for (uint32_t d = 0; d < docs; d++)
    free((char *)told[d].windows);
  free(told);
  free(place);
  free(high);
  free(from);
  free(found);
}

static void find(corpus *c) {
  pm_echo_doc *doc = malloc((c->texts + 1) * sizeof *doc);
  size_t marks = 0;
  for (uint32_t d = 0; d < c->texts; d++) {
    const pm_repeats_text *t = &c->text[d];
    void *scratch = malloc(pm_echo_marks_scratch(t->len, MIN));
    char *out = malloc(pm_echo_marks_room(t->len, MIN) * PM_ECHO_MARK + 1);
    bool again;
    size_t count = pm_echo_marks(t->at, t->len, MIN, scratch, out, &again);
    doc[d] = (pm_echo_doc){out, count};
    marks += count;
    if (again)
      compare(c, &d, 1);
    free(scratch);
  }
  pm_place *place = malloc((2 * marks + 1) * sizeof *place);
  pm_echo_plan plan;
  pm_echo_count(doc, c->texts, place, &plan);
  size_t most = plan.pairs > plan.tells ? plan.pairs : plan.tells;
  plan.pair = malloc((plan.pairs + 1) * sizeof *plan.pair);
  plan.told = malloc((plan.tells + 1) * sizeof *plan.told);
  pm_place *spare = malloc((most + 1) * sizeof *spare);
  pm_echo_plan_all(doc, c->texts, place, spare, &plan);
  for (size_t i = 0; i < plan.pairs; i++) {
    uint32_t pair[2] = {(uint32_t)plan.pair[i].key,
                        (uint32_t)(plan.pair[i].key >> 32)};
    compare(c, pair, 2);
  }
  match(c, &plan);
  for (uint32_t d = 0; d < c->texts; d++)
    free((char *)doc[d].marks);
  free(doc);
  free(place);
  free(plan.pair);
  free(plan.told);
  free(spare);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size = size < LONGEST ? size : LONGEST;
  char *bytes = malloc(size + 1);
  if (size)
    memcpy(bytes, data, size);
  bytes[size] = '|';
  corpus c = {.text = malloc((size + 1) * sizeof *c.text)};
  for (size_t at = 0; at <= size;) {
    const char *end = memchr(bytes + at, '|', size + 1 - at);
    size_t len = (size_t)(end - bytes) - at;
    c.text[c.texts++] = (pm_repeats_text){.at = bytes + at, .len = len};
    at += len + 1;
  }
  size_t words = pm_repeats_bits(c.text, c.texts);
  uint64_t *expected = calloc(words, 8);
  c.bits = calloc(words, 8);
  pm_repeats_options options = {MIN, true, size, 1000};
  if (pm_repeats_find(c.text, c.texts, &options, expected) != 0)
    abort();
  find(&c);
  if (memcmp(c.bits, expected, words * 8) != 0)
    abort();
  free(expected);
  free(c.bits);
  free(c.text);
  free(bytes);
  return 0;
}
