/*
 * Texts, split at '|': the bytes that repeat are those that comparing all
 * windows of 16 bytes with each other gives, however little room there is.
 */
#include "fuzz.h"
#include "match/repeats.h"

enum { MIN = PM_REPEATS_LEAST, LONGEST = 400 };

static void by_comparing(const pm_repeats_text *text, uint32_t texts,
                         bool later, uint64_t *bits) {
  for (uint32_t b = 0; b < texts; b++)
    for (size_t j = 0; j + MIN <= text[b].len; j++)
      for (uint32_t a = 0; a <= b; a++) {
        size_t end = a < b ? text[a].len : j + MIN - 1;
        for (size_t i = 0; i + MIN <= end; i++) {
          const char *ours = text[a].at + i, *theirs = text[b].at + j;
          if (*ours != *theirs || memcmp(ours, theirs, MIN) != 0)
            continue;
          for (size_t k = 0; k < MIN; k++) {
            size_t first = text[a].bit + i + k, again = text[b].bit + j + k;
            bits[again / 64] |= (uint64_t)1 << (again & 63);
            if (!later)
              bits[first / 64] |= (uint64_t)1 << (first & 63);
          }
        }
      }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
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
  for (int later = 0; later < 2; later++) {
    pm_repeats_options options = {MIN, later, size, 1 + size % 64};
    uint64_t *ours = calloc(words, 8), *theirs = calloc(words, 8);
    if (pm_repeats_find(text, texts, &options, ours) != 0)
      abort();
    by_comparing(text, texts, later, theirs);
    if (memcmp(ours, theirs, words * 8) != 0)
      abort();
    free(ours);
    free(theirs);
  }
  free(text);
  free(bytes);
  return 0;
}
