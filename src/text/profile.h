/*
 * What characters a text has that one would not expect.
 */
#ifndef PM_PROFILE_H
#define PM_PROFILE_H

#include <stddef.h>

typedef struct pm_profile {
  size_t characters;  /* an invalid sequence counts as one */
  size_t invalid;     /* bytes that are part of no character */
  size_t nul;         /* U+0000 */
  size_t controls;    /* other C0 but tab, LF, CR; U+007F */
  size_t c1;          /* U+0080..009F */
  size_t bom;         /* U+FEFF */
  size_t zero_width;  /* U+200B..200D, 2060..2064, 00AD, 180E */
  size_t bidi;        /* U+061C, 200E, 200F, 202A..202E, 2066..2069 */
  size_t replacement; /* U+FFFD */
} pm_profile;

/* Counts in `text` [len], any bytes. */
void pm_profile_count(const char *text, size_t len, pm_profile *to);

#endif
