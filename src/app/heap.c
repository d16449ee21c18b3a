#include "app/heap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/*
 * Small blocks that Lua gave back, by size, for who asks next: its collector
 * frees thousands in a row, and malloc joins those only to cut them up again.
 * A block that is kept has room for any that would come in its place: it was
 * asked for with that, or happens to have it. Checkers have to see each block
 * end.
 */
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) &&                    \
    !defined(__SANITIZE_THREAD__)
#include <malloc.h>
enum { KEPT_MOST = 8 << 20 }; /* bytes in all */
#else
#define malloc_usable_size(p) 0
enum { KEPT_MOST = 0 };
#endif
enum { SMALL_MOST = 1032, SMALL_LEAST = 24, STEP = 16 };

typedef struct kept {
  struct kept *next;
} kept;

static kept *lists[SMALL_MOST / STEP + 1];
static size_t kept_bytes;

/* What glibc makes of n bytes at 64 bits, so that nothing is wasted. */
static inline size_t real_size(size_t n) {
  return n <= SMALL_LEAST ? SMALL_LEAST : ((n + 7) & ~(size_t)15) + 8;
}

static bool release_kept(void) {
  bool any = kept_bytes > 0;
  for (size_t i = 0; i <= SMALL_MOST / STEP; i++) {
    while (lists[i]) {
      kept *k = lists[i];
      lists[i] = k->next;
      free(k);
    }
  }
  kept_bytes = 0;
  return any;
}

static inline void *new_small(size_t n) {
  size_t size = real_size(n);
  kept *k = lists[size / STEP];
  if (!k)
    return malloc(KEPT_MOST ? size : n);
  lists[size / STEP] = k->next;
  kept_bytes -= size;
  return k;
}

static inline void free_small(void *p, size_t n) {
  size_t size = real_size(n);
  if (kept_bytes + size > KEPT_MOST || malloc_usable_size(p) < size) {
    free(p);
    return;
  }
  kept *k = p;
  k->next = lists[size / STEP];
  lists[size / STEP] = k;
  kept_bytes += size;
}

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
  else if (len <= SMALL_MOST)
    free_small(p, len);
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

static inline void *resize(void *p, size_t from, size_t to) {
  if (from >= PM_HEAP_LARGE || to >= PM_HEAP_LARGE)
    return move(p, from, to);
  return !p && to <= SMALL_MOST ? new_small(to) : realloc(p, to);
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
  void *q = resize(p, from, to);
  return q || !release_kept() ? q : resize(p, from, to);
}
