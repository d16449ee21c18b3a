/*
 * A peer of phrases: Hyperscan, caseless, with the start of each match, over
 * a file. Once as many literals (hs_compile_multi), once as one alternation.
 * Prints for each the least CPU seconds and how many matches were reported;
 * ends at once, and says nothing, where a set is too large for it.
 *
 *   hyperscan_count TEXT PHRASES   (one phrase a line: letters and blanks)
 */
#include <string.h>

#include "peer.h"

#include <hs/hs.h>

enum { REPEATS = 5 };

static int on_match(unsigned id, unsigned long long from, unsigned long long to,
                    unsigned flags, void *count) {
  (void)id;
  (void)from;
  (void)to;
  (void)flags;
  ++*(size_t *)count;
  return 0;
}

static void measure(hs_database_t *base, const char *text, size_t len) {
  hs_scratch_t *scratch = NULL;
  if (hs_alloc_scratch(base, &scratch) != HS_SUCCESS)
    exit(1);
  double best = 1e9;
  size_t count = 0;
  for (int i = 0; i < REPEATS; i++) {
    count = 0;
    double start = cpu_seconds();
    hs_scan(base, text, (unsigned)len, 0, scratch, on_match, &count);
    double took = cpu_seconds() - start;
    if (took < best)
      best = took;
  }
  printf("%f %zu\n", best, count);
  hs_free_scratch(scratch);
  hs_free_database(base);
}

int main(int argc, char **argv) {
  size_t len, phrases_len, count = 0;
  if (argc != 3) {
    fprintf(stderr, "usage: hyperscan_count TEXT PHRASES\n");
    return 2;
  }
  char *text = read_file(argv[1], &len);
  char *phrases = read_file(argv[2], &phrases_len);
  char *alternation = strdup(phrases);
  const char **list = malloc(phrases_len * sizeof *list);
  unsigned *flags = malloc(phrases_len * sizeof *flags);
  unsigned *ids = malloc(phrases_len * sizeof *ids);
  if (!alternation || !list || !flags || !ids)
    return 1;
  for (char *p = strtok(phrases, "\n"); p; p = strtok(NULL, "\n")) {
    flags[count] = HS_FLAG_CASELESS | HS_FLAG_SOM_LEFTMOST;
    ids[count] = (unsigned)count;
    list[count++] = p;
  }
  for (char *p = alternation; *p; p++)
    if (*p == '\n')
      *p = p[1] ? '|' : 0;
  hs_database_t *base;
  hs_compile_error_t *error;
  if (hs_compile_multi(list, flags, ids, (unsigned)count, HS_MODE_BLOCK, NULL,
                       &base, &error) != HS_SUCCESS)
    return 0;
  measure(base, text, len);
  if (hs_compile(alternation, HS_FLAG_CASELESS | HS_FLAG_SOM_LEFTMOST,
                 HS_MODE_BLOCK, NULL, &base, &error) != HS_SUCCESS)
    return 0;
  measure(base, text, len);
  return 0;
}
