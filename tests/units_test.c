#include "sketch/units.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "test.h"

typedef size_t next_function(pm_units *, pm_unit *, size_t);

/* Splits a copy of the exact size, `room` units at a time. */
static size_t split(next_function *next, const char *text, size_t len,
                    size_t room, pm_unit *out) {
  char *exact = malloc(len ? len : 1);
  memcpy(exact, text, len);
  pm_units at = {.text = exact, .len = len};
  size_t n, count = 0;
  while ((n = next(&at, out + count, room)) > 0)
    count += n;
  free(exact);
  return count;
}

static void words_are(const char *text, const char *expected) {
  pm_unit unit[64];
  size_t n = split(pm_units_words, text, strlen(text), 64, unit);
  char joined[256] = "";
  for (size_t i = 0; i < n; i++)
    sprintf(joined + strlen(joined), "%s%.*s", i ? "|" : "",
            (int)(unit[i].end - unit[i].start), text + unit[i].start);
  check(strcmp(joined, expected) == 0);
  if (strcmp(joined, expected) != 0)
    fprintf(stderr, "  %s\n  %s\n", joined, expected);
}

static int same_words(const char *a, const char *b) {
  pm_unit x[256], y[256];
  size_t n = split(pm_units_words, a, strlen(a), 256, x);
  if (n != split(pm_units_words, b, strlen(b), 256, y))
    return 0;
  for (size_t i = 0; i < n; i++)
    if (x[i].hash != y[i].hash)
      return 0;
  return 1;
}

static void splits_into_words(void) {
  words_are("", "");
  words_are(" - ", "");
  words_are("The US, in 2015.", "The|US|in|2015");
  words_are("don't don\xE2\x80\x99t", "don|t|don|t");
  words_are("na\xC3\xAFve cafe\xCC\x81!", "na\xC3\xAFve|cafe\xCC\x81");
  words_are("hy\xC2\xADphen\xE2\x80\x8B x", "hy\xC2\xADphen|x");
  words_are("\xCC\x81 a", "a"); /* a mark alone is no word */
  words_are("a\xFFz \xC3", "a|z");
  words_are("\xE5\x8C\x97\xE4\xBA\xAC"
            "2 go",
            "\xE5\x8C\x97|\xE4\xBA\xAC|2|go");
  words_are("\xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD",
            "\xD0\x9F\xD1\x83\xD1\x82\xD0\xB8\xD0\xBD");
}

static void folds(void) {
  check(same_words("PUTIN", "putin"));
  check(same_words("\xC3\x89t\xC3\xA9", "e\xCC\x81te\xCC\x81"));
  check(same_words("\xC3\x89t\xC3\xA9", "ete"));
  check(same_words("Stra\xC3\x9F"
                   "e",
                   "STRASSE"));
  check(same_words("\xEF\xBC\xA1\xEF\xBC\xA2", "ab")); /* full width */
  check(same_words("\xEF\xAC\x81nd", "find"));         /* ligature */
  check(same_words("hy\xC2\xADphen", "hyphen"));
  check(same_words("\xCE\xA3\xCE\xAF\xCF\x83\xCF\x85\xCF\x86\xCE\xBF\xCF\x82",
                   "\xCF\x83\xCE\xB9\xCF\x83\xCF\x85\xCF\x86\xCE\xBF\xCF\x83"));
  check(!same_words("Rossia", "Rossiya"));
  check(!same_words("\xE3\x81\x8B", "\xE3\x81\x8C")); /* ka, ga */
}

static void long_words_are_hashed_whole(void) {
  static char a[4000], b[4000];
  memset(a, 'a', sizeof a - 1);
  memset(b, 'A', sizeof b - 1);
  check(same_words(a, b));
  b[0] = 'b';
  check(!same_words(a, b));
  memset(b, 'A', sizeof b);
  b[3998] = 0;
  check(!same_words(a, b));
}

/* Every character, alone and between letters, gives the same units composed
 * and decomposed. */
static void canonical_equivalents_are_one(void) {
  int wrong = 0;
  for (int32_t c = 0x80; c <= 0x10FFFF; c++) {
    if (c >= 0xD800 && c <= 0xDFFF)
      continue;
    uint8_t text[16] = "x";
    utf8proc_ssize_t n = utf8proc_encode_char(c, text + 1);
    strcpy((char *)text + 1 + n, "\xCC\xA7y");
    uint8_t *nfd = utf8proc_NFD(text), *nfc = utf8proc_NFC(text);
    wrong += !same_words((char *)nfd, (char *)text);
    wrong += !same_words((char *)nfd, (char *)nfc);
    free(nfd);
    free(nfc);
  }
  check(wrong == 0);
}

static void room_does_not_matter(void) {
  const char *text =
      "The \xC3\x89t\xC3\xA9 \xE5\x8C\x97\xE4\xBA\xAC \xEF\xB7\xBA!";
  pm_unit a[128], b[128];
  size_t n = split(pm_units_words, text, strlen(text), 128, a);
  check(n == split(pm_units_words, text, strlen(text), 1, b));
  check(memcmp(a, b, n * sizeof *a) == 0);
  n = split(pm_units_chars, text, strlen(text), 128, a);
  check(n == split(pm_units_chars, text, strlen(text), PM_UNITS_ROOM, b));
  check(memcmp(a, b, n * sizeof *a) == 0);
}

static void splits_into_characters(void) {
  pm_unit a[64], b[64];
  size_t n = split(pm_units_chars, " A - b\xC3\x89 ", 9, 64, a);
  check(n == 4); /* a, space, b, e */
  check(n == split(pm_units_chars, "a be", 4, 64, b));
  for (size_t i = 0; i < n; i++)
    check(a[i].hash == b[i].hash);
  check(a[1].start == 2 && a[1].end == 5);
  check(a[3].start == 6 && a[3].end == 8);
}

static void hashes_tokens(void) {
  check(pm_unit_hash("don't", 5) == pm_unit_hash("Don\xE2\x80\x99T", 7));
  check(pm_unit_hash("dont", 4) == pm_unit_hash("don't", 5));
  check(pm_unit_hash(",", 1) != pm_unit_hash(".", 1));
  pm_unit word;
  split(pm_units_words, "Caf\xC3\xA9", 5, 1, &word);
  check(word.hash == pm_unit_hash("cafe\xCC\x81", 6));
}

int main(void) {
  splits_into_words();
  folds();
  long_words_are_hashed_whole();
  canonical_equivalents_are_one();
  room_does_not_matter();
  splits_into_characters();
  hashes_tokens();
  return done("units");
}
