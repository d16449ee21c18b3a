/* How units become the hash of a window, many windows at a time: for
 * sketch/shingle.c. */
#ifndef PM_SHINGLE_FEW_H
#define PM_SHINGLE_FEW_H

#include <stddef.h>
#include <stdint.h>

#include "sketch/units.h"

/* Odd, so that 64 units in a row are rotated by 64 different amounts. */
#define PM_SHINGLE_ROTATION 19

#define PM_SHINGLE_FACTOR 0x9FB21C651E98DF25u

/* The widest windows, and the most at a time. */
enum { PM_SHINGLE_FEW = 8, PM_SHINGLE_BLOCK = 256 };

/* Hashes the first windows of 1 <= n <= PM_SHINGLE_FEW units, of `windows` that
 * `unit` [windows + n - 1] has, to `out` [PM_SHINGLE_BLOCK]. Returns how many:
 * PM_SHINGLE_BLOCK if there are so many. */
size_t pm_shingle_few(const pm_unit *unit, size_t windows, unsigned n,
                      uint64_t *out);

#endif
