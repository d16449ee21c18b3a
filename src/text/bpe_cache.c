#include "text/bpe_cache.h"

#include <xxhash.h>

_Static_assert(sizeof(pm_cache_entry) == 32, "two to a cache line");
_Static_assert(sizeof(pm_cache_block) == 128, "two cache lines");

#define SETS ((size_t)1 << PM_CACHE_SETS_LOG)
#define LINE ((size_t)64)
#define SETS_SIZE (SETS * sizeof(pm_cache_entry[PM_CACHE_WAYS]) + LINE)
#define BLOCKS ((size_t)1 << PM_CACHE_BLOCKS_LOG)

int pm_cache_open(pm_cache *c, pm_alloc *alloc, void *ud) {
  c->alloc = alloc;
  c->ud = ud;
  c->memory = alloc(ud, NULL, 0, SETS_SIZE);
  if (!c->memory)
    return -1;
  memset(c->memory, 0, SETS_SIZE);
  size_t past = (uintptr_t)c->memory % LINE;
  c->sets = (void *)((char *)c->memory + (past ? LINE - past : 0));
  c->blocks = alloc(ud, NULL, 0, BLOCKS * sizeof *c->blocks);
  if (!c->blocks)
    return -1;
  memset(c->blocks, 0, BLOCKS * sizeof *c->blocks);
  return 0;
}

void pm_cache_close(pm_cache *c) {
  if (c->memory)
    c->alloc(c->ud, c->memory, SETS_SIZE, 0);
  if (c->blocks)
    c->alloc(c->ud, c->blocks, BLOCKS * sizeof *c->blocks, 0);
  *c = (pm_cache){0};
}

pm_cache_block *pm_cache_blocks_of(const pm_cache *c,
                                   const unsigned char *piece, size_t size) {
  if (size > PM_CACHE_BLOCK)
    return NULL;
  uint64_t hash = XXH3_64bits(piece, size);
  return &c->blocks[hash >> (65 - PM_CACHE_BLOCKS_LOG) << 1];
}

void pm_cache_keep_block(pm_cache_block *two, const unsigned char *piece,
                         size_t size, const uint32_t *ids, size_t count) {
  if (size > PM_CACHE_BLOCK || count > PM_CACHE_MANY)
    return;
  two[1] = two[0];
  two->len = (uint16_t)size;
  two->count = (uint16_t)count;
  memcpy(two->piece, piece, size);
  memcpy(two->ids, ids, count * sizeof *ids);
}
