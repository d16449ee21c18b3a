/*
 * What the pieces of a text were merged to, for when they come again: most
 * pieces of most texts have come before.
 *
 * Two tables of fixed size, 6 MiB together. Pieces of up to 15 bytes and three
 * tokens: the key is 16 bytes, the piece, zeros and its length, compared as
 * two words; two entries share a cache line and the older one gives way.
 * Longer ones stand in a table of blocks of 128 bytes, one to a place; what
 * fits neither is merged each time.
 */
#ifndef PM_BPE_CACHE_H
#define PM_BPE_CACHE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "text/buffer.h"

#define PM_CACHE_KEY 15   /* bytes of a short piece */
#define PM_CACHE_IDS 3    /* its tokens */
#define PM_CACHE_BLOCK 60 /* bytes of a long piece */
#define PM_CACHE_MANY 16  /* its tokens */

typedef struct pm_cache_key {
  uint64_t low, high;
} pm_cache_key;

typedef struct pm_cache_entry {
  pm_cache_key key; /* all 0: free */
  uint32_t ids[PM_CACHE_IDS];
  uint32_t count;
} pm_cache_entry;

typedef struct pm_cache_block {
  uint16_t len; /* 0: free */
  uint16_t count;
  unsigned char piece[PM_CACHE_BLOCK];
  uint32_t ids[PM_CACHE_MANY];
} pm_cache_block;

#define PM_CACHE_PAIRS_LOG 16 /* of entries */
#define PM_CACHE_BLOCKS_LOG 14

typedef struct pm_cache {
  pm_cache_entry (*pairs)[2];
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

static inline pm_cache_entry *pm_cache_pair(const pm_cache *c,
                                            pm_cache_key key) {
  uint64_t mixed =
      (key.low ^ (key.high << 29 | key.high >> 35)) * 0x9E3779B97F4A7C15u;
  mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93u;
  return c->pairs[mixed >> (64 - PM_CACHE_PAIRS_LOG)];
}

/* The entry of a short piece, or NULL; `pair` is from pm_cache_pair. */
static inline const pm_cache_entry *pm_cache_find(const pm_cache_entry *pair,
                                                  pm_cache_key key) {
  if (pair[0].key.low == key.low && pair[0].key.high == key.high)
    return &pair[0];
  if (pair[1].key.low == key.low && pair[1].key.high == key.high)
    return &pair[1];
  return NULL;
}

/* Notes what a short piece was merged to, if that fits. */
static inline void pm_cache_keep(pm_cache_entry *pair, pm_cache_key key,
                                 const uint32_t *ids, size_t count) {
  if (count > PM_CACHE_IDS)
    return;
  pair[1] = pair[0];
  pair[0] = (pm_cache_entry){.key = key, .count = (uint32_t)count};
  memcpy(pair[0].ids, ids, count * sizeof *ids);
}

/* The block where a piece has its place: it holds the piece if
 * pm_cache_holds. NULL when it is too long. */
pm_cache_block *pm_cache_block_of(const pm_cache *c, const unsigned char *piece,
                                  size_t size);

static inline int pm_cache_holds(const pm_cache_block *b,
                                 const unsigned char *piece, size_t size) {
  return b->len == size && memcmp(b->piece, piece, size) == 0;
}

/* Notes what a piece was merged to, if that fits. */
void pm_cache_keep_block(pm_cache_block *b, const unsigned char *piece,
                         size_t size, const uint32_t *ids, size_t count);

#endif
