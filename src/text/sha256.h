/*
 * SHA-256, to know a file again by its digest. Some 300 MB/s; not meant to
 * keep secrets.
 *
 * Source: FIPS 180-4.
 */
#ifndef PM_SHA256_H
#define PM_SHA256_H

#include <stddef.h>

#define PM_SHA256_HEX 65

/* Writes the digest of `bytes` [len] to `hex` [PM_SHA256_HEX] as 64 hex digits
 * in lower case and a NUL. Cannot fail and allocates nothing. */
void pm_sha256(const void *bytes, size_t len, char *hex);

#endif
