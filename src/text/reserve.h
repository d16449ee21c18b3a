/*
 * Room for what may become large: none of it is taken before it is touched, so
 * that it need not grow by being copied. The first 256 kB are taken page by
 * page, what comes behind in large pages, where the system has them.
 */
#ifndef PM_RESERVE_H
#define PM_RESERVE_H

#include <stddef.h>

/* Returns `size` bytes, all zeros, at a multiple of 64; NULL with errno set
 * when there is no room. */
void *pm_reserve(size_t size);

/* Gives them back; `at` may be NULL. */
void pm_reserve_free(void *at, size_t size);

#endif
