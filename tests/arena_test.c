#include "data/arena.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "test.h"

enum { RING = 4096, HEADER = 16 };

static uint64_t put(pm_arena *a, size_t slot, char byte, size_t size) {
  char *to = pm_arena_reserve(a, slot, size);
  if (!to)
    return UINT64_MAX;
  memset(to, byte, size);
  return pm_arena_keep(a, slot, size);
}

static bool holds(const pm_arena *a, uint64_t address, char byte, size_t size) {
  const char *region = pm_arena_find(a, address, size);
  for (size_t i = 0; region && i < size; i++)
    if (region[i] != byte)
      return false;
  return region != NULL;
}

static void give_back(const pm_arena *a, uint64_t address, size_t size) {
  pm_arena_free(pm_arena_find(a, address, size));
}

static void regions_stay_until_they_are_freed(void) {
  pm_arena a;
  check(pm_arena_create(&a, 3, RING) == 0);
  uint64_t one = put(&a, 1, 'a', 1000), two = put(&a, 1, 'b', 1000);
  uint64_t other = put(&a, 2, 'c', 1000), none = put(&a, 0, 'd', 0);
  check(pm_arena_slot(one) == 1 && pm_arena_slot(other) == 2);
  check(put(&a, 1, 'e', RING) == UINT64_MAX);
  check(put(&a, 1, 'e', 3000) == UINT64_MAX);
  check(holds(&a, one, 'a', 1000) && holds(&a, two, 'b', 1000));
  check(holds(&a, other, 'c', 1000) && holds(&a, none, 0, 0));
  give_back(&a, two, 1000); /* the first one is still in the way */
  check(!holds(&a, two, 'b', 1000));
  check(put(&a, 1, 'e', 3000) == UINT64_MAX);
  give_back(&a, one, 1000);
  check(put(&a, 1, 'e', RING - 2 * HEADER) != UINT64_MAX);
  pm_arena_close(&a);
  pm_arena_close(&a);
}

/* A ring that is never empty: regions of all sizes go round and round. */
static void the_ring_goes_round(void) {
  pm_arena a;
  check(pm_arena_create(&a, 1, RING) == 0);
  uint64_t before = put(&a, 0, 0, 1);
  size_t size_before = 1;
  bool fine = true;
  for (size_t i = 1; i < 5000; i++) {
    size_t size = i * 37 % 1200;
    uint64_t now = put(&a, 0, (char)i, size);
    fine &= now != UINT64_MAX;
    fine &= holds(&a, before, (char)(i - 1), size_before);
    give_back(&a, before, size_before);
    before = now;
    size_before = size;
  }
  check(fine);
  pm_arena_close(&a);
}

static void what_is_not_there_is_not_found(void) {
  pm_arena a;
  check(pm_arena_create(&a, 2, RING) == 0);
  uint64_t one = put(&a, 0, 'a', 100);
  check(pm_arena_find(&a, one, 200) == NULL);
  check(pm_arena_find(&a, one, SIZE_MAX) == NULL);
  check(pm_arena_find(&a, one + 1, 100) == NULL);
  check(pm_arena_find(&a, one + RING, 100) == NULL);
  check(pm_arena_find(&a, one | (uint64_t)1 << 50, 100) == NULL);
  check(pm_arena_find(&a, UINT64_MAX, 0) == NULL);
  give_back(&a, one, 100);
  uint64_t two = put(&a, 0, 'b', 100); /* in the same room */
  check(one != two && pm_arena_find(&a, one, 100) == NULL);
  pm_arena_close(&a);
}

/* What a worker left is there for the parent, and for the next worker. */
static void an_arena_is_shared(void) {
  pm_arena a, b;
  check(pm_arena_create(&a, 1, RING) == 0);
  check(pm_arena_attach(&b, a.fd, 1, RING) == 0);
  b.fd = -1; /* it is one process here */
  uint64_t one = put(&a, 0, 'a', 1500), two = put(&b, 0, 'b', 1500);
  check(holds(&b, one, 'a', 1500) && holds(&a, two, 'b', 1500));
  check(put(&a, 0, 'c', 1500) == UINT64_MAX);
  give_back(&b, one, 1500);
  give_back(&b, two, 1500);
  check(put(&a, 0, 'c', 1500) != UINT64_MAX);
  pm_arena_close(&b);
  pm_arena_close(&a);
  check(pm_arena_attach(&b, -1, 1, RING) == -1 && errno == EBADF);
  pm_arena_close(&b);
}

int main(void) {
  regions_stay_until_they_are_freed();
  the_ring_goes_round();
  what_is_not_there_is_not_found();
  an_arena_is_shared();
  return done("arena");
}
