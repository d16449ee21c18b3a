#ifndef PM_UTF8_AVX2_H
#define PM_UTF8_AVX2_H

#include <stddef.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define PM_UTF8_AVX2
/*
 * Returns how many leading bytes of `text` [len] are surely valid, up to where
 * a character starts: the caller goes on from there. Less than 68 bytes are
 * left when all is valid, and the first bad byte is less than 68 away when
 * not. Only for processors that __builtin_cpu_supports("avx2").
 */
size_t pm_utf8_check_avx2(const char *text, size_t len);
#endif

#endif
