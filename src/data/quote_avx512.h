/*
 * Strings of JSON without a branch for each escape, for processors that can
 * squeeze bytes out of a register (AVX-512 VBMI2: Ice Lake, Zen 4 and later).
 */
#ifndef PM_QUOTE_AVX512_H
#define PM_QUOTE_AVX512_H

#include <stdbool.h>

#include "text/buffer.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define PM_QUOTE_AVX512 1

static inline bool pm_quote_has_avx512(void) {
  return __builtin_cpu_supports("avx512vbmi2") &&
         __builtin_cpu_supports("avx512vbmi") &&
         __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2");
}

/* As pm_quote_read, of [p, end); returns where the text ends. */
char *pm_quote_read_avx512(const char *p, const char *end, char *out);

/* As pm_quote_write, of [p, end), without the quotes. */
int pm_quote_write_avx512(pm_buffer *out, const char *p, const char *end,
                          bool *high);

#endif
#endif
