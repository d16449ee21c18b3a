#include "match/places.h"

#include <string.h>

enum {
  FEW = 48,
  SOME = 2048,
  TOP_BITS = 8,
  DIGIT = 11,
  DIGITS = 6,
  VALUES = 1 << DIGIT
};

static void sort_few(pm_place *place, size_t count) {
  for (size_t i = 1; i < count; i++) {
    pm_place p = place[i];
    size_t at = i;
    for (; at > 0 && place[at - 1].key > p.key; at--)
      place[at] = place[at - 1];
    place[at] = p;
  }
}

static void sort_by_digit(const pm_place *from, size_t count, unsigned shift,
                          size_t *start, pm_place *to) {
  size_t sum = 0;
  for (size_t v = 0; v < VALUES; v++) {
    size_t n = start[v];
    start[v] = sum;
    sum += n;
  }
  for (size_t i = 0; i < count; i++)
    to[start[from[i].key >> shift & (VALUES - 1)]++] = from[i];
}

static void sort_many(pm_place *place, size_t count, pm_place *spare) {
  pm_place *from = place, *to = spare;
  for (unsigned d = 0; d < DIGITS; d++) {
    size_t start[VALUES] = {0};
    unsigned shift = d * DIGIT;
    for (size_t i = 0; i < count; i++)
      start[from[i].key >> shift & (VALUES - 1)]++;
    if (start[from[0].key >> shift & (VALUES - 1)] == count)
      continue; /* all have the same digit */
    sort_by_digit(from, count, shift, start, to);
    pm_place *other = from;
    from = to;
    to = other;
  }
  if (from != place)
    memcpy(place, from, count * sizeof *place);
}

/* Keys that are evenly spread, as hashes are, lie almost in order after one
 * pass over their highest bits. */
static void sort_some(pm_place *place, size_t count, pm_place *spare) {
  enum { SHIFT = 64 - TOP_BITS };
  uint32_t start[(1 << TOP_BITS) + 1] = {0}, end[1 << TOP_BITS];
  for (size_t i = 0; i < count; i++)
    start[(place[i].key >> SHIFT) + 1]++;
  for (size_t v = 0; v < 1 << TOP_BITS; v++)
    start[v + 1] += start[v];
  memcpy(end, start, sizeof end);
  for (size_t i = 0; i < count; i++)
    spare[end[place[i].key >> SHIFT]++] = place[i];
  memcpy(place, spare, count * sizeof *place);
  for (size_t v = 0; v < 1 << TOP_BITS; v++) {
    uint32_t from = start[v], n = start[v + 1] - from;
    if (n > FEW)
      sort_many(place + from, n, spare);
    else if (n > 1)
      sort_few(place + from, n);
  }
}

void pm_places_sort(pm_place *place, size_t count, pm_place *spare) {
  if (count <= FEW)
    sort_few(place, count);
  else if (count <= SOME)
    sort_some(place, count, spare);
  else
    sort_many(place, count, spare);
}
