/*
 * The inner part of SHA-256: `count` whole blocks of 64 bytes into a state, in
 * plain C and with the instructions that x86 has for it.
 */
#ifndef PM_SHA256_BLOCKS_H
#define PM_SHA256_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is added in each round. */
extern const uint32_t pm_sha256_round[64];

void pm_sha256_blocks_portable(uint32_t state[8], const unsigned char *blocks,
                               size_t count);

/* Whether the processor can run pm_sha256_blocks_ni. */
bool pm_sha256_has_ni(void);

void pm_sha256_blocks_ni(uint32_t state[8], const unsigned char *blocks,
                         size_t count);

#endif
