#include "match/readable.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* The strongest border that the bytes between two words make. */
static pm_border border_of(const char *s, size_t len) {
  pm_border border = PM_BORDER_SPACE;
  for (size_t i = 0; i < len; i++) {
    pm_border here = s[i] == '\n'                    ? PM_BORDER_LINE
                     : s[i] && strchr(".!?", s[i])   ? PM_BORDER_SENTENCE
                     : s[i] && strchr(" \t\r", s[i]) ? PM_BORDER_SPACE
                                                     : PM_BORDER_COMMA;
    border = here > border ? here : border;
  }
  return border;
}

size_t pm_readable_cut(const char *text, size_t len, const pm_unit *word,
                       size_t count, bool exact, pm_unit *piece,
                       uint8_t *border) {
  if (count == 0 && len > 0)
    piece[count++] = (pm_unit){0, 0, (uint32_t)len};
  else if (count > 0)
    memcpy(piece, word, count * sizeof *piece);
  for (size_t i = 0; i < count; i++) {
    if (i > 0)
      border[i] = (uint8_t)border_of(text + word[i - 1].end,
                                     word[i].start - word[i - 1].end);
    piece[i].start = i == 0 ? 0 : piece[i - 1].end;
    piece[i].end = i + 1 < count ? word[i + 1].start : (uint32_t)len;
    if (exact)
      piece[i].hash =
          XXH3_64bits(text + piece[i].start, piece[i].end - piece[i].start);
  }
  border[0] = border[count] = PM_BORDER_TEXT;
  return count;
}

static uint32_t longer_side(const pm_edit *e) {
  uint32_t a = e->a_end - e->a, b = e->b_end - e->b;
  return a > b ? a : b;
}

static pm_diff_op op_of(const pm_edit *e) {
  if (e->a == e->a_end)
    return PM_DIFF_INSERT;
  return e->b == e->b_end ? PM_DIFF_DELETE : PM_DIFF_REPLACE;
}

/* The last three edits are a change, a few words that are the same, and a
 * change, and the changes are the larger part: one change. */
static bool is_noise(const pm_edit *change) {
  enum { FEW = 3 };
  uint32_t same = longer_side(&change[1]);
  return same <= FEW && same <= longer_side(&change[0]) &&
         same <= longer_side(&change[2]);
}

static size_t join_noise(pm_edit *edit, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    edit[kept++] = edit[i];
    while (edit[kept - 1].op != PM_DIFF_SAME && kept >= 3 &&
           is_noise(&edit[kept - 3])) {
      pm_edit *joined = &edit[kept - 3];
      joined->a_end = edit[kept - 1].a_end;
      joined->b_end = edit[kept - 1].b_end;
      joined->op = op_of(joined);
      kept -= 2;
    }
  }
  return kept;
}

/* How good it is to cut a text before `from` and before `to`. */
static int worth(const uint8_t *border, uint32_t from, uint32_t to) {
  return 2 * border[from] + border[to];
}

/* Finds how far a change of `piece`, from `from` to `to`, is best moved: back
 * by at most `back` pieces, or on by at most `on`. */
static int64_t best_move(const pm_unit *piece, const uint8_t *border,
                         uint32_t from, uint32_t to, uint32_t back,
                         uint32_t on) {
  int64_t move = 0;
  int most = worth(border, from, to);
  for (uint32_t i = 1; i <= back; i++) {
    if (piece[from - i].hash != piece[to - i].hash)
      break;
    int here = worth(border, from - i, to - i);
    if (here > most)
      most = here, move = -(int64_t)i;
  }
  for (uint32_t i = 1; i <= on; i++) {
    if (piece[from + i - 1].hash != piece[to + i - 1].hash)
      break;
    int here = worth(border, from + i, to + i);
    if (here > most)
      most = here, move = i;
  }
  return move;
}

/* Moves what was added or left out between two stretches that are the same,
 * of which one piece stays but at the ends of the texts. */
static void slide(pm_edit *edit, size_t i, size_t count, const pm_unit *a,
                  const pm_unit *b, const uint8_t *border_a,
                  const uint8_t *border_b) {
  pm_edit *before = &edit[i - 1], *e = &edit[i], *after = &edit[i + 1];
  uint32_t back = before->a_end - before->a - (i > 1);
  uint32_t on = after->a_end - after->a - (i + 2 < count);
  int64_t move = e->op == PM_DIFF_INSERT
                     ? best_move(b, border_b, e->b, e->b_end, back, on)
                     : best_move(a, border_a, e->a, e->a_end, back, on);
  e->a = (uint32_t)(e->a + move);
  e->a_end = (uint32_t)(e->a_end + move);
  e->b = (uint32_t)(e->b + move);
  e->b_end = (uint32_t)(e->b_end + move);
  before->a_end = e->a;
  before->b_end = e->b;
  after->a = e->a_end;
  after->b = e->b_end;
}

size_t pm_readable_edits(pm_edit *edit, size_t count, const pm_unit *a,
                         const pm_unit *b, const uint8_t *border_a,
                         const uint8_t *border_b) {
  count = join_noise(edit, count);
  for (size_t i = 1; i + 1 < count; i++)
    if (edit[i].op == PM_DIFF_INSERT || edit[i].op == PM_DIFF_DELETE)
      slide(edit, i, count, a, b, border_a, border_b);
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (edit[i].a < edit[i].a_end || edit[i].b < edit[i].b_end)
      edit[kept++] = edit[i];
  return kept;
}
