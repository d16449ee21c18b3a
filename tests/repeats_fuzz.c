/*
 * Texts, split at '|': the bytes that repeat are those that comparing all
 * windows of 16 bytes with each other gives, however little room there is.
 *
 * Input: a byte that chooses which of them and how much room, then the texts.
 */
#include "fuzz.h"
#include "match/repeats.h"

enum { MIN = PM_REPEATS_LEAST, LONGEST = 400 };

static void set_bits(uint64_t *bits, size_t from, size_t to) {
  for (; from < to; from++)
    bits[from / 64] |= (uint64_t)1 << (from & 63);
}

/* `run[j]` is how many bytes before place i of `a` are those before j of `b`;
 * from one i to the next it grows by one or is 0. */
static void compare(const pm_repeats_text *a, const pm_repeats_text *b,
                    bool later, uint64_t *bits) {
  size_t run[LONGEST + 1] = {0};
  for (size_t i = 1; i <= a->len; i++)
    for (size_t j = b->len; j >= (a == b ? i + 1 : 1); j--) {
      run[j] = a->at[i - 1] == b->at[j - 1] ? run[j - 1] + 1 : 0;
      if (run[j] < MIN)
        continue;
      set_bits(bits, b->bit + j - MIN, b->bit + j);
      if (!later)
        set_bits(bits, a->bit + i - MIN, a->bit + i);
    }
}

static void by_comparing(const pm_repeats_text *text, uint32_t texts,
                         bool later, uint64_t *bits) {
  for (uint32_t b = 0; b < texts; b++)
    for (uint32_t a = 0; a <= b; a++)
      compare(&text[a], &text[b], later, bits);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  unsigned choice = fuzz_choice(&data, &size);
  size = size < LONGEST ? size : LONGEST;
  char *bytes = malloc(size + 1);
  if (size)
    memcpy(bytes, data, size);
  bytes[size] = '|';
  pm_repeats_text *text = malloc((size + 1) * sizeof *text);
  uint32_t texts = 0;
  for (size_t at = 0; at <= size;) {
    const char *end = memchr(bytes + at, '|', size + 1 - at);
    size_t len = (size_t)(end - bytes) - at;
    text[texts++] = (pm_repeats_text){.at = bytes + at, .len = len};
    at += len + 1;
  }
  size_t words = pm_repeats_bits(text, texts);
  bool later = choice & 1;
  pm_repeats_options options = {MIN, later, size, 1 + choice / 2};
  uint64_t *ours = calloc(words, 8), *theirs = calloc(words, 8);
  require(ours && theirs);
  require(pm_repeats_find(text, texts, &options, ours) == 0);
  by_comparing(text, texts, later, theirs);
  require(memcmp(ours, theirs, words * 8) == 0);
  free(ours);
  free(theirs);
  free(text);
  free(bytes);
  return 0;
}
