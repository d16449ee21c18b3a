/*
 * Regions put, found and freed in any order, by two that share an arena: each
 * holds its bytes until it is freed and is not found after that, there is room
 * when a map of the ring says so, and no address comes twice.
 */
#include <stdbool.h>

#include "data/arena.h"
#include "fuzz.h"

enum { RING = 4096, UNIT = 16, UNITS = RING / UNIT, SLOTS = 2, MOST = 128 };

typedef struct part {
  uint64_t address; /* 0 in its low bits for the gap before the ring's end */
  size_t units, size;
  unsigned char byte;
  bool live;
} part;

/* What went into a slot, the oldest first. */
typedef struct ring {
  part parts[2 * MOST];
  size_t first, count;
  size_t head; /* unit */
} ring;

static size_t units_of(size_t size) {
  return 1 + (size + UNIT - 1) / UNIT;
}

/* Where a region of so many units begins, and the units left out before it;
 * false when there is no room. */
static bool find_room(ring *r, size_t units, size_t *skipped) {
  bool taken[UNITS] = {false};
  while (r->first < r->count && !r->parts[r->first].live)
    r->first++;
  if (r->first == r->count)
    r->head = 0;
  size_t held = 0;
  for (size_t i = r->first; i < r->count; i++)
    held += r->parts[i].units;
  for (size_t i = 0; i < held; i++)
    taken[(r->head + 2 * UNITS - 1 - i) % UNITS] = true;
  *skipped = units > UNITS - r->head ? UNITS - r->head : 0;
  if (units > UNITS)
    return false;
  for (size_t i = 0; i < *skipped; i++)
    if (taken[r->head + i])
      return false;
  for (size_t i = 0; i < units; i++)
    if (taken[(r->head + *skipped) % UNITS + i])
      return false;
  return true;
}

static void add(ring *r, part p) {
  require(r->count < sizeof r->parts / sizeof *r->parts);
  r->parts[r->count++] = p;
  r->head = (r->head + p.units) % UNITS;
}

static bool holds(const char *region, const part *p) {
  for (size_t i = 0; i < p->size; i++)
    if ((unsigned char)region[i] != p->byte)
      return false;
  return true;
}

static void put(pm_arena *a, ring *r, size_t slot, size_t size,
                unsigned char byte) {
  static uint64_t last[SLOTS];
  size_t skipped;
  bool has_room = find_room(r, units_of(size), &skipped);
  char *to = pm_arena_reserve(a, slot, size);
  /* The last bytes of a ring are left alone, so that sizes cannot overflow. */
  if (size > RING - 2 * UNIT)
    has_room = false;
  require((to != NULL) == has_room);
  if (!to)
    return;
  memset(to, byte, size);
  uint64_t address = pm_arena_keep(a, slot, size);
  if (skipped > 0)
    add(r, (part){.units = skipped});
  require(address > last[slot] || last[slot] == 0);
  require(pm_arena_slot(address) == slot);
  require(address / UNIT % UNITS == r->head);
  last[slot] = address;
  add(r, (part){address, units_of(size), size, byte, true});
}

static void free_part(const pm_arena *a, part *p) {
  char *region = pm_arena_find(a, p->address, p->size);
  require(region && holds(region, p));
  pm_arena_free(region);
  p->live = false;
}

/* Each that was ever there, and what is near it. */
static void look_at_all(const pm_arena *a, const ring *r) {
  for (size_t i = 0; i < r->count; i++) {
    const part *p = &r->parts[i];
    if (p->size == 0 && !p->live)
      continue;
    const char *region = pm_arena_find(a, p->address, p->size);
    require((region != NULL) == p->live);
    require(!region || holds(region, p));
    require(!pm_arena_find(a, p->address + 1, p->size));
    require(!pm_arena_find(a, p->address, p->size + UNIT));
    if (i + 1 == r->count)
      require(!pm_arena_find(a, p->address + RING, p->size));
    require(!pm_arena_find(a, p->address | (uint64_t)SLOTS << 50, p->size));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size) {
  static pm_arena arenas[2]; /* of two processes, so to say */
  static ring rings[SLOTS];
  if (!arenas[0].base) {
    require(pm_arena_create(&arenas[0], SLOTS, RING) == 0);
    require(pm_arena_attach(&arenas[1], arenas[0].fd, SLOTS, RING) == 0);
  }
  for (size_t slot = 0; slot < SLOTS; slot++)
    rings[slot].first = rings[slot].count = rings[slot].head = 0;
  for (int i = 0; i < MOST && size > 0; i++) {
    unsigned choice = fuzz_choice(&input, &size);
    unsigned value = fuzz_choice(&input, &size);
    size_t slot = choice & 1;
    pm_arena *a = &arenas[choice >> 1 & 1];
    ring *r = &rings[slot];
    if (choice & 4) {
      for (size_t k = r->count; k-- > 0;)
        if (r->parts[k].live && value-- == 0) {
          free_part(a, &r->parts[k]);
          break;
        }
    } else {
      put(a, r, slot, (size_t)value * (choice >> 3), (unsigned char)choice);
    }
  }
  for (size_t slot = 0; slot < SLOTS; slot++) {
    look_at_all(&arenas[slot], &rings[slot]);
    for (size_t k = 0; k < rings[slot].count; k++)
      if (rings[slot].parts[k].live)
        free_part(&arenas[slot], &rings[slot].parts[k]);
  }
  return 0;
}
