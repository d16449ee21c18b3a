#include "text/bpe_cache.h"

#include <xxhash.h>

_Static_assert(sizeof(pm_cache_entry) == 32, "two to a cache line");
_Static_assert(sizeof(pm_cache_block) == 128, "two cache lines");

#define PAIRS ((size_t)1 << PM_CACHE_PAIRS_LOG)
#define BLOCKS ((size_t)1 << PM_CACHE_BLOCKS_LOG)

int pm_cache_open(pm_cache *c, pm_alloc *alloc, void *ud) {
  c->alloc = alloc;
  c->ud = ud;
  c->pairs = alloc(ud, NULL, 0, PAIRS * sizeof *c->pairs);
  if (!c->pairs)
    return -1;
  memset(c->pairs, 0, PAIRS * sizeof *c->pairs);
  c->blocks = alloc(ud, NULL, 0, BLOCKS * sizeof *c->blocks);
  if (!c->blocks)
    return -1;
  for (size_t i = 0; i < BLOCKS; i++)
    c->blocks[i].len = 0;
  return 0;
}

void pm_cache_close(pm_cache *c) {
  if (c->pairs)
    c->alloc(c->ud, c->pairs, PAIRS * sizeof *c->pairs, 0);
  if (c->blocks)
    c->alloc(c->ud, c->blocks, BLOCKS * sizeof *c->blocks, 0);
  *c = (pm_cache){0};
}

pm_cache_block *pm_cache_block_of(const pm_cache *c, const unsigned char *piece,
                                  size_t size) {
  if (size > PM_CACHE_BLOCK)
    return NULL;
  return &c->blocks[XXH3_64bits(piece, size) >> (64 - PM_CACHE_BLOCKS_LOG)];
}

void pm_cache_keep_block(pm_cache_block *b, const unsigned char *piece,
                         size_t size, const uint32_t *ids, size_t count) {
  if (size > PM_CACHE_BLOCK || count > PM_CACHE_MANY)
    return;
  b->len = (uint16_t)size;
  b->count = (uint16_t)count;
  memcpy(b->piece, piece, size);
  memcpy(b->ids, ids, count * sizeof *ids);
}
