/* The bytes of a block of 64 by what they do in words: one bit each. */
#ifndef PM_UNITS_ASCII_H
#define PM_UNITS_ASCII_H

#include <stdint.h>

typedef struct unit_ascii {
  uint64_t word; /* ASCII letters and digits */
  uint64_t high; /* bytes that are not ASCII */
} unit_ascii;

#endif
