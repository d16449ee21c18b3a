/*
 * Words: spans are in order, inside the text and not empty; with `all` they
 * follow one another without a gap; and every way to find them gives the same.
 *
 * Input: a byte that chooses `all`, then the text.
 */
#include "fuzz.h"
#include "text/words_path.h"

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

enum { LONGEST = 1 << 12, ROOM = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static pm_span expected[LONGEST + ROOM], got[LONGEST + ROOM];
  if (size > LONGEST)
    return 0;
  int all = fuzz_choice(&data, &size) & 1;
  size_t n = collect(pm_words_next_plain, data, size, all, ROOM, expected);
  check_order(expected, n, size, all);
  pm_words_path *paths[4] = {pm_words_next, pm_words_next_portable};
  int count = 2;
#ifdef PM_WORDS_X86
  if (pm_words_have_avx2())
    paths[count++] = pm_words_next_avx2; // cppcheck-suppress legacyUninitvar
  if (pm_words_have_avx512())
    paths[count++] = pm_words_next_avx512;
#endif
  for (int i = 0; i < count; i++) {
    // cppcheck-suppress legacyUninitvar
    require(collect(paths[i], data, size, all, ROOM, got) == n);
    require(memcmp(got, expected, n * sizeof *got) == 0);
  }
  return 0;
}
