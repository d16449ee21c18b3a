#include "match/align.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "test.h"

static const pm_align_options usual = {3, 8, 8, 0.5};

static uint64_t state = 1;

static uint32_t next_random(uint32_t below) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33) % below;
}

static pm_unit *words_of(const uint32_t *number, size_t count) {
  pm_unit *unit = calloc(count ? count : 1, sizeof *unit);
  for (size_t i = 0; i < count; i++)
    unit[i].hash = (number[i] + 1) * 0x9E3779B97F4A7C15u;
  return unit;
}

static pm_reuse align(const uint32_t *x, size_t nx, const uint32_t *y,
                      size_t ny, pm_passage *out) {
  pm_unit *a = words_of(x, nx), *b = words_of(y, ny);
  void *scratch = malloc(pm_align_scratch(nx, ny));
  size_t most = pm_align_most(nx, ny);
  pm_passage *p = malloc((most ? most : 1) * sizeof *p);
  pm_reuse r = pm_align(a, nx, b, ny, &usual, scratch, p);
  memcpy(out, p, r.passages * sizeof *p);
  free(p);
  free(scratch);
  free(a);
  free(b);
  return r;
}

static void count_up(uint32_t *to, size_t count, uint32_t from) {
  for (size_t i = 0; i < count; i++)
    to[i] = from + (uint32_t)i;
}

static int is(pm_passage p, uint32_t a, uint32_t a_end, uint32_t b,
              uint32_t b_end, uint32_t same) {
  return p.a == a && p.a_end == a_end && p.b == b && p.b_end == b_end &&
         p.same == same;
}

static void a_text_is_one_passage_of_itself(void) {
  uint32_t x[100];
  pm_passage p[100];
  count_up(x, 100, 0);
  pm_reuse r = align(x, 100, x, 100, p);
  check(r.passages == 1 && is(p[0], 0, 100, 0, 100, 100));
  check(r.shared == 98 && r.distinct_a == 98 && r.distinct_b == 98);
  check(r.words_a == 100 && r.words_b == 100);
}

static void edits_do_not_end_a_passage(void) {
  uint32_t x[60], y[80];
  pm_passage p[60];
  count_up(x, 60, 0);
  count_up(y, 60, 0);
  y[20] = 900;                             /* changed */
  memmove(y + 41, y + 40, 20 * sizeof *y); /* added */
  y[40] = 901;
  memmove(y + 50, y + 52, 9 * sizeof *y); /* dropped */
  pm_reuse r = align(x, 60, y, 59, p);
  check(r.passages == 1 && is(p[0], 0, 60, 0, 59, 57));
}

static void passages_may_move(void) {
  uint32_t x[60], y[60];
  pm_passage p[60];
  count_up(x, 60, 0);
  count_up(y, 30, 30);
  count_up(y + 30, 30, 0);
  pm_reuse r = align(x, 60, y, 60, p);
  check(r.passages == 2);
  check(is(p[0], 0, 30, 30, 60, 30) && is(p[1], 30, 60, 0, 30, 30));
}

static void short_ones_do_not_count(void) {
  uint32_t x[40], y[40];
  pm_passage p[40];
  count_up(x, 40, 0);
  count_up(y, 40, 100);
  memcpy(y + 10, x + 20, 7 * sizeof *x);
  check(align(x, 40, y, 40, p).passages == 0);
  memcpy(y + 10, x + 20, 8 * sizeof *x);
  pm_reuse r = align(x, 40, y, 40, p);
  check(r.passages == 1 && is(p[0], 20, 28, 10, 18, 8));
}

/* Words by the end of a passage that start no shingle still belong to it. */
static void passages_grow_over_their_ends(void) {
  uint32_t x[40], y[40];
  pm_passage p[40];
  count_up(x, 40, 0);
  count_up(y, 40, 100);
  memcpy(y + 10, x + 10, 20 * sizeof *x);
  y[12] = 901; /* two words, then a change, at the start */
  y[27] = 902; /* and at the end */
  pm_reuse r = align(x, 40, y, 40, p);
  check(r.passages == 1 && is(p[0], 10, 30, 10, 30, 18));
}

static void nothing_meets_nothing(void) {
  uint32_t x[10];
  pm_passage p[10];
  count_up(x, 10, 0);
  check(align(x, 0, x, 0, p).passages == 0);
  pm_reuse r = align(x, 10, x, 0, p);
  check(r.passages == 0 && r.distinct_a == 8 && r.distinct_b == 0);
  check(align(x, 0, x, 10, p).distinct_b == 8);
  check(align(x, 2, x, 2, p).shared == 1);
}

/* Longest common subsequence, the plain way. */
static uint32_t lcs(const uint32_t *x, size_t nx, const uint32_t *y,
                    size_t ny) {
  uint32_t *row = calloc(ny + 1, sizeof *row);
  for (size_t i = 0; i < nx; i++) {
    uint32_t corner = 0;
    for (size_t j = 0; j < ny; j++) {
      uint32_t above = row[j + 1];
      if (x[i] == y[j])
        row[j + 1] = corner + 1;
      else if (row[j] > above)
        row[j + 1] = row[j];
      corner = above;
    }
  }
  uint32_t result = row[ny];
  free(row);
  return result;
}

static void holds_for_random_edits(void) {
  enum { N = 300 };
  int bad_order = 0, overlap = 0, bad_same = 0, lost = 0;
  for (int round = 0; round < 500; round++) {
    uint32_t x[N], y[2 * N];
    pm_passage p[N];
    uint32_t vocabulary = round % 2 ? 12 : 5000;
    for (size_t i = 0; i < N; i++)
      x[i] = next_random(vocabulary);
    size_t ny = 0, edits = 0;
    for (size_t i = 0; i < N; i++) {
      uint32_t what = next_random(60);
      edits += what < 3;
      if (what != 0)
        y[ny++] = what == 1 ? next_random(vocabulary) : x[i];
      if (what == 2)
        y[ny++] = next_random(vocabulary);
    }
    pm_reuse r = align(x, N, y, ny, p);
    uint8_t used[2 * N] = {0};
    for (size_t i = 0; i < r.passages; i++) {
      bad_order += i > 0 && p[i].a < p[i - 1].a_end;
      for (size_t j = p[i].b; j < p[i].b_end; j++)
        overlap += used[j]++;
      uint32_t most =
          lcs(x + p[i].a, p[i].a_end - p[i].a, y + p[i].b, p[i].b_end - p[i].b);
      bad_same += p[i].same > most || p[i].same < usual.min_words;
    }
    if (vocabulary == 5000)
      lost += r.words_a < N - 4 * edits;
  }
  check(bad_order == 0);
  check(overlap == 0);
  check(bad_same == 0);
  check(lost == 0);
}

static void hostile_input_is_bounded(void) {
  enum { N = 300000 };
  uint32_t *x = calloc(N, sizeof *x), *y = calloc(N, sizeof *y);
  pm_passage *p = malloc(N * sizeof *p);
  clock_t start = clock();
  check(align(x, N, y, N, p).words_a == N); /* one word */
  y[N / 2] = 1;
  check(align(x, N, y, N, p).words_a > N - 10);
  for (size_t i = 0; i < N; i++) {
    x[i] = next_random(2); /* two words by chance */
    y[i] = next_random(2);
  }
  align(x, N, y, N, p);
  for (size_t i = 0; i < N; i++) {
    x[i] = i % 1000 ? 0 : (uint32_t)i; /* rare words in a sea of one */
    y[i] = i % 1000 ? 0 : (uint32_t)(N - i);
  }
  align(x, N, y, N, p);
  for (size_t i = 0; i < N; i++) {
    x[i] = (uint32_t)(i % 7); /* a short cycle against a longer one */
    y[i] = (uint32_t)(i % 5);
  }
  align(x, N, y, N, p);
  check((double)(clock() - start) / CLOCKS_PER_SEC < 20);
  free(p);
  free(x);
  free(y);
}

int main(void) {
  a_text_is_one_passage_of_itself();
  edits_do_not_end_a_passage();
  passages_may_move();
  short_ones_do_not_count();
  passages_grow_over_their_ends();
  nothing_meets_nothing();
  holds_for_random_edits();
  hostile_input_is_bounded();
  return done("align");
}
