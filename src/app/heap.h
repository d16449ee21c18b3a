/*
 * Memory of a Lua state, in the manner of lua_Alloc. Blocks of PM_HEAP_LARGE
 * bytes and more, texts mostly, come in huge pages where the system has them:
 * a new page costs as much as it costs to fill it, and a text of 66 MB has 32
 * huge ones or 16,000 others. All smaller ones are malloc's, so that a state
 * may have used malloc before; of the small ones that are given back, some
 * megabytes are kept for who asks next. One thread at a time.
 */
#ifndef PM_APP_HEAP_H
#define PM_APP_HEAP_H

#include <stddef.h>

#define PM_HEAP_LARGE ((size_t)32 << 20)

void *pm_heap_alloc(void *ud, void *p, size_t from, size_t to);

#endif
