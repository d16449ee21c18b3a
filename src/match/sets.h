/*
 * Packed sets of very many documents, one behind the other: in memory as long
 * as they are few, then in a file without a name that is mapped when all are
 * there. So what is resident of them is up to the system.
 */
#ifndef PM_SETS_H
#define PM_SETS_H

#include <stddef.h>
#include <stdint.h>

typedef struct pm_sets {
  char *buffer; /* what is not in the file yet */
  size_t used, room;
  int fd;       /* -1: none */
  uint64_t end; /* of the file */
  char *map;
  uint32_t count;
} pm_sets;

/* Makes it empty. Close it in any case. */
void pm_sets_open(pm_sets *s);

/* Adds a set; `folder` is where a file goes. Returns 0, or -1 with errno set:
 * EINVAL when they were read already. */
int pm_sets_add(pm_sets *s, const char *packed, size_t len, const char *folder);

/* Makes all of them readable: returns where they begin, or NULL with errno
 * set. */
const char *pm_sets_read(pm_sets *s);

/* The set at `at`, [*len]; returns where the next one is. */
const char *pm_sets_next(const char *at, const char **packed, size_t *len);

/* Gives all back; as often as one likes. */
void pm_sets_close(pm_sets *s);

#endif
