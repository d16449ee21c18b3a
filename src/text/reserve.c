#include "text/reserve.h"

#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 1 << 21, BEFORE = 1 << 18, PAGE_MOST = 1 << 16 };

static size_t round_up(size_t size) {
  return (size + PAGE_MOST - 1) / PAGE_MOST * PAGE_MOST;
}

static void unmap(char *from, const char *to) {
  if (from < to)
    munmap(from, (size_t)(to - from));
}

/*
 *   given back | at, BEFORE | a large page | ... | size | given back
 */
void *pm_reserve(size_t size) {
  if (size > SIZE_MAX / 2) {
    errno = ENOMEM;
    return NULL;
  }
  size_t whole = round_up(size), room = whole + LARGE_PAGE;
  char *map = mmap(NULL, room, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED)
    return NULL;
  size_t into = ((uintptr_t)map + BEFORE) % LARGE_PAGE;
  char *at = map + (into ? LARGE_PAGE - into : 0);
  unmap(map, at);
  unmap(at + whole, map + room);
#ifdef MADV_HUGEPAGE
  if (whole > BEFORE) /* without it, it is only slower */
    (void)madvise(at + BEFORE, whole - BEFORE, MADV_HUGEPAGE);
#endif
  return at;
}

void pm_reserve_free(void *at, size_t size) {
  if (at)
    munmap(at, round_up(size));
}
