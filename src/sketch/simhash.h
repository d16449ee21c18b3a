/*
 * SimHash: 64 bits of which two sets differ in a share that is the angle
 * between them over pi.
 *
 * Source: Charikar 2002, "Similarity estimation techniques from rounding
 * algorithms"; Manku, Jain, Das Sarma 2007, "Detecting near-duplicates for web
 * crawling".
 */
#ifndef PM_SIMHASH_H
#define PM_SIMHASH_H

#include <stddef.h>
#include <stdint.h>

/* Bit i is set when it is set in more than half of the hashes [count], each
 * given once. 0 for the empty set. */
uint64_t pm_simhash(const uint64_t *hash, size_t count);

#endif
