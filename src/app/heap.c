#include "app/heap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static void *advise(void *p, size_t len) {
  if (p == MAP_FAILED)
    return NULL;
#ifdef MADV_HUGEPAGE
  (void)madvise(p, len, MADV_HUGEPAGE); /* without it, it is only slower */
#else
  (void)len;
#endif
  return p;
}

static void *map(size_t len) {
  return advise(mmap(NULL, len, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
                len);
}

static void release(void *p, size_t len) {
  if (len >= PM_HEAP_LARGE)
    munmap(p, len);
  else
    free(p);
}

/* To or from a large block, or from one to another. */
static void *move(void *p, size_t from, size_t to) {
#ifdef MREMAP_MAYMOVE
  if (from >= PM_HEAP_LARGE && to >= PM_HEAP_LARGE)
    return advise(mremap(p, from, to, MREMAP_MAYMOVE), to);
#endif
  void *q = to >= PM_HEAP_LARGE ? map(to) : malloc(to);
  if (q && p) {
    memcpy(q, p, from < to ? from : to);
    release(p, from);
  }
  return q;
}

void *pm_heap_alloc(void *ud, void *p, size_t from, size_t to) {
  (void)ud;
  if (!p)
    from = 0; /* Lua says there what the block is for */
  if (to == 0) {
    if (p)
      release(p, from);
    return NULL;
  }
  if (from >= PM_HEAP_LARGE || to >= PM_HEAP_LARGE)
    return move(p, from, to);
  return realloc(p, to);
}
