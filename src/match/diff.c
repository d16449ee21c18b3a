#include "match/diff.h"

#include <stdbool.h>
#include <string.h>

typedef struct diff {
  const pm_unit *a, *b;
  /* The furthest place in `a` reached on each diagonal x - y, forward from the
   * start and backward from the end; indices from -(nb + 1) to na + 1. */
  int32_t *forward, *backward;
  uint8_t *deleted, *inserted; /* [na], [nb] */
  int32_t limit;               /* steps before a search is given up */
} diff;

/* A part of both texts: a from x to x_end, b from y to y_end. */
typedef struct box {
  int32_t x, x_end, y, y_end;
} box;

typedef struct point {
  int32_t x, y;
} point;

static bool equal(const diff *d, int32_t x, int32_t y) {
  return d->a[x].hash == d->b[y].hash;
}

static int32_t run_forward(const diff *d, box c, int32_t x, int32_t y) {
  while (x < c.x_end && y < c.y_end && equal(d, x, y))
    x++, y++;
  return x;
}

static int32_t run_backward(const diff *d, box c, int32_t x, int32_t y) {
  while (x > c.x && y > c.y && equal(d, x - 1, y - 1))
    x--, y--;
  return x;
}

/* A range of diagonals, growing by one on each side until the box ends. */
typedef struct front {
  int32_t *at;
  int32_t low, high, unreached;
} front;

static void widen(front *f, int32_t least, int32_t most) {
  if (f->low > least)
    f->at[--f->low - 1] = f->unreached;
  else
    f->low++;
  if (f->high < most)
    f->at[++f->high + 1] = f->unreached;
  else
    f->high--;
}

/* The search has cost too much: split where one side came furthest. */
static point give_up(box c, const front *forward, const front *backward) {
  point ahead = {c.x, c.y}, behind = {c.x_end, c.y_end};
  for (int32_t k = forward->high; k >= forward->low; k -= 2) {
    int32_t x = forward->at[k] < c.x_end ? forward->at[k] : c.x_end;
    int32_t y = x - k;
    if (y > c.y_end)
      y = c.y_end, x = y + k;
    if (x + y > ahead.x + ahead.y)
      ahead = (point){x, y};
  }
  for (int32_t k = backward->high; k >= backward->low; k -= 2) {
    int32_t x = backward->at[k] > c.x ? backward->at[k] : c.x;
    int32_t y = x - k;
    if (y < c.y)
      y = c.y, x = y + k;
    if (x + y < behind.x + behind.y)
      behind = (point){x, y};
  }
  int32_t gone = ahead.x + ahead.y - c.x - c.y;
  int32_t come = c.x_end + c.y_end - behind.x - behind.y;
  return gone >= come ? ahead : behind;
}

/* A point on a shortest way through the box, found from both ends at once.
 * The box is not empty and its corners differ. */
static point middle(const diff *d, box c) {
  int32_t least = c.x - c.y_end, most = c.x_end - c.y;
  int32_t start = c.x - c.y, end = c.x_end - c.y_end;
  bool odd = (start - end) & 1;
  front f = {d->forward, start, start, -1};
  front g = {d->backward, end, end, INT32_MAX};
  f.at[start] = c.x;
  g.at[end] = c.x_end;
  for (int32_t step = 1;; step++) {
    widen(&f, least, most);
    for (int32_t k = f.high; k >= f.low; k -= 2) {
      int32_t down = f.at[k + 1], right = f.at[k - 1] + 1;
      int32_t x = down >= right ? down : right;
      x = run_forward(d, c, x, x - k);
      f.at[k] = x;
      if (odd && k >= g.low && k <= g.high && g.at[k] <= x)
        return (point){x, x - k};
    }
    widen(&g, least, most);
    for (int32_t k = g.high; k >= g.low; k -= 2) {
      int32_t up = g.at[k - 1], left = g.at[k + 1];
      int32_t x = up < left ? up : left - 1;
      x = run_backward(d, c, x, x - k);
      g.at[k] = x;
      if (!odd && k >= f.low && k <= f.high && x <= f.at[k])
        return (point){x, x - k};
    }
    if (step >= d->limit)
      return give_up(c, &f, &g);
  }
}

/* Marks what differs within the box. The smaller half goes on the stack, so
 * the stack stays small. */
static void compare(const diff *d, box c) {
  for (;;) {
    int32_t x = run_forward(d, c, c.x, c.y);
    c.y += x - c.x;
    c.x = x;
    x = run_backward(d, c, c.x_end, c.y_end);
    c.y_end -= c.x_end - x;
    c.x_end = x;
    if (c.x == c.x_end || c.y == c.y_end)
      break;
    point p = middle(d, c);
    box before = {c.x, p.x, c.y, p.y}, after = {p.x, c.x_end, p.y, c.y_end};
    bool small = p.x - c.x + p.y - c.y < c.x_end - p.x + c.y_end - p.y;
    compare(d, small ? before : after);
    c = small ? after : before;
  }
  memset(d->deleted + c.x, 1, (size_t)(c.x_end - c.x));
  memset(d->inserted + c.y, 1, (size_t)(c.y_end - c.y));
}

static size_t write_edits(const diff *d, uint32_t na, uint32_t nb,
                          pm_edit *out) {
  size_t count = 0;
  for (uint32_t x = 0, y = 0; x < na || y < nb;) {
    pm_edit e = {PM_DIFF_SAME, x, x, y, y, 0};
    while (x < na && y < nb && !d->deleted[x] && !d->inserted[y])
      x++, y++;
    if (x == e.a) {
      while (x < na && d->deleted[x])
        x++;
      while (y < nb && d->inserted[y])
        y++;
      e.op = x == e.a   ? PM_DIFF_INSERT
             : y == e.b ? PM_DIFF_DELETE
                        : PM_DIFF_REPLACE;
    }
    e.a_end = x;
    e.b_end = y;
    out[count++] = e;
  }
  return count;
}

size_t pm_diff_scratch(size_t na, size_t nb) {
  return 2 * (na + nb + 3) * sizeof(int32_t) + na + nb;
}

size_t pm_diff(const pm_unit *a, size_t na, const pm_unit *b, size_t nb,
               void *scratch, pm_edit *out) {
  enum { WORK = 1 << 27, LEAST = 64, MOST = 4096 };
  size_t diagonals = na + nb + 3;
  int32_t *space = scratch;
  uint8_t *flags = (uint8_t *)(space + 2 * diagonals);
  size_t limit = WORK / diagonals;
  diff d = {
      .a = a,
      .b = b,
      .forward = space + nb + 1,
      .backward = space + diagonals + nb + 1,
      .deleted = flags,
      .inserted = flags + na,
      .limit = (int32_t)(limit < LEAST  ? LEAST
                         : limit > MOST ? MOST
                                        : limit),
  };
  memset(flags, 0, na + nb);
  compare(&d, (box){0, (int32_t)na, 0, (int32_t)nb});
  return write_edits(&d, (uint32_t)na, (uint32_t)nb, out);
}
