#include "match/diff.h"
#include "match/readable.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "test.h"

static uint64_t state = 7;

static uint32_t next_random(uint32_t below) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33) % below;
}

typedef struct text {
  pm_unit *unit;
  uint8_t *border;
  size_t count;
} text;

static void drop(text t) {
  free(t.unit);
  free(t.border);
}

static text random_text(size_t count, uint32_t vocabulary) {
  text t = {calloc(count ? count : 1, sizeof *t.unit), calloc(count + 2, 1),
            count};
  for (size_t i = 0; i < count; i++) {
    t.unit[i].hash = next_random(vocabulary);
    t.border[i] = (uint8_t)next_random(4);
  }
  t.border[0] = t.border[count] = PM_BORDER_TEXT;
  return t;
}

/* Each letter a piece. */
static text letters(const char *s) {
  text t = random_text(strlen(s), 1);
  for (size_t i = 0; i < t.count; i++) {
    t.unit[i].hash = (unsigned char)s[i];
    if (i > 0)
      t.border[i] = s[i - 1] == '.' ? PM_BORDER_SENTENCE : PM_BORDER_SPACE;
  }
  return t;
}

static pm_edit *edits_of(text a, text b, bool readable, size_t *count) {
  void *scratch = malloc(pm_diff_scratch(a.count, b.count));
  pm_edit *e = malloc((a.count + b.count + 1) * sizeof *e);
  *count = pm_diff(a.unit, a.count, b.unit, b.count, scratch, e);
  if (readable)
    *count = pm_readable_edits(e, *count, a.unit, b.unit, a.border, b.border);
  free(scratch);
  return e;
}

/* The edits cover both texts in order, what they call the same is, and no two
 * neighbours are of one kind. Returns how many pieces are the same. */
static size_t verify(text a, text b, const pm_edit *e, size_t count) {
  uint32_t x = 0, y = 0;
  size_t same = 0, wrong = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t da = e[i].a_end - e[i].a, db = e[i].b_end - e[i].b;
    wrong += e[i].a != x || e[i].b != y || da + db == 0;
    wrong +=
        i > 0 && (e[i].op == PM_DIFF_SAME) == (e[i - 1].op == PM_DIFF_SAME);
    switch (e[i].op) {
    case PM_DIFF_SAME:
      wrong += da != db;
      for (uint32_t k = 0; k < da; k++)
        wrong += a.unit[x + k].hash != b.unit[y + k].hash;
      same += da;
      break;
    case PM_DIFF_DELETE: wrong += db != 0; break;
    case PM_DIFF_INSERT: wrong += da != 0; break;
    case PM_DIFF_REPLACE: wrong += da == 0 || db == 0; break;
    case PM_DIFF_MOVE: wrong++; break; /* those are found later */
    }
    x = e[i].a_end;
    y = e[i].b_end;
  }
  check(wrong == 0 && x == a.count && y == b.count);
  return same;
}

/* Longest common subsequence, the plain way. */
static size_t lcs(text a, text b) {
  size_t *row = calloc(b.count + 1, sizeof *row);
  for (size_t i = 0; i < a.count; i++) {
    size_t corner = 0;
    for (size_t j = 0; j < b.count; j++) {
      size_t above = row[j + 1];
      if (a.unit[i].hash == b.unit[j].hash)
        row[j + 1] = corner + 1;
      else if (row[j] > above)
        row[j + 1] = row[j];
      corner = above;
    }
  }
  size_t result = row[b.count];
  free(row);
  return result;
}

static void finds_a_shortest_edit(void) {
  int longer = 0;
  for (int round = 0; round < 3000; round++) {
    uint32_t vocabulary = 1 + next_random(8);
    text a = random_text(next_random(40), vocabulary);
    text b = random_text(next_random(40), vocabulary);
    size_t count;
    pm_edit *e = edits_of(a, b, false, &count);
    longer += verify(a, b, e, count) != lcs(a, b);
    free(e);
    e = edits_of(a, b, true, &count);
    verify(a, b, e, count);
    free(e);
    drop(a);
    drop(b);
  }
  check(longer == 0);
}

static void reads_as(const char *x, const char *y, const char *expected) {
  text a = letters(x), b = letters(y);
  size_t count;
  pm_edit *e = edits_of(a, b, true, &count);
  char got[256] = "";
  for (size_t i = 0; i < count; i++)
    sprintf(got + strlen(got), "%c%.*s/%.*s ", "=-+!"[e[i].op],
            (int)(e[i].a_end - e[i].a), x + e[i].a, (int)(e[i].b_end - e[i].b),
            y + e[i].b);
  check(strcmp(got, expected) == 0);
  if (strcmp(got, expected) != 0)
    fprintf(stderr, "  %s\n  %s\n", got, expected);
  free(e);
  drop(a);
  drop(b);
}

static void reads_well(void) {
  reads_as("", "", "");
  reads_as("abc", "abc", "=abc/abc ");
  reads_as("", "abc", "+/abc ");
  reads_as("abc", "", "-abc/ ");
  reads_as("abcdef", "abXdef", "=ab/ab !c/X =def/def ");
  reads_as("abcdef", "abdef", "=ab/ab -c/ =def/def ");
  /* One letter that happens to be the same is part of the change. */
  reads_as("12345670abc", "1234XY6ZQabc", "=1234/1234 !5670/XY6ZQ =abc/abc ");
  /* Four are not. */
  /* What was added or left out begins with a sentence. */
  reads_as("hsy.hl.", "hsy.hsn.hl.", "=hsy./hsy. +/hsn. =hl./hl. ");
  reads_as("hsy.hsn.hl.", "hsy.hl.", "=hsy./hsy. -hsn./ =hl./hl. ");
  reads_as("hl.", "hsn.hl.", "+/hsn. =hl./hl. ");
  reads_as("xxxx1234yyyy", "pppp1234qqqq", "!xxxx/pppp =1234/1234 !yyyy/qqqq ");
}

static void hostile_input_is_bounded(void) {
  enum { N = 300000 };
  clock_t start = clock();
  for (uint32_t vocabulary = 1; vocabulary < 1000000; vocabulary *= 50) {
    text a = random_text(N, vocabulary), b = random_text(N, vocabulary);
    size_t count;
    pm_edit *e = edits_of(a, b, true, &count);
    verify(a, b, e, count);
    free(e);
    drop(a);
    drop(b);
  }
  check((double)(clock() - start) / CLOCKS_PER_SEC < 60);
}

static void cuts_at_words(void) {
  const char *s = " \"One\" two.\nThree, 4!";
  pm_unit word[] = {{1, 2, 5}, {2, 7, 10}, {3, 12, 17}, {4, 19, 20}};
  pm_unit piece[5];
  uint8_t border[6];
  check(pm_readable_cut(s, 21, word, 4, false, piece, border) == 4);
  check(piece[0].start == 0 && piece[0].end == 7 && piece[0].hash == 1);
  check(piece[3].start == 19 && piece[3].end == 21 && piece[3].hash == 4);
  check(border[0] == PM_BORDER_TEXT && border[1] == PM_BORDER_COMMA);
  check(border[2] == PM_BORDER_LINE && border[3] == PM_BORDER_COMMA);
  check(border[4] == PM_BORDER_TEXT);
  check(pm_readable_cut(s, 21, word, 4, true, piece, border) == 4);
  check(piece[0].hash != 1 && piece[1].hash != 2);
  check(pm_readable_cut("!?", 2, NULL, 0, true, piece, border) == 1);
  check(piece[0].start == 0 && piece[0].end == 2);
  check(pm_readable_cut("", 0, NULL, 0, true, piece, border) == 0);
}

int main(void) {
  finds_a_shortest_edit();
  reads_well();
  hostile_input_is_bounded();
  cuts_at_words();
  return done("diff");
}
