/*
 * Whether the pages of an LMDB file hang together, so that LMDB, which trusts
 * them, can be let loose on a file that may be damaged.
 */
#ifndef PM_VAULT_CHECK_H
#define PM_VAULT_CHECK_H

#include <stddef.h>
#include <stdint.h>

/* Looks at both heads of a file, its first `len` bytes (16 KiB are enough), of
 * `size` in all. Returns what is wrong, or NULL. */
const char *pm_vault_check_heads(const char *file, size_t len, uint64_t size);

/*
 * Walks all pages of the tree as transaction `id` left it, and of the list of
 * free pages: numbers, bounds, order of the keys, the depth, no page used
 * twice. Values are not looked at.
 *
 *   file  [size]  the whole file; heads are checked
 *   seen  [size / 4096 / 8 + 1]  scratch memory
 *
 * Returns what is wrong, or NULL. Time grows with the pages but those of large
 * values.
 */
const char *pm_vault_check_pages(const char *file, uint64_t size, uint64_t id,
                                 uint8_t *seen);

#endif
