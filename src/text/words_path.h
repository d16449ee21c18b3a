/* The ways to find words, by what the processor can do. All give the same. */
#ifndef PM_TEXT_WORDS_PATH_H
#define PM_TEXT_WORDS_PATH_H

#include "text/words.h"

/* As pm_words_next. */
typedef size_t pm_words_path(pm_words *it, pm_span *out, size_t room);

pm_words_path pm_words_next_plain;    /* the rules, a character at a time */
pm_words_path pm_words_next_portable; /* 64 bytes at a time, in plain C */

#if defined(__x86_64__)
#define PM_WORDS_X86 1
pm_words_path pm_words_next_avx2;   /* needs avx2 bmi bmi2 popcnt */
pm_words_path pm_words_next_avx512; /* and avx512 f bw vl vbmi2 */

int pm_words_have_avx2(void);
int pm_words_have_avx512(void);
#endif

/* The path of that name ("plain", "portable", "avx2", "avx512"), or NULL when
 * there is none or the processor cannot take it. */
pm_words_path *pm_words_path_named(const char *name);

#endif
