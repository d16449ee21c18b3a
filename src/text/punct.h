/*
 * Punctuation in one spelling: as a keyboard writes it, or as a printer does.
 */
#ifndef PM_PUNCT_H
#define PM_PUNCT_H

#include <stddef.h>

#include "text/buffer.h"

/* Classes of punctuation, to be combined. */
enum {
  PM_PUNCT_QUOTES = 1,
  PM_PUNCT_DASHES = 2,
  PM_PUNCT_SPACES = 4,
  PM_PUNCT_ELLIPSES = 8,
  PM_PUNCT_LIGATURES = 16,
};

/*
 * Adds `text` [len], valid UTF-8, with the characters of `classes` in ASCII to
 * `out`: quotes to ' and ", dashes to - (U+2014, U+2015 and longer to --),
 * space separators to a space, ellipses to dots, ligatures to letters.
 * Returns 0, or -1 when memory is short.
 */
int pm_punct_ascii(const char *text, size_t len, unsigned classes,
                   pm_buffer *out);

/*
 * The other way, by what stands around: ' and " to curly quotes, -- and --- to
 * U+2014, a hyphen between blanks to U+2013, ... to U+2026. Spaces and
 * ligatures have no such form.
 */
int pm_punct_typographic(const char *text, size_t len, unsigned classes,
                         pm_buffer *out);

#endif
