/* The ways to split a text into words, by what the processor can do. All give
 * the same. */
#ifndef PM_UNITS_PATH_H
#define PM_UNITS_PATH_H

#include "sketch/units.h"

/* As pm_units_words. */
typedef size_t pm_units_path(pm_units *u, pm_unit *out, size_t room);

pm_units_path pm_units_words_plain;    /* a character at a time */
pm_units_path pm_units_words_portable; /* 64 bytes at a time, in plain C */

#ifdef __x86_64__
pm_units_path pm_units_words_avx2;   /* if pm_words_have_avx2() */
pm_units_path pm_units_words_avx512; /* if pm_words_have_avx512() */
#endif

/* How many bytes the character at `at`, which is not ASCII, has if all it does
 * there is to stand between words; 0 if it may belong to one. `joined`: an
 * ASCII letter or digit stands before it. */
size_t pm_units_gap(const pm_units *u, size_t at, bool joined);

#endif
