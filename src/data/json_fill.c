/*
 * Blocks of 64 bytes as bits, by the widest registers there are.
 */
#include "data/json.h"
#include "data/json_look.h"

#define FILL fill_plain
#define TARGET
#define TAIL tail_plain
#define LOOK look_plain
#define LETTERS letters_plain
#define BETWEEN between_plain
#include "data/json_window.h"

#ifdef PM_JSON_X86

#define FILL fill_avx2
#define TARGET PM_JSON_AVX2
#define TAIL tail_plain
#define LOOK look_avx2
#define LETTERS letters_avx2
#define BETWEEN between_avx2
#include "data/json_window.h"

#define FILL fill_avx512
#define TARGET PM_JSON_AVX512
#define TAIL tail_avx512
#define LOOK look_avx512
#define LETTERS letters_avx512
#define BETWEEN between_avx512
#include "data/json_window.h"

#endif

void pm_json_fill(pm_json_scan *s, size_t at) {
#ifdef PM_JSON_X86
  int widest = s->widest ? s->widest : 64;
  if (widest >= 64 && __builtin_cpu_supports("avx512bw")) {
    fill_avx512(s, at);
    return;
  }
  if (widest >= 32 && __builtin_cpu_supports("avx2")) {
    fill_avx2(s, at);
    return;
  }
#endif
  fill_plain(s, at);
}
