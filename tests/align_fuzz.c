/*
 * Two texts, split at the first '|': passages keep to their texts, in order and
 * without overlap; the exact edits, applied to the one text, give the other,
 * with moves and without.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "match/align.h"
#include "match/diff.h"
#include "match/moves.h"
#include "match/readable.h"
#include "sketch/units.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition) {
  if (!condition)
    abort();
}

static pm_unit *words_of(const char *text, size_t len, size_t *count) {
  pm_unit *unit = malloc((len + PM_UNITS_ROOM) * sizeof *unit);
  pm_units at = {.text = text, .len = len};
  *count = pm_units_words(&at, unit, len + 1);
  return unit;
}

static void passages(const pm_unit *a, size_t na, const pm_unit *b, size_t nb) {
  pm_align_options options = {2, 4, 3, 0.5};
  void *scratch = malloc(pm_align_scratch(na, nb));
  pm_passage *p = malloc((pm_align_most(na, nb) + 1) * sizeof *p);
  uint8_t *used = calloc(nb + 1, 1);
  pm_reuse r = pm_align(a, na, b, nb, &options, scratch, p);
  for (size_t i = 0; i < r.passages; i++) {
    require(p[i].a < p[i].a_end && p[i].a_end <= na);
    require(p[i].b < p[i].b_end && p[i].b_end <= nb);
    require(i == 0 || p[i].a >= p[i - 1].a_end);
    require(p[i].same >= options.min_words);
    for (uint32_t j = p[i].b; j < p[i].b_end; j++)
      require(!used[j]++);
  }
  require(r.shared <= r.distinct_a && r.shared <= r.distinct_b);
  free(used);
  free(p);
  free(scratch);
}

/* Returns the length of what the edits make of `a`. */
static size_t apply(const char *a, const pm_unit *pa, const char *b,
                    const pm_unit *pb, const pm_edit *e, size_t count,
                    char *out) {
  size_t len = 0;
  for (size_t i = 0; i < count; i++) {
    int same = e[i].op == PM_DIFF_SAME;
    const char *text = same ? a : b;
    const pm_unit *piece = same ? pa : pb;
    uint32_t end = same ? e[i].a_end : e[i].b_end;
    for (uint32_t k = same ? e[i].a : e[i].b; k < end; k++) {
      memcpy(out + len, text + piece[k].start, piece[k].end - piece[k].start);
      len += piece[k].end - piece[k].start;
    }
  }
  return len;
}

static void edits(const char *a, size_t la, const pm_unit *wa, size_t na,
                  const char *b, size_t lb, const pm_unit *wb, size_t nb) {
  pm_unit *pa = malloc((na + 1) * sizeof *pa);
  pm_unit *pb = malloc((nb + 1) * sizeof *pb);
  uint8_t *borders = malloc(na + nb + 4), *borders_b = borders + na + 2;
  na = pm_readable_cut(a, la, wa, na, true, pa, borders);
  nb = pm_readable_cut(b, lb, wb, nb, true, pb, borders_b);
  void *scratch = malloc(pm_diff_scratch(na, nb));
  pm_edit *e = malloc((na + nb + 1) * sizeof *e);
  size_t count = pm_diff(pa, na, pb, nb, scratch, e);
  count = pm_readable_edits(e, count, pa, pb, borders, borders_b);
  char *out = malloc(la + lb + 1);
  require(apply(a, pa, b, pb, e, count, out) == lb);
  require(lb == 0 || memcmp(out, b, lb) == 0);

  pm_edit *split = malloc((na + nb + 1) * sizeof *split);
  void *room = malloc(pm_moves_scratch(na, nb));
  count = pm_moves_find(e, count, pa, na, pb, nb, 2, room, split);
  require(count <= na + nb + 1);
  require(apply(a, pa, b, pb, split, count, out) == lb);
  require(lb == 0 || memcmp(out, b, lb) == 0);
  for (size_t i = 0; i < count; i++)
    require(split[i].op != PM_DIFF_MOVE || split[split[i].other].other == i);
  free(room);
  free(split);
  free(out);
  free(e);
  free(scratch);
  free(borders);
  free(pb);
  free(pa);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *a = (const char *)data;
  const char *bar = size ? memchr(a, '|', size) : NULL;
  size_t la = bar ? (size_t)(bar - a) : size, lb = bar ? size - la - 1 : 0;
  const char *b = bar ? bar + 1 : a;
  size_t na, nb;
  pm_unit *wa = words_of(a, la, &na), *wb = words_of(b, lb, &nb);
  passages(wa, na, wb, nb);
  edits(a, la, wa, na, b, lb, wb, nb);
  free(wa);
  free(wb);
  return 0;
}
