/*
 * What the pieces of a text were merged to, for when they come again: most
 * pieces of most texts have come before.
 *
 * Two tables of fixed size, 12 MiB together. Pieces of up to 15 bytes and four
 * tokens: the key is 16 bytes, the piece, zeros and its length, compared as
 * two words. Four entries share a place; new ones come into the lower half,
 * and each time one is asked for it moves up, so that what comes once does not
 * drive out what comes often. Other pieces stand in blocks of 128 bytes, two
 * to a place, of which the older one gives way. What fits neither is merged
 * each time.
 */
#ifndef PM_BPE_CACHE_H
#define PM_BPE_CACHE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "text/buffer.h"

#define PM_CACHE_KEY 15   /* bytes of a short piece */
#define PM_CACHE_IDS 4    /* its tokens */
#define PM_CACHE_BLOCK 60 /* bytes of a long piece */
#define PM_CACHE_MANY 16  /* its tokens */

typedef struct pm_cache_key {
  uint64_t low, high;
} pm_cache_key;

typedef struct pm_cache_entry {
  pm_cache_key key;           /* all 0: free */
  uint32_t ids[PM_CACHE_IDS]; /* above the first id: how many */
} pm_cache_entry;

#define PM_CACHE_WAYS 4
#define PM_CACHE_COUNT_SHIFT 24 /* ids are smaller: see PM_VOCAB_IDS */

typedef struct pm_cache_block {
  uint16_t len; /* 0: free */
  uint16_t count;
  unsigned char piece[PM_CACHE_BLOCK];
  uint32_t ids[PM_CACHE_MANY];
} pm_cache_block;

/* The fuzzers' are small: soon full, and cheap to make. */
#ifndef PM_CACHE_SETS_LOG
#define PM_CACHE_SETS_LOG 16
#define PM_CACHE_BLOCKS_LOG 15
#endif

typedef struct pm_cache {
  void *memory; /* of the sets, which start at a cache line */
  pm_cache_entry (*sets)[PM_CACHE_WAYS];
  pm_cache_block *blocks;
  pm_alloc *alloc;
  void *ud;
} pm_cache;

/* Makes room for the zeroed *c. Returns 0, or -1 when memory is short. */
int pm_cache_open(pm_cache *c, pm_alloc *alloc, void *ud);

void pm_cache_close(pm_cache *c);

/* The key of s[at..at + size), 1 <= size <= PM_CACHE_KEY, in s [len]. */
static inline pm_cache_key pm_cache_key_of(const unsigned char *s, size_t len,
                                           size_t at, size_t size) {
  pm_cache_key key = {0, 0};
  if (len - at >= 16) {
    memcpy(&key, s + at, 16);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    key.low = __builtin_bswap64(key.low);
    key.high = __builtin_bswap64(key.high);
#endif
    /* Shifts by whole words are split in two. */
    uint64_t high = size > 8 ? size - 8 : 0, low = size < 8 ? size : 8;
    key.low &= UINT64_MAX >> (64 - 8 * low);
    key.high &= ((uint64_t)1 << 8 * high) - 1;
  } else {
    for (size_t i = 0; i < size; i++) {
      uint64_t byte = s[at + i];
      if (i < 8)
        key.low |= byte << 8 * i;
      else
        key.high |= byte << 8 * (i - 8);
    }
  }
  key.high |= (uint64_t)size << 56;
  return key;
}

/* The entries among which a short piece is. */
static inline pm_cache_entry *pm_cache_set_of(const pm_cache *c,
                                              pm_cache_key key) {
  uint64_t mixed =
      (key.low ^ (key.high << 29 | key.high >> 35)) * 0x9E3779B97F4A7C15u;
  mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93u;
  return c->sets[mixed >> (64 - PM_CACHE_SETS_LOG)];
}

/*
 * Writes the ids of a short piece to `out` [PM_CACHE_IDS], all of them, and
 * returns how many count; 0 when the piece is not there. `out` may be NULL.
 */
static inline unsigned pm_cache_find(pm_cache_entry *set, pm_cache_key key,
                                     uint32_t *out) {
  unsigned way = 0;
  while (set[way].key.low != key.low || set[way].key.high != key.high)
    if (++way == PM_CACHE_WAYS)
      return 0;
  pm_cache_entry found = set[way];
  if (way > 0) {
    set[way] = set[way - 1];
    set[way - 1] = found;
  }
  if (out) {
    memcpy(out, found.ids, sizeof found.ids);
    out[0] &= ((uint32_t)1 << PM_CACHE_COUNT_SHIFT) - 1;
  }
  return found.ids[0] >> PM_CACHE_COUNT_SHIFT;
}

/* Notes what a short piece was merged to, 1 <= count <= PM_CACHE_IDS. */
static inline void pm_cache_keep(pm_cache_entry *set, pm_cache_key key,
                                 const uint32_t *ids, size_t count) {
  unsigned way = 0;
  while (way < PM_CACHE_WAYS - 2 && set[way].key.high != 0)
    way++;
  set[PM_CACHE_WAYS - 1] = set[PM_CACHE_WAYS - 2];
  set[way] = (pm_cache_entry){.key = key};
  memcpy(set[way].ids, ids, count * sizeof *ids);
  set[way].ids[0] |= (uint32_t)count << PM_CACHE_COUNT_SHIFT;
}

/* Where a longer piece has its place: two blocks. NULL when it is too long. */
pm_cache_block *pm_cache_blocks_of(const pm_cache *c,
                                   const unsigned char *piece, size_t size);

/* The one of the two that holds the piece, or NULL. */
static inline const pm_cache_block *
pm_cache_find_block(const pm_cache_block *two, const unsigned char *piece,
                    size_t size) {
  for (int i = 0; i < 2; i++)
    if (two[i].len == size && memcmp(two[i].piece, piece, size) == 0)
      return &two[i];
  return NULL;
}

/* Notes what a piece was merged to, if that fits, in place of the older one. */
void pm_cache_keep_block(pm_cache_block *two, const unsigned char *piece,
                         size_t size, const uint32_t *ids, size_t count);

#endif
