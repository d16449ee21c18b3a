/*
 * Shingles of any bytes: two texts that share a run of w + n - 1 words share a
 * fingerprint; a packed set unpacks to itself; any bytes may be unpacked.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sketch/shingle.h"
#include "sketch/units.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N = 2, W = 3, MOST = 512 };

static void require(int condition) {
  if (!condition)
    abort();
}

typedef struct fingerprint {
  pm_shingle chosen[MOST];
  size_t count;
} fingerprint;

static size_t fingerprint_of(const char *text, size_t len, fingerprint *f) {
  static pm_unit word[MOST];
  static pm_shingle all[MOST];
  pm_units at = {.text = text, .len = len};
  size_t words = pm_units_words(&at, word, MOST);
  for (size_t i = 0; i < words; i++)
    require(word[i].start < word[i].end && word[i].end <= len &&
            (i == 0 || word[i].start >= word[i - 1].end));
  size_t count = pm_shingle_count(words, N);
  pm_shingle_hash(word, words, N, all);
  f->count = pm_shingle_winnow(all, count, W, f->chosen);
  pm_shingle spare[MOST];
  pm_shingle_sort(f->chosen, f->count, spare);
  return words;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t count;
  unsigned n, rate;
  if (!pm_shingle_packed((const char *)data, size, &count, &n, &rate))
    for (size_t i = 0; i < count; i++)
      pm_shingle_packed_at((const char *)data, i);

  static pm_unit chars[MOST];
  pm_units at = {.text = (const char *)data, .len = size};
  while (pm_units_chars(&at, chars, PM_UNITS_ROOM) > 0)
    ;

  /* The text, and the text again with something before and after it. */
  char *copy = malloc(size + 8);
  memcpy(copy, "ab, ", 4);
  if (size)
    memcpy(copy + 4, data, size);
  memcpy(copy + 4 + size, " yz ", 4);
  static fingerprint a, b;
  size_t words = fingerprint_of((const char *)data, size, &a);
  fingerprint_of(copy, size + 8, &b);
  free(copy);
  if (words < W + N - 1 || words > MOST - 2)
    return 0;
  uint64_t x[MOST], y[MOST];
  size_t nx = pm_shingle_set(a.chosen, a.count, x);
  size_t ny = pm_shingle_set(b.chosen, b.count, y);
  require(pm_shingle_shared(x, nx, y, ny) > 0);

  char packed[8 * MOST + 8];
  pm_shingle_pack(x, nx, N, 0, packed);
  require(!pm_shingle_packed(packed, pm_shingle_packed_size(nx), &count, &n,
                             &rate));
  require(count == nx && n == N && rate == 0);
  for (size_t i = 0; i < nx; i++)
    require(pm_shingle_packed_at(packed, i) == x[i]);
  return 0;
}
