/*
 * Reads one UTF-8 character out of characters that stand for its bytes.
 */
#ifndef PM_MOJIBAKE_READ_H
#define PM_MOJIBAKE_READ_H

#include <stdint.h>

#include "text/mojibake_table.h"

enum { PM_MISREAD_MAX = 6 }; /* characters in the longest sequence */

typedef struct pm_reading {
  uint32_t c;
  int length; /* characters that were read, 0: none can be */
  int bits;   /* what is doubtful about it */
} pm_reading;

/*
 * What the characters at `c` [PM_MISREAD_MAX] (0 where the text ends) spell in
 * `charset`: a sequence of UTF-8 or a pair of surrogates. One byte may be
 * lost, U+FFFD or a question mark: then U+FFFD is read. A no-break space may
 * have become a space. `keeps_space` says that a space after the first byte
 * of U+00E0 is a space of its own.
 */
pm_reading pm_mojibake_read(const uint32_t *c, unsigned charset,
                            int keeps_space);

/* The charsets in which a sequence can start with `c`, 0 for most. */
static inline unsigned pm_misread_starts(uint32_t c, uint32_t next) {
  const pm_misread *row = pm_misread_of(c);
  if (!row->leads)
    return 0;
  if (next == ' ' || next == '?' || next == 0xFFFD)
    return row->leads;
  return row->leads & pm_misread_of(next)->continues;
}

#endif
