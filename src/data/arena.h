/*
 * An arena: memory that a run shares with its workers, so that bytes get from
 * one process to another without being sent. Each worker has a slot, a ring
 * that it alone fills; the parent reads what is there and frees it. The parent
 * has slots too, for what the workers read.
 *
 *   slot |head, tail| freed | region | region | room ... |
 *                           tail              head
 *
 * A region has an address that no other ever has, so that one that is gone is
 * told from the one that came after it. A slot outlives its worker: the next
 * one goes on behind what the last one left.
 */
#ifndef PM_ARENA_H
#define PM_ARENA_H

#include <stddef.h>
#include <stdint.h>

enum { PM_ARENA_SLOTS = 1024 };

typedef struct pm_arena {
  char *base; /* [size]; NULL: closed */
  size_t size, slots, ring;
  int fd; /* -1: closed */
} pm_arena;

/* Makes an arena of `slots` rings of `ring` bytes, a multiple of 4096; memory
 * is taken when it is written to. Child processes inherit the descriptor.
 * Returns -1 with errno set when it cannot be had. */
int pm_arena_create(pm_arena *a, size_t slots, size_t ring);

/* In a child: the arena of those measures behind an inherited descriptor. */
int pm_arena_attach(pm_arena *a, int fd, size_t slots, size_t ring);

/* As often as one likes. */
void pm_arena_close(pm_arena *a);

/* Where `size` bytes may be written in a slot, until the next call; NULL when
 * there is no room. pm_arena_keep makes them a region and gives its address.
 * Only the owner of the slot may call these two. */
char *pm_arena_reserve(pm_arena *a, size_t slot, size_t size);
uint64_t pm_arena_keep(pm_arena *a, size_t slot, size_t size);

/* The slot an address is in. */
size_t pm_arena_slot(uint64_t address);

/* The region of `size` bytes at an address; NULL when there is none, or none
 * any more. */
char *pm_arena_find(const pm_arena *a, uint64_t address, size_t size);

/* Gives the room of a region back. `region` is what pm_arena_find gave. */
void pm_arena_free(char *region);

#endif
