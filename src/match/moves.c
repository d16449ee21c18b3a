#include "match/moves.h"

#include <string.h>

#include "match/runs.h"
#include "sketch/shingle.h"

/*
 * The changed pieces of one text, one edit after the other, with a unit that
 * is like no other between two edits. `start` of a unit is the number of its
 * piece.
 */
typedef struct changed {
  pm_unit *unit; /* [2 * pieces] */
  size_t count;
} changed;

typedef struct work {
  changed a, b;
  uint8_t *taken_a, *taken_b;
  pm_passage *move; /* [fewer pieces] in the order of a */
  uint32_t *by_b;   /* numbers of the moves in the order of b */
  uint32_t *gone;   /* [moves] number of the edit at the old place */
  uint32_t *come;   /* [moves] and of that at the new one */
  void *runs;
} work;

static void *cut(char *base, size_t *size, size_t bytes) {
  void *at = base ? base + *size : NULL;
  *size += (bytes + 15) & ~(size_t)15;
  return at;
}

static size_t lay_out(work *w, size_t na, size_t nb, char *base) {
  size_t size = 0, most = pm_runs_most(2 * na, 2 * nb);
  w->a.unit = cut(base, &size, 2 * na * sizeof *w->a.unit);
  w->b.unit = cut(base, &size, 2 * nb * sizeof *w->b.unit);
  w->taken_a = cut(base, &size, 2 * na);
  w->taken_b = cut(base, &size, 2 * nb);
  w->move = cut(base, &size, most * sizeof *w->move);
  w->by_b = cut(base, &size, 2 * most * sizeof *w->by_b);
  w->gone = cut(base, &size, most * sizeof *w->gone);
  w->come = cut(base, &size, most * sizeof *w->come);
  w->runs = cut(base, &size, pm_runs_scratch(2 * na, 2 * nb));
  return size;
}

size_t pm_moves_scratch(size_t na, size_t nb) {
  work w;
  return lay_out(&w, na, nb, NULL);
}

static void add(changed *c, const pm_unit *piece, uint32_t from, uint32_t end,
                uint64_t border) {
  if (from == end)
    return;
  for (uint32_t i = from; i < end; i++)
    c->unit[c->count++] = (pm_unit){piece[i].hash, i, i};
  c->unit[c->count++] =
      (pm_unit){border * 0x9E3779B97F4A7C15u, UINT32_MAX, UINT32_MAX};
}

/* Whether a run keeps within an edit of either text, and is long enough; if so
 * it tells of pieces from here on. */
static int is_move(const work *w, pm_passage *p, uint32_t least) {
  const pm_unit *a = w->a.unit, *b = w->b.unit;
  uint32_t count = p->a_end - p->a;
  if (count < least || b[p->b].start == UINT32_MAX ||
      a[p->a].start == UINT32_MAX || a[p->a_end - 1].start == UINT32_MAX ||
      b[p->b_end - 1].start == UINT32_MAX ||
      a[p->a_end - 1].start - a[p->a].start != count - 1 ||
      b[p->b_end - 1].start - b[p->b].start != count - 1)
    return 0;
  *p = (pm_passage){a[p->a].start, a[p->a].start + count, b[p->b].start,
                    b[p->b].start + count, count};
  return 1;
}

static uint32_t find_moves(work *w, const pm_edit *edit, size_t count,
                           const pm_unit *a, const pm_unit *b, uint32_t least) {
  for (size_t i = 0; i < count; i++) {
    if (edit[i].op == PM_DIFF_SAME)
      continue;
    add(&w->a, a, edit[i].a, edit[i].a_end, 2 * i + 1);
    add(&w->b, b, edit[i].b, edit[i].b_end, 2 * i + 2);
  }
  if (w->a.count <= least || w->b.count <= least)
    return 0;
  unsigned n = least < PM_SHINGLE_WIDEST ? least : PM_SHINGLE_WIDEST;
  pm_runs found =
      pm_runs_find(w->a.unit, w->a.count, w->b.unit, w->b.count, n, w->runs,
                   (pm_taken){w->taken_a, w->taken_b}, w->move);
  uint32_t moves = 0;
  for (size_t i = 0; i < found.count; i++) {
    pm_passage p = w->move[i];
    if (is_move(w, &p, least))
      w->move[moves++] = p;
  }
  return moves;
}

/* Sorts the numbers of the moves by where they stand in b: by merging, for
 * qsort knows nothing of the moves. */
static void sort_by_b(work *w, uint32_t moves) {
  uint32_t *from = w->by_b, *to = w->by_b + moves;
  for (uint32_t i = 0; i < moves; i++)
    from[i] = i;
  for (uint32_t width = 1; width < moves; width *= 2) {
    for (uint32_t low = 0; low < moves; low += 2 * width) {
      uint32_t middle = moves - low < width ? moves : low + width;
      uint32_t high = moves - low < 2 * width ? moves : low + 2 * width;
      for (uint32_t i = low, j = middle, k = low; k < high; k++)
        to[k] = j == high ||
                        (i < middle && w->move[from[i]].b <= w->move[from[j]].b)
                    ? from[i++]
                    : from[j++];
    }
    uint32_t *swap = from;
    from = to;
    to = swap;
  }
  if (from != w->by_b)
    memcpy(w->by_b, from, moves * sizeof *from);
}

/* Adds an edit, unless it is of nothing; what is deleted and inserted at one
 * place is replaced. */
static size_t put(pm_edit *out, size_t count, pm_edit e) {
  if (e.a == e.a_end && e.b == e.b_end)
    return count;
  pm_edit *last = count ? &out[count - 1] : NULL;
  if (last && last->op == PM_DIFF_DELETE && e.op == PM_DIFF_INSERT) {
    last->op = PM_DIFF_REPLACE;
    last->b_end = e.b_end;
    return count;
  }
  out[count] = e;
  return count + 1;
}

size_t pm_moves_find(const pm_edit *edit, size_t count, const pm_unit *a,
                     size_t na, const pm_unit *b, size_t nb, uint32_t least,
                     void *scratch, pm_edit *out) {
  work w = {.a = {0}, .b = {0}};
  lay_out(&w, na, nb, scratch);
  uint32_t moves = find_moves(&w, edit, count, a, b, least);
  if (moves == 0) {
    memcpy(out, edit, count * sizeof *out);
    return count;
  }
  sort_by_b(&w, moves);
  size_t kept = 0;
  for (size_t i = 0, x = 0, y = 0; i < count; i++) {
    pm_edit e = edit[i];
    if (e.op == PM_DIFF_SAME) {
      out[kept++] = e;
      continue;
    }
    uint32_t at = e.a, to = e.a_end;
    for (; x < moves && w.move[x].a < e.a_end; x++) {
      pm_passage *m = &w.move[x];
      kept = put(out, kept, (pm_edit){PM_DIFF_DELETE, at, m->a, e.b, e.b, 0});
      w.gone[x] = (uint32_t)kept;
      out[kept++] = (pm_edit){PM_DIFF_MOVE, m->a, m->a_end, e.b, e.b, 0};
      at = m->a_end;
    }
    kept = put(out, kept, (pm_edit){PM_DIFF_DELETE, at, to, e.b, e.b, 0});
    at = e.b;
    for (; y < moves && w.move[w.by_b[y]].b < e.b_end; y++) {
      pm_passage *m = &w.move[w.by_b[y]];
      kept = put(out, kept, (pm_edit){PM_DIFF_INSERT, to, to, at, m->b, 0});
      w.come[w.by_b[y]] = (uint32_t)kept;
      out[kept++] = (pm_edit){PM_DIFF_MOVE, to, to, m->b, m->b_end, 0};
      at = m->b_end;
    }
    kept = put(out, kept, (pm_edit){PM_DIFF_INSERT, to, to, at, e.b_end, 0});
  }
  for (uint32_t m = 0; m < moves; m++) {
    out[w.gone[m]].other = w.come[m];
    out[w.come[m]].other = w.gone[m];
  }
  return kept;
}
