#include "text/bpe_pairs.h"

void pm_pairs_init(pm_pairs *p, pm_alloc *alloc, void *ud) {
  memset(p, 0, sizeof *p);
  p->made.alloc = alloc;
  p->made.ud = ud;
  memset(p->byte, 0xFF, sizeof p->byte);
}

void pm_pairs_close(pm_pairs *p) {
  pm_alloc *alloc = p->made.alloc;
  void *ud = p->made.ud;
  if (p->slots)
    alloc(ud, p->slots, p->room * sizeof *p->slots, 0);
  pm_buffer_free(&p->made);
  pm_pairs_init(p, alloc, ud);
}

/* The slot of the pair, or the free one where it would go. */
static uint64_t *seek(const pm_pairs *p, uint64_t key) {
  size_t at = pm_pairs_home(p, key);
  while (p->slots[at] != 0 && p->slots[at] >> 22 != key)
    at = (at + 1) & (p->room - 1);
  return &p->slots[at];
}

static int grow(pm_pairs *p) {
  if (p->room / 2 > p->count)
    return 0;
  pm_pairs larger = *p;
  larger.room = p->room ? p->room * 2 : 1024;
  larger.shift = p->room ? p->shift - 1 : 54;
  size_t size = larger.room * sizeof *p->slots;
  larger.slots = p->made.alloc(p->made.ud, NULL, 0, size);
  if (!larger.slots)
    return PM_VOCAB_MEMORY;
  memset(larger.slots, 0, size);
  for (size_t i = 0; i < p->room; i++)
    if (p->slots[i] != 0)
      *seek(&larger, p->slots[i] >> 22) = p->slots[i];
  if (p->slots)
    p->made.alloc(p->made.ud, p->slots, p->room * sizeof *p->slots, 0);
  p->slots = larger.slots;
  p->room = larger.room;
  p->shift = larger.shift;
  return 0;
}

/* Says what the rule of a rank makes, if that is not the rank. */
static int note_made(pm_pairs *p, uint32_t rank, uint32_t made) {
  if (pm_pairs_made(p, rank) == made)
    return 0;
  for (uint32_t i = (uint32_t)(p->made.len / sizeof i); i <= rank; i++)
    if (pm_buffer_add(&p->made, &i, sizeof i) != 0)
      return PM_VOCAB_MEMORY;
  memcpy(p->made.at + rank * sizeof made, &made, sizeof made);
  return 0;
}

int pm_pairs_add(pm_pairs *p, uint32_t left, uint32_t right, uint32_t rank,
                 uint32_t made) {
  if (rank >= PM_PAIRS_RANKS - 1 || left >= PM_VOCAB_IDS ||
      right >= PM_VOCAB_IDS || made >= PM_VOCAB_IDS)
    return PM_VOCAB_RANGE;
  if (grow(p) != 0 || note_made(p, rank, made) != 0)
    return PM_VOCAB_MEMORY;
  uint64_t key = pm_pairs_key(left, right), *slot = seek(p, key);
  p->count += *slot == 0;
  *slot = key << 22 | (rank + 1);
  return 0;
}

int pm_pairs_finish(pm_pairs *p, const pm_vocab *v) {
  if (grow(p) != 0)
    return PM_VOCAB_MEMORY;
  for (unsigned left = 0; left < 256; left++)
    for (unsigned right = 0; right < 256; right++)
      p->byte[left][right] = pm_pairs_rank(p, v->byte[left], v->byte[right]);
  return 0;
}
