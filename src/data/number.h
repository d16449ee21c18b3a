/*
 * JSON's numbers: from text to an integer or a float, and back without loss.
 */
#ifndef PM_NUMBER_H
#define PM_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Reads `text` [len], a number by the grammar of JSON. Returns true for an
 * integer, in `*i`; false for a float, in `*f`: a text with a fraction or an
 * exponent, an integer of more than 64 bits, and -0. Correctly rounded;
 * too large gives infinity.
 */
bool pm_number_read(const char *text, size_t len, int64_t *i, double *f);

#define PM_NUMBER_ROOM 32

/* Both write at `out` [PM_NUMBER_ROOM] and return the length. */
size_t pm_number_write_integer(char *out, int64_t i);

/* The shortest text that reads back as `f`, always with a fraction or an
 * exponent, so that it stays a float: 1.0, 0.1, 1e+16. Finite `f` only. */
size_t pm_number_write_float(char *out, double f);

#endif
