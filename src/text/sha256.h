/*
 * SHA-256, to know a file again by its digest, as sha256sum prints it. Not
 * meant to keep secrets.
 *
 * Source: FIPS 180-4.
 */
#ifndef PM_SHA256_H
#define PM_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PM_SHA256_HEX 65

/* A digest of bytes that come in portions: begin, add as often as needed, end.
 * None of these can fail or allocates. */
typedef struct pm_sha256_state {
  uint32_t state[8];
  uint64_t len;
  unsigned char rest[64]; /* [len % 64]: what fills no block yet */
  bool has_ni;            /* the processor has instructions for it */
} pm_sha256_state;

void pm_sha256_begin(pm_sha256_state *s);
void pm_sha256_add(pm_sha256_state *s, const void *bytes, size_t len);

/* Writes 64 hex digits in lower case and a NUL to `hex` [PM_SHA256_HEX]. */
void pm_sha256_end(pm_sha256_state *s, char *hex);

/* All three for `bytes` [len]. */
void pm_sha256(const void *bytes, size_t len, char *hex);

#endif
