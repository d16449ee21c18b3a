/* UTF-8 by table 3-7 of the standard, on every short sequence. */
#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "text/utf8.h"

/* The characters that exist, encoded by the definition. */
static void every_character_is_valid(void) {
  int wrong = 0;
  for (uint32_t c = 0; c < 0x110000; c++) {
    char text[4];
    size_t n = pm_utf8_write(text, c);
    int surrogate = c >= 0xD800 && c <= 0xDFFF;
    uint32_t back;
    int got = pm_utf8_read(text, text + n, &back);
    if (surrogate) {
      wrong += got != -1 || pm_utf8_check(text, n) != 0;
      continue;
    }
    const char *p = text;
    wrong += got != (int)n || back != c || pm_utf8_check(text, n) != n ||
             pm_utf8_next(&p) != c || p != text + n ||
             pm_utf8_back(text + n) != text ||
             pm_utf8_length((unsigned char)text[0]) != n;
  }
  check(wrong == 0);
}

/* Valid sequences are exactly as many as there are characters. */
static void nothing_else_is_valid(void) {
  size_t valid[4] = {0};
  for (uint32_t i = 0; i < 0x1000000; i++) {
    char text[3] = {(char)(i >> 16), (char)(i >> 8), (char)i};
    uint32_t c;
    if (i < 0x100)
      valid[1] += pm_utf8_read(text + 2, text + 3, &c) == 1;
    if (i < 0x10000)
      valid[2] += pm_utf8_read(text + 1, text + 3, &c) == 2;
    valid[3] += pm_utf8_read(text, text + 3, &c) == 3;
  }
  check(valid[1] == 0x80);
  check(valid[2] == 0x800 - 0x80);
  check(valid[3] == 0x10000 - 0x800 - 0x800);
  size_t four = 0;
  for (uint32_t i = 0; i < 0x10000; i++)
    for (int lead = 0xF0; lead < 0x100; lead++) {
      char text[4] = {(char)lead, (char)(i >> 8), (char)i, (char)0x80};
      uint32_t c;
      four += pm_utf8_read(text, text + 4, &c) == 4;
    }
  check(four == 0x100000 / 64);
}

/* The table of "U+FFFD Substitution of Maximal Subparts", and cut ends. */
static void bad_bytes_come_in_maximal_subparts(void) {
  static const struct {
    const char *text;
    int n;
  } cases[] = {
      {"\xC0\xAF", -1},         {"\xE0\x9F\x80", -1}, {"\xE1\x80", -2},
      {"\xE1\x80\xE2", -2},     {"\xF0\x90\x80", -3}, {"\xF1\x80\x41", -2},
      {"\xF4\x90\x80\x80", -1}, {"\xF5\x80", -1},     {"\x80", -1},
      {"\xED\xA0\x80", -1},     {"\xC3", -1},         {"\xFE", -1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    uint32_t c;
    const char *text = cases[i].text;
    check(pm_utf8_read(text, text + strlen(text), &c) == cases[i].n);
    check(c == PM_REPLACEMENT);
  }
}

/* One bad byte, at each place of blocks of each length and filling. */
static void the_first_bad_byte_is_found_anywhere(void) {
  static const char *const fill[] = {"a", "\xC3\xA9", "\xE2\x80\x99",
                                     "\xF0\x9F\x98\x80"};
  static const char *const bad[] = {"\xFF",     "\x80",         "\xC3",
                                    "\xE2\x80", "\xF0\x9F\x98", "\xED\xA0\x80"};
  int wrong = 0;
  for (size_t f = 0; f < 4; f++)
    for (size_t before = 0; before < 150; before++)
      for (size_t b = 0; b < 6; b++)
        for (size_t after = 0; after < 70; after += 3) {
          size_t unit = strlen(fill[f]), m = strlen(bad[b]);
          size_t n = unit * (before + after) + m;
          char *text = malloc(n), *p = text; /* exact: overreads show */
          for (size_t i = 0; i < before; i++, p += unit)
            memcpy(p, fill[f], unit);
          memcpy(p, bad[b], m);
          p += m;
          for (size_t i = 0; i < after; i++, p += unit)
            memcpy(p, fill[f], unit);
          wrong += pm_utf8_check(text, n) != unit * before;
          wrong += pm_utf8_check(text, unit * before) != unit * before;
          free(text);
        }
  check(wrong == 0);
}

int main(void) {
  every_character_is_valid();
  nothing_else_is_valid();
  bad_bytes_come_in_maximal_subparts();
  the_first_bad_byte_is_found_anywhere();
  return done("utf8");
}
