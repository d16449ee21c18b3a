#include "data/pack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

/* Puts the item and gets it from a block of the exact size. */
static pm_pack_item trip(pm_pack_item item) {
  char head[PM_PACK_HEAD];
  size_t len = pm_pack_put(&item, head);
  char *exact = malloc(len);
  memcpy(exact, head, len);
  const char *p = exact;
  pm_pack_item back;
  check(pm_pack_get(&p, exact + len, &back));
  check(p == exact + len);
  for (size_t cut = 0; cut < len; cut++) {
    char *part = malloc(cut ? cut : 1);
    memcpy(part, head, cut);
    pm_pack_item none;
    p = part;
    check(!pm_pack_get(&p, part + cut, &none) && p == part);
    free(part);
  }
  free(exact);
  return back;
}

int main(void) {
  const int64_t integers[] = {0,   1,       -1,        63,        64, -64,
                              -65, 1 << 20, INT64_MAX, INT64_MIN, 42};
  for (size_t i = 0; i < sizeof integers / sizeof *integers; i++) {
    pm_pack_item item = {.kind = PM_PACK_INTEGER, .integer = integers[i]};
    check(trip(item).integer == integers[i]);
  }
  const double numbers[] = {0, -0.0, 0.1, INFINITY, 5e-324};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    pm_pack_item item = {.kind = PM_PACK_FLOAT, .number = numbers[i]};
    double back = trip(item).number;
    check(memcmp(&back, &numbers[i], sizeof back) == 0);
  }

  pm_pack_item item;
  const char text[] = "\5\3abc";
  const char *p = text;
  check(pm_pack_get(&p, text + 5, &item));
  check(item.len == 3 && item.string == text + 2 && p == text + 5);
  p = text;
  check(!pm_pack_get(&p, text + 4, &item)); /* its last byte is missing */

  const char table[] = "\6\1\1\1\2\3"; /* one element, one pair: three values */
  p = table;
  check(pm_pack_get(&p, table + 6, &item));
  check(item.array == 1 && item.pairs == 1);
  p = table;
  check(!pm_pack_get(&p, table + 5, &item));
  return done("pack");
}
