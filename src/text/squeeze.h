/*
 * White space: runs of blanks to one space, blanks at the end of a line away,
 * more than two line ends to two.
 */
#ifndef PM_SQUEEZE_H
#define PM_SQUEEZE_H

#include <stddef.h>

#include "text/buffer.h"

/*
 * Adds `text` [len], valid UTF-8, squeezed to `out`. Blanks are tab and all
 * space separators (U+00A0, U+3000, ...); CR and CRLF are line ends like LF.
 * Returns 0, or -1 when memory is short. Output is no longer than the input.
 */
int pm_squeeze(const char *text, size_t len, pm_buffer *out);

#endif
