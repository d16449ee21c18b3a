/*
 * Repair of single characters: what is wrong by itself, whatever charset the
 * text once had. The result is valid UTF-8.
 */
#ifndef PM_REPAIR_H
#define PM_REPAIR_H

#include <stddef.h>

#include "text/buffer.h"

typedef enum pm_repair_step {
  PM_REPAIR_SURROGATES, /* CESU-8 pairs become their character */
  PM_REPAIR_STRAY,      /* lone high bytes in UTF-8 become cp1252 characters */
  PM_REPAIR_INVALID,    /* other bytes that are no UTF-8 become U+FFFD */
  PM_REPAIR_ENTITIES,   /* see entities.h; done by pm_mend, not here */
  PM_REPAIR_MOJIBAKE,   /* see mojibake.h; done by pm_mend, not here */
  PM_REPAIR_C1,         /* U+0080..009F become cp1252 characters */
  PM_REPAIR_BOM,        /* U+FEFF goes, anywhere */
  PM_REPAIR_ZERO_WIDTH, /* U+200B..200D, 2060..2064, 00AD, 180E go, unless they
                           mean something where they stand */
  PM_REPAIR_CONTROLS,   /* terminal escapes, C0 but tab and LF, U+007F, C1 that
                           cp1252 does not have: go */
  PM_REPAIR_LINE_ENDS,  /* CRLF and CR become LF */
  PM_REPAIR_SEPARATORS, /* U+2028, VT, FF become LF, U+2029 LF LF */
  PM_REPAIR_BIDI,       /* U+061C, 200E, 200F, 202A..202E, 2066..2069 go */
  PM_REPAIR_STEPS
} pm_repair_step;

/* The character of byte 0x80..0xFF in cp1252, 0 for the five it lacks. */
uint32_t pm_cp1252(unsigned char byte);

/* The step that `c` calls for, or PM_REPAIR_STEPS. Whether it is needed where
 * it stands is not considered. */
pm_repair_step pm_repair_step_of(uint32_t c);

/*
 * Whether the zero-width `c` means something between the character before it
 * and the one after (0 at an end of the text): ZWJ and ZWNJ between letters
 * of scripts that join, after a virama and in emoji; ZWSP between letters of
 * scripts that write no blanks; U+180E in Mongolian.
 */
int pm_repair_is_needed(uint32_t c, uint32_t before, uint32_t after);

/* The first byte of valid text that may start a character with a step, or
 * U+FFFD; else `end`. */
const char *pm_repair_skip(const char *p, const char *end);

/* The length of the start of `text` [len] in which no step, of the set of bits
 * 1 << step, has anything to do. */
size_t pm_repair_span(const char *text, size_t len, unsigned steps);

/*
 * Adds `text` [len], any bytes, repaired by the `steps` to `out`, and counts
 * in `counts` [PM_REPAIR_STEPS] how often each did something. Invalid bytes
 * are always repaired. Returns 0, or -1 when memory is short. O(len) time,
 * output at most 3 times the input.
 */
int pm_repair(const char *text, size_t len, unsigned steps, pm_buffer *out,
              size_t *counts);

#endif
