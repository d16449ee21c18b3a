/*
 * A span: some bytes of a text, counted from 0, `end` excluded. Tokenizers and
 * bulk matching write arrays of them, in the order of the text.
 */
#ifndef PM_SPANS_H
#define PM_SPANS_H

#include <stdint.h>

typedef struct pm_span {
  uint32_t start, end;
} pm_span;

/* Longer texts are refused by the bindings: offsets are 32 bits. */
#define PM_TEXT_MAX ((size_t)UINT32_MAX)

#endif
