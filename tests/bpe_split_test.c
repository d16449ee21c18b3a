/*
 * The splitters against PCRE2 on the reference patterns: every character that
 * both know, beside all kinds of neighbours, and random mixtures.
 */
#include <stdio.h>

#include "bpe_reference.h"
#include "test.h"
#include "text/utf8.h"

static reference_set set;

/* Appends the pieces of `list`, ended by NULL; "@" stands for the character. */
static size_t put(char *out, const char *const *list, const char *c) {
  size_t len = 0;
  for (; *list; list++) {
    const char *piece = **list == '@' ? c : *list;
    size_t size = strlen(piece);
    memcpy(out + len, piece, size);
    len += size;
  }
  return len;
}

static void test_all_characters(void) {
  static const char *const around[] = {
      "@", "@",  " ", "@",  "a", "@",  "b", "@", "A", "@", "\xCC\x81",     "@",
      "7", "@",  "!", "@",  "/", "\n", "@", " ", " ", "@", "'s",           "@",
      "B", "\t", "@", "X",  "y", "@",  "Z", "'", "@", "@", "\xE6\x97\xA5", "@",
      " ", " ",  "@", "\r", "@", " ",  NULL};
  char text[256], c[5];
  int wrong[4] = {0}, known = 0;
  for (uint32_t code = 1; code < 0x110000; code++) {
    if (code >= 0xD800 && code < 0xE000)
      continue;
    size_t size = pm_utf8_write(c, code);
    c[size] = 0;
    if (!reference_knows(&set, c, size))
      continue;
    known++;
    size_t len = put(text, around, c);
    for (int which = 0; which < 4; which++)
      wrong[which] += reference_differs(&set, which, text, len) != len;
  }
  for (int which = 0; which < 4; which++)
    check(wrong[which] == 0);
  check(known > 280000); /* with those for private use */
}

static void test_mixtures(void) {
  static const char *const part[] = {"'s",
                                     "'S",
                                     "'LL",
                                     "'ll",
                                     "'re",
                                     "'Ve",
                                     "'\xC5\xBF",
                                     "'",
                                     "a",
                                     "Bc",
                                     "DEF",
                                     " ",
                                     "  ",
                                     "\n",
                                     "\r\n",
                                     "\t",
                                     "1",
                                     "22",
                                     "/",
                                     "//",
                                     "!",
                                     "...",
                                     "-",
                                     "\xCC\x81",
                                     "\xC3\xA9",
                                     "\xC3\x89",
                                     "7",
                                     "\v",
                                     "\x7F",
                                     "\f",
                                     "\xC2\xA0",
                                     "\xC2\x85",
                                     "\xE1\xA0\x8E",
                                     "\xE3\x80\x80",
                                     "\xE6\x97\xA5",
                                     "\xC7\x85",
                                     "\xCA\xB0",
                                     "\xD9\xA3",
                                     "\xF0\x9F\x91\x8D",
                                     "abcdefghijklm",
                                     "    "};
  char text[1200];
  uint32_t seed = 7;
  int wrong[4] = {0};
  for (int round = 0; round < 20000; round++) {
    size_t len = 0;
    while (len < sizeof text - 20) {
      seed = seed * 1664525 + 1013904223;
      const char *p = part[(seed >> 8) % (sizeof part / sizeof *part)];
      memcpy(text + len, p, strlen(p));
      len += strlen(p);
      if (seed >> 28 == 0)
        break;
    }
    for (int which = 0; which < 4; which++)
      wrong[which] += reference_differs(&set, which, text, len) != len;
  }
  for (int which = 0; which < 4; which++)
    check(wrong[which] == 0);
}

int main(void) {
  reference_open(&set);
  test_all_characters();
  test_mixtures();
  for (int i = 0; i < 4; i++)
    pm_regex_close(&set.pattern[i]);
  pm_regex_close(&set.unassigned);
  pm_regex_stack_close(&set.stack);
  return done("bpe_split");
}
