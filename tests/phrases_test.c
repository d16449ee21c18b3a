/* Every way to find phrases gives what looking for each phrase at each place
 * gives, over sets from one phrase to hundreds. */
#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "text/phrases.h"

enum { ROUNDS = 1500, MOST_TEXT = 3000, MOST_PHRASES = 400 };

static uint32_t state = 1;

static uint32_t made_random(uint32_t below) {
  state = state * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(state >> 8) * below >> 24);
}

static void make(char *out, size_t len, const char *letters, size_t count) {
  for (size_t i = 0; i < len; i++)
    out[i] = letters[made_random((uint32_t)count)];
}

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static int same(const char *a, const char *b, size_t len, int caseless) {
  for (size_t i = 0; i < len; i++)
    if (caseless ? lower(a[i]) != lower(b[i]) : a[i] != b[i])
      return 0;
  return 1;
}

/* The longest phrase at each place, or 0. */
static size_t longest(const pm_phrase *list, size_t count, const char *text,
                      size_t left, int caseless) {
  size_t best = 0;
  for (size_t i = 0; i < count; i++)
    if (list[i].len > best && list[i].len <= left &&
        same(list[i].text, text, list[i].len, caseless))
      best = list[i].len;
  return best;
}

static int as_expected(pm_phrases *p, const pm_phrases_path *path,
                       const char *text, size_t len, const pm_span *expected,
                       size_t count) {
  static pm_span out[MOST_TEXT];
  static uint32_t number[MOST_TEXT];
  pm_phrases_walk w;
  size_t rows = 0, n, room = 1 + made_random(MOST_TEXT / 2);
  p->path = path;
  pm_phrases_begin(&w, p, text, len);
  while (rows + room <= MOST_TEXT &&
         (n = pm_phrases_next(&w, out + rows, number + rows, room)) > 0)
    rows += n;
  while (rows < MOST_TEXT &&
         (n = pm_phrases_next(&w, out + rows, number + rows, 1)) > 0)
    rows += n;
  return rows == count && memcmp(out, expected, count * sizeof *out) == 0;
}

/* The text in a block of its exact size, so a checker sees any overread. */
static void test_round(const pm_phrases_path **paths, int path_count) {
  static const char *alphabets[] = {"ab", "abAB ", "etaoinETAOIN ._",
                                    "[{@`-\x01xyzXYZ\x80\xC3"};
  static char bytes[MOST_PHRASES * 24];
  static pm_span expected[MOST_TEXT];
  const char *letters = alphabets[made_random(4)];
  size_t letter_count = strlen(letters), used = 0;
  pm_phrase list[MOST_PHRASES];
  size_t count = 1 + made_random(made_random(3) ? 40 : MOST_PHRASES);
  uint32_t least = 1 + made_random(12), spread = 1 + made_random(12);
  for (size_t i = 0; i < count; i++) {
    list[i] = (pm_phrase){bytes + used, least + made_random(spread)};
    make(bytes + used, list[i].len, letters, letter_count);
    used += list[i].len;
  }
  int caseless = (int)made_random(2);
  for (size_t i = 0; i < used; i++) /* else they would fold as UTF-8 does */
    if (caseless && (unsigned char)bytes[i] >= 0x80)
      bytes[i] = 'q';
  size_t len = made_random(MOST_TEXT);
  char *text = malloc(len ? len : 1);
  if (!text)
    exit(1);
  make(text, len, letters, letter_count);
  for (uint32_t i = made_random(20); i > 0; i--) { /* and some that are there */
    const pm_phrase *one = list + made_random((uint32_t)count);
    if (one->len < len)
      memcpy(text + made_random((uint32_t)(len - one->len)), one->text,
             one->len);
  }
  size_t rows = 0;
  for (size_t at = 0; at < len;) {
    size_t n = longest(list, count, text + at, len - at, caseless);
    if (n > 0)
      expected[rows++] = (pm_span){(uint32_t)at, (uint32_t)(at + n)};
    at += n ? n : 1;
  }
  pm_phrases p = {0};
  check(pm_phrases_open(&p, list, count, caseless ? PM_PHRASES_CASELESS : 0) ==
        0);
  for (int i = 0; i < path_count; i++)
    check(as_expected(&p, paths[i], text, len, expected, rows));
  pm_phrases_close(&p);
  free(text);
}

int main(void) {
  const pm_phrases_path *paths[3] = {&pm_phrases_portable};
  int count = 1;
#ifdef PM_PHRASES_X86
  if (pm_phrases_have_avx2())
    paths[count++] = &pm_phrases_avx2;
  if (pm_phrases_have_avx512())
    paths[count++] = &pm_phrases_avx512;
#endif
  for (int round = 0; round < ROUNDS; round++)
    test_round(paths, count);
  return done("phrases");
}
