/*
 * Words: spans are in order, inside the text and not empty; with `all` they
 * follow one another without a gap; and every way to find them gives the same.
 */
#include <stdlib.h>
#include <string.h>

#include "text/words_path.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t collect(pm_words_path *next, const uint8_t *text, size_t len,
                      int all, size_t room, pm_span *out) {
  pm_words it = pm_words_begin((const char *)text, len, all);
  size_t count = 0, n;
  while ((n = next(&it, out + count, room)) > 0)
    count += n;
  return count;
}

static void check_order(const pm_span *spans, size_t count, size_t len,
                        int all) {
  size_t at = 0;
  for (size_t i = 0; i < count; i++) {
    if (spans[i].start < at || spans[i].end <= spans[i].start ||
        spans[i].end > len || (all && spans[i].start != at))
      abort();
    at = spans[i].end;
  }
  if (all && at != len)
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > 1 << 16)
    return 0;
  size_t room = 200;
  pm_span *expected = malloc((size + room) * sizeof *expected);
  pm_span *got = malloc((size + room) * sizeof *got);
  if (!expected || !got)
    abort();
  for (int all = 0; all < 2; all++) {
    size_t n = collect(pm_words_next_plain, data, size, all, room, expected);
    check_order(expected, n, size, all);
    pm_words_path *paths[4] = {pm_words_next, pm_words_next_portable};
    int count = 2;
#ifdef PM_WORDS_X86
    if (pm_words_have_avx2())
      paths[count++] = pm_words_next_avx2; // cppcheck-suppress legacyUninitvar
    if (pm_words_have_avx512())
      paths[count++] = pm_words_next_avx512;
#endif
    for (int i = 0; i < count; i++)
      // cppcheck-suppress legacyUninitvar
      if (collect(paths[i], data, size, all, room, got) != n ||
          memcmp(got, expected, n * sizeof *got) != 0)
        abort();
  }
  free(expected);
  free(got);
  return 0;
}
