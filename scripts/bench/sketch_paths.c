/*
 * From text to sketches of 128 slots by each way to split words that this
 * processor has, and the sketches alone:
 *
 *   sketch_paths FILE N    documents are separated by a byte of zero
 *
 * Prints a name and the megabytes of text a second, for each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sketch/fast_sketch.h"
#include "sketch/shingle.h"
#include "sketch/units_path.h"
#include "text/words_path.h"

enum { ROUNDS = 7, SLOTS = 128, MOST = 1 << 16 };

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static char *text;
static size_t size;
static unsigned width;
static pm_unit unit[MOST];
static uint64_t hash[MOST];
static uint32_t checksum;

static size_t hashes_of(pm_units_path *path, const char *s, size_t len,
                        uint64_t *out) {
  pm_units at = {.text = s, .len = len};
  size_t count = 0, got;
  while (count < MOST && (got = path(&at, unit + count, MOST - count)) > 0)
    count += got;
  pm_shingle_hashes(unit, count, width, out);
  return pm_shingle_count(count, width);
}

static void each_document(pm_units_path *path) {
  uint32_t slot[SLOTS];
  for (size_t at = 0; at < size; at += strlen(text + at) + 1) {
    size_t count = hashes_of(path, text + at, strlen(text + at), hash);
    pm_fast_sketch(hash, count, 1, slot, SLOTS);
    checksum ^= slot[SLOTS / 2];
  }
}

static void report(const char *name, pm_units_path *path) {
  double best = 1e9;
  for (int round = 0; round < ROUNDS; round++) {
    double start = seconds();
    each_document(path);
    double took = seconds() - start;
    best = took < best ? took : best;
  }
  printf("%s %.1f\n", name, (double)size / 1e6 / best);
}

/* Sketches of hashes that are there already. */
static void report_kernel(void) {
  enum { DOCS = 1 << 16 };
  static size_t first[DOCS + 1];
  uint64_t *all = malloc((size / 2 + MOST) * sizeof *all);
  size_t docs = 0, bytes = 0;
  for (size_t at = 0; at < size && docs < DOCS; docs++) {
    size_t len = strlen(text + at);
    size_t count =
        hashes_of(pm_units_words_portable, text + at, len, all + first[docs]);
    first[docs + 1] = first[docs] + count;
    at += len + 1;
    bytes += len + 1;
  }
  double best = 1e9;
  for (int round = 0; round < ROUNDS; round++) {
    uint32_t slot[SLOTS];
    double start = seconds();
    for (size_t d = 0; d < docs; d++) {
      pm_fast_sketch(all + first[d], first[d + 1] - first[d], 1, slot, SLOTS);
      checksum ^= slot[SLOTS / 2];
    }
    double took = seconds() - start;
    best = took < best ? took : best;
  }
  printf("kernel %.1f\n", (double)bytes / 1e6 / best);
  free(all);
}

int main(int argc, char **argv) {
  FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (!file)
    return 2;
  width = (unsigned)atoi(argv[2]);
  fseek(file, 0, SEEK_END);
  size = (size_t)ftell(file);
  rewind(file);
  text = malloc(size + 1);
  if (fread(text, 1, size, file) != size)
    return 1;
  text[size] = 0;
  fclose(file);
  report("portable", pm_units_words_portable);
#ifdef PM_WORDS_X86
  if (pm_words_have_avx2())
    report("avx2", pm_units_words_avx2);
  if (pm_words_have_avx512())
    report("avx512", pm_units_words_avx512);
#endif
  report_kernel();
  return checksum == 1;
}
