/*
 * Matchable text by blocks and byte by byte is the same, with the same way
 * back; and the map stays small on text that hardly changes.
 */
#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "text/matchable.h"

enum { DEFAULT = 63 };

static uint32_t state = 5;

static uint32_t random_below(uint32_t n) {
  state = state * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)state * n >> 32);
}

/* Masking digits switches the blocks off; the text has none. */
static void blocks_change_nothing(void) {
  static const char *const units[] = {"a",
                                      "Bc",
                                      " ",
                                      "word ",
                                      "\n",
                                      "\t\t",
                                      "The quick brown fox ",
                                      ".",
                                      "\xC3\xA9",
                                      "\xE2\x80\x99",
                                      "e\xCC\x81"};
  int wrong = 0;
  for (int round = 0; round < 5000; round++) {
    char draft[1200];
    size_t n = 0, count = random_below(50);
    for (size_t i = 0; i < count; i++) {
      const char *unit = units[random_below(sizeof units / sizeof *units)];
      memcpy(draft + n, unit, strlen(unit));
      n += strlen(unit);
    }
    char *text = malloc(n + 1); /* exact but for the one: overreads show */
    memcpy(text + 1, draft, n);
    pm_buffer a = {0}, b = {0}, to_a = {0}, to_b = {0}, wide = {0};
    pm_matchable_make(text + 1, n, DEFAULT, &a, &to_a, &wide);
    pm_matchable_make(text + 1, n, DEFAULT | PM_MATCH_DIGITS, &b, &to_b, &wide);
    wrong += a.len != b.len || (a.len && memcmp(a.at, b.at, a.len) != 0);
    for (uint32_t i = 0; i < a.len && i < b.len; i++) {
      pm_span at = {i, i + 1 + random_below(8)};
      if (at.end > a.len)
        at.end = (uint32_t)a.len;
      pm_span x = pm_offsets_range(&to_a, a.at, at);
      pm_span y = pm_offsets_range(&to_b, b.at, at);
      wrong += x.start != y.start || x.end != y.end;
    }
    pm_buffer *all[] = {&a, &b, &to_a, &to_b, &wide};
    for (size_t i = 0; i < 5; i++)
      pm_buffer_free(all[i]);
    free(text);
  }
  check(wrong == 0);
}

static void plain_text_has_one_piece(void) {
  pm_buffer out = {0}, map = {0}, wide = {0};
  char text[1000];
  memset(text, 'A', sizeof text);
  check(pm_matchable_make(text, sizeof text, DEFAULT, &out, &map, &wide) == 0);
  check(map.len == 2 * sizeof(pm_piece)); /* and the one that ends it */
  pm_span all = pm_offsets_range(&map, out.at, (pm_span){0, 1000});
  check(all.start == 0 && all.end == 1000);
  pm_buffer_free(&out);
  pm_buffer_free(&map);
  pm_buffer_free(&wide);
}

/* Every place where memory can be short gives -1 and leaves nothing behind. */
static void memory_limits_are_answers(void) {
  const char *text = "The \xE2\x80\x9C"
                     "Caf\xC3\xA9\xE2\x80\x9D  e\xCC\x81\xC2\xBD";
  size_t len = strlen(text);
  int failed = 0, done_at_last = 0;
  for (size_t max = 1; max < 400; max += 8) {
    pm_buffer out = {.max = max}, map = {.max = max}, wide = {.max = max};
    if (pm_matchable_make(text, len, DEFAULT, &out, &map, &wide) != 0)
      failed++;
    else
      done_at_last = out.len == 17;
    pm_buffer_free(&out);
    pm_buffer_free(&map);
    pm_buffer_free(&wide);
  }
  check(failed > 0 && done_at_last);
}

int main(void) {
  blocks_change_nothing();
  plain_text_has_one_piece();
  memory_limits_are_answers();
  return done("matchable");
}
