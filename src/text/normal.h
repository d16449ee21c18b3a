/*
 * Normal forms and case folding of valid UTF-8.
 *
 * utf8proc knows how; here stands in front of it what finds the few runs
 * that need it. Source: UAX #15, section 9 (quick check); NFKC_Casefold as in
 * section 5 of DerivedNormalizationProps.txt.
 */
#ifndef PM_NORMAL_H
#define PM_NORMAL_H

#include <stddef.h>

#include "text/buffer.h"

typedef enum pm_form {
  PM_NFC,
  PM_NFD,
  PM_NFKC,
  PM_NFKD,
  PM_FOLD,        /* NFKC_Casefold */
  PM_FOLD_SIMPLE, /* each letter by CaseFolding.txt C and S, nothing else */
  PM_STRIP,       /* NFC without accents, strokes and hooks */
} pm_form;

/*
 * How many leading bytes of `text` [len], valid UTF-8, are surely the same in
 * `form`: `len` when the text is in that form already. Less than `len` does
 * not mean that it is not.
 */
size_t pm_normal_span(const char *text, size_t len, pm_form form);

/*
 * Goes on from such a `*span`, works out what is not sure, and moves `*span` on
 * to the first place that differs or, where it only maps, cannot be told;
 * nothing before it has to be written again. `out` and `wide` are scratch and
 * empty. Returns 0, or -1 when memory is short.
 */
int pm_normal_extend(const char *text, size_t len, pm_form form, size_t *span,
                     pm_buffer *out, pm_buffer *wide);

/*
 * Adds `text` [len], valid UTF-8, in `form` to `out`. `wide` is scratch, empty
 * or from an earlier call. Returns 0, or -1 when memory is short (`out` then
 * holds a part).
 *
 * O(len) time, whatever the text. Output is at most 3 times the input (NFC,
 * NFD, simple), or 11 times (NFKC, NFKD, fold).
 */
int pm_normalize(const char *text, size_t len, pm_form form, pm_buffer *out,
                 pm_buffer *wide);

#endif
