#include "data/arena.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096, ALIGNMENT = 16, POSITION_BITS = 50 };

/* Positions count all bytes that ever went through the ring. */
typedef struct slot {
  uint64_t head, tail;
} slot;

/* Before the bytes of a region; `size` is that of both, in the ring. */
typedef struct header {
  uint64_t size;
  uint32_t live, padding;
} header;

static slot *slot_of(const pm_arena *a, size_t number) {
  return (slot *)(void *)(a->base + number * (PAGE + a->ring));
}

static header *header_at(const pm_arena *a, size_t number, uint64_t position) {
  char *ring = (char *)slot_of(a, number) + PAGE;
  return (header *)(void *)(ring + position % a->ring);
}

static size_t taken(size_t size) {
  return (size + sizeof(header) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

int pm_arena_attach(pm_arena *a, int fd, size_t slots, size_t ring) {
  *a = (pm_arena){.fd = -1};
  size_t size = slots * (PAGE + ring);
  char *base = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (base == MAP_FAILED)
    return -1;
  *a = (pm_arena){base, size, slots, ring, fd};
  return 0;
}

int pm_arena_create(pm_arena *a, size_t slots, size_t ring) {
  *a = (pm_arena){.fd = -1};
  int fd = memfd_create("pumice", 0);
  if (fd < 0)
    return -1;
  if (ftruncate(fd, (off_t)(slots * (PAGE + ring))) == 0 &&
      pm_arena_attach(a, fd, slots, ring) == 0)
    return 0;
  int saved = errno;
  close(fd);
  errno = saved;
  return -1;
}

void pm_arena_close(pm_arena *a) {
  if (a->base)
    munmap(a->base, a->size);
  if (a->fd >= 0)
    close(a->fd);
  *a = (pm_arena){.fd = -1};
}

static bool is_live(const header *h) {
  return __atomic_load_n(&h->live, __ATOMIC_ACQUIRE) != 0;
}

char *pm_arena_reserve(pm_arena *a, size_t number, size_t size) {
  slot *s = slot_of(a, number);
  uint64_t tail = s->tail;
  while (tail < s->head && !is_live(header_at(a, number, tail)))
    tail += header_at(a, number, tail)->size;
  /* An empty ring begins anew: memory that was written lately is fast. */
  if (tail == s->head)
    s->head = tail = (tail + a->ring - 1) / a->ring * a->ring;
  __atomic_store_n(&s->tail, tail, __ATOMIC_RELEASE);
  if (size > a->ring - sizeof(header) - ALIGNMENT)
    return NULL;
  uint64_t need = taken(size), left = a->ring - s->head % a->ring;
  uint64_t gap = need > left ? left : 0; /* no region wraps round */
  if (s->head + gap + need - tail > a->ring)
    return NULL;
  if (gap > 0)
    *header_at(a, number, s->head) = (header){.size = gap};
  s->head += gap;
  return (char *)(header_at(a, number, s->head) + 1);
}

uint64_t pm_arena_keep(pm_arena *a, size_t number, size_t size) {
  slot *s = slot_of(a, number);
  uint64_t position = s->head;
  *header_at(a, number, position) = (header){taken(size), 1, 0};
  __atomic_store_n(&s->head, position + taken(size), __ATOMIC_RELEASE);
  return (uint64_t)number << POSITION_BITS | position;
}

size_t pm_arena_slot(uint64_t address) {
  return (size_t)(address >> POSITION_BITS);
}

char *pm_arena_find(const pm_arena *a, uint64_t address, size_t size) {
  size_t number = pm_arena_slot(address);
  uint64_t position = address & (((uint64_t)1 << POSITION_BITS) - 1);
  if (number >= a->slots || position % ALIGNMENT != 0 || size > a->ring ||
      position % a->ring + taken(size) > a->ring)
    return NULL;
  const slot *s = slot_of(a, number);
  header *h = header_at(a, number, position);
  bool there =
      position >= __atomic_load_n(&s->tail, __ATOMIC_ACQUIRE) &&
      position + taken(size) <= __atomic_load_n(&s->head, __ATOMIC_ACQUIRE);
  return there && is_live(h) && h->size == taken(size) ? (char *)(h + 1) : NULL;
}

void pm_arena_free(char *region) {
  header *h = (header *)(void *)region - 1;
  __atomic_store_n(&h->live, 0, __ATOMIC_RELEASE);
}
