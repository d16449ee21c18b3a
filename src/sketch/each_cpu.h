/*
 * EACH_CPU: a function that the compiler makes several times, for what the
 * processor can do; which one runs is chosen when the program is loaded. Its
 * loops are of a fixed length, which is what the compiler wants to see. The
 * fourth level is AVX-512 with products of 64 bits.
 */
#ifndef PM_EACH_CPU_H
#define PM_EACH_CPU_H

#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define EACH_CPU                                                               \
  __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define EACH_CPU
#endif

#endif
