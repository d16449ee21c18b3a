/*
 * The tables against utf8proc, character by character, and the forms against
 * utf8proc on random text. (The standard's own test file is read by
 * normal_spec.lua.)
 */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "test.h"
#include "text/chars.h"
#include "text/normal.h"
#include "text/utf8.h"

static const int options[] = {
    [PM_NFC] = UTF8PROC_STABLE | UTF8PROC_COMPOSE,
    [PM_NFD] = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE,
    [PM_NFKC] = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT,
    [PM_NFKD] = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT,
    [PM_FOLD] = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
};

/* Whether `text` in `form` is what utf8proc makes of it. */
static int agrees(const char *text, size_t len, pm_form form) {
  static pm_buffer out, wide;
  utf8proc_uint8_t *expected;
  utf8proc_ssize_t n =
      utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len,
                   &expected, (utf8proc_option_t)options[form]);
  out.len = 0;
  int same = n >= 0 && pm_normalize(text, len, form, &out, &wide) == 0 &&
             out.len == (size_t)n &&
             (n == 0 || memcmp(out.at, expected, (size_t)n) == 0);
  size_t span = pm_normal_span(text, len, form);
  same = same && (size_t)n >= span && memcmp(text, expected, span) == 0;
  free(expected);
  return same;
}

/* Not assigned yet, but already promised to be ignorable: by the standard
 * NFKC_Casefold leaves it out, utf8proc does not. */
static int is_future_ignorable(uint32_t c) {
  return pm_char_form(c) & PM_IGNORABLE &&
         utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_CN;
}

static int is_surrogate(uint32_t c) {
  return c >= 0xD800 && c <= 0xDFFF;
}

static void every_character_alone_and_between_letters(void) {
  int wrong = 0;
  for (uint32_t c = 0; c < 0x110000; c++) {
    char text[16] = "E";
    if (is_surrogate(c))
      continue;
    int last = is_future_ignorable(c) ? PM_NFKD : PM_FOLD;
    size_t n = 1 + pm_utf8_write(text + 1, c);
    n += pm_utf8_write(text + n, 0x323);
    for (int form = PM_NFC; form <= last; form++)
      if (!agrees(text + 1, n - 3, (pm_form)form) ||
          !agrees(text, n, (pm_form)form))
        wrong++;
  }
  check(wrong == 0);
}

static void one_to_one_maps_grow_by_one_byte_at_most(void) {
  int wrong = 0;
  for (uint32_t c = 0; c < 0x110000; c++) {
    const pm_mapping *map = pm_char_mapping(pm_char_form(c));
    const int32_t to[] = {map->fold, map->simple, map->base};
    for (int i = 0; i < 3; i++) {
      char a[4], b[4];
      size_t from = pm_utf8_write(a, c);
      size_t n = pm_utf8_write(b, c + (uint32_t)to[i]);
      if (n > from && !(from == 2 && n == 3))
        wrong++;
    }
  }
  check(wrong == 0);
}

static uint32_t state = 1;

static uint32_t random_below(uint32_t n) {
  state = state * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)state * n >> 32);
}

/* Blocks where the forms have most to do, and anything. */
static uint32_t random_character(void) {
  static const uint32_t from[][2] = {
      {'A', 26},       {'a', 26},       {0xA0, 0x160},   {0x300, 0x70},
      {0x370, 0x90},   {0x5B0, 0x14},   {0x900, 0x80},   {0xDC0, 0x40},
      {0x1100, 0x100}, {0x1E00, 0x100}, {0x1F00, 0x100}, {0x2000, 0x50},
      {0x3040, 0x60},  {0xAC00, 0x50},  {0xFB00, 0x50},  {0xFF00, 0xA0},
      {0x1109A, 0x20}, {0x1D15E, 0x10}, {' ', 1},        {0x10, 0x10FFF0},
  };
  for (;;) {
    uint32_t i = random_below(sizeof from / sizeof *from);
    uint32_t c = from[i][0] + random_below(from[i][1]);
    if (!is_surrogate(c) && !is_future_ignorable(c))
      return c;
  }
}

static void random_text(void) {
  int wrong = 0;
  for (int round = 0; round < 40000; round++) {
    char text[512];
    size_t n = 0, chars = random_below(100);
    int plain = (int)random_below(3);
    for (size_t i = 0; i < chars; i++)
      n += pm_utf8_write(text + n, plain && random_below(8)
                                       ? 'A' + random_below(58)
                                       : random_character());
    for (int form = PM_NFC; form <= PM_FOLD; form++)
      wrong += !agrees(text, n, (pm_form)form);
  }
  check(wrong == 0);
}

static void long_runs(void) {
  /* Longer than what is handed on at once, and where utf8proc, which sorts
   * in quadratic time, still answers. */
  static char text[40000];
  static const uint32_t units[][3] = {
      {0xAC01, 0xAC02, 0xD4DB}, {0x1100, 0x1161, 0x11A8}, {0x301, 0x323, 0x345},
      {0xFF76, 0xFF9E, 0xFF76}, {0x958, 0x93C, 0x94D},    {0xFDFA, 'A', 0xDF},
  };
  for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
    size_t n = 0;
    for (int i = 0; i < 4000; i++)
      n += pm_utf8_write(text + n, units[u][i % 3]);
    for (int form = PM_NFC; form <= PM_FOLD; form++)
      check(agrees(text, n, (pm_form)form));
  }
}

static void many_marks_take_linear_time(void) {
  size_t n = 0, chars = 1000000;
  char *text = malloc(2 * chars);
  for (size_t i = 0; i < chars; i++)
    n += pm_utf8_write(text + n, i % 2 ? 0x323 : 0x301);
  pm_buffer out = {0}, wide = {0};
  check(pm_normalize(text, n, PM_NFC, &out, &wide) == 0);
  check(out.len == n && memcmp(out.at, "\xCC\xA3\xCC\xA3", 4) == 0);
  pm_buffer_free(&out);
  pm_buffer_free(&wide);
  free(text);
}

static void memory_limit_is_an_answer(void) {
  pm_buffer out = {.max = 100}, wide = {0};
  char text[200];
  memset(text, 'A', sizeof text);
  check(pm_normalize(text, sizeof text, PM_FOLD, &out, &wide) == -1);
  pm_buffer_free(&out);
  out = (pm_buffer){0};
  wide = (pm_buffer){.max = 16};
  check(pm_normalize("e\xCC\x81", 3, PM_NFC, &out, &wide) == -1);
  pm_buffer_free(&out);
  pm_buffer_free(&wide);
}

int main(void) {
  every_character_alone_and_between_letters();
  one_to_one_maps_grow_by_one_byte_at_most();
  random_text();
  long_runs();
  many_marks_take_linear_time();
  memory_limit_is_an_answer();
  return done("normal");
}
