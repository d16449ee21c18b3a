/*
 * The peer of regex.count and regex.spans: a loop over PCRE2's machine code as
 * a careful user writes it in C. The subject is known to be valid UTF-8, the
 * limits are ours. Prints the least CPU seconds of counting, those of storing
 * the ranges too, and the number of matches.
 *
 *   pcre2_loop TEXT PATTERN_FILE [caseless] [bytes]
 */
#include <stdint.h>
#include <string.h>

#include "peer.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { REPEATS = 5, MOST = 1 << 20 };

typedef struct matcher {
  pcre2_code *code;
  pcre2_match_data *data;
  pcre2_match_context *context;
} matcher;

static matcher compile(const char *pattern, size_t len, uint32_t options) {
  int error;
  size_t offset;
  matcher m = {0};
  m.code =
      pcre2_compile((PCRE2_SPTR)pattern, len, options, &error, &offset, NULL);
  if (!m.code || pcre2_jit_compile(m.code, PCRE2_JIT_COMPLETE) != 0)
    exit(1);
  m.data = pcre2_match_data_create_from_pattern(m.code, NULL);
  m.context = pcre2_match_context_create(NULL);
  pcre2_set_match_limit(m.context, 1000000);
  pcre2_set_depth_limit(m.context, 100000);
  pcre2_set_heap_limit(m.context, 64 << 10);
  pcre2_jit_stack_assign(m.context, NULL,
                         pcre2_jit_stack_create(32 << 10, 1 << 20, NULL));
  return m;
}

/* Patterns here match no empty text. `out` may be NULL. */
static size_t matches(const matcher *m, const char *text, size_t len,
                      uint32_t *out) {
  const size_t *range = pcre2_get_ovector_pointer(m->data);
  size_t count = 0, at = 0;
  while (pcre2_jit_match(m->code, (PCRE2_SPTR)text, len, at, 0, m->data,
                         m->context) > 0) {
    at = range[1];
    if (out) {
      out[2 * (count % MOST)] = (uint32_t)range[0];
      out[2 * (count % MOST) + 1] = (uint32_t)range[1];
    }
    count++;
  }
  return count;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: pcre2_loop TEXT PATTERN_FILE [caseless] [bytes]\n");
    return 2;
  }
  uint32_t options = PCRE2_UTF;
  for (int i = 3; i < argc; i++) {
    if (strcmp(argv[i], "caseless") == 0)
      options |= PCRE2_CASELESS;
    if (strcmp(argv[i], "bytes") == 0)
      options &= ~PCRE2_UTF;
  }
  size_t len, pattern_len, count = 0;
  char *text = read_file(argv[1], &len);
  char *pattern = read_file(argv[2], &pattern_len);
  uint32_t *out = malloc(2 * (size_t)MOST * sizeof *out);
  if (!out)
    return 1;
  matcher m = compile(pattern, pattern_len, options);
  double best[2] = {1e9, 1e9};
  for (int i = 0; i < 2 * REPEATS; i++) {
    double start = cpu_seconds();
    count = matches(&m, text, len, i % 2 ? out : NULL);
    double took = cpu_seconds() - start;
    if (took < best[i % 2])
      best[i % 2] = took;
    if (best[i % 2] > 2 && i > 0)
      break; /* a slow one needs no more repeats */
  }
  printf("%f %f %zu\n", best[0], best[1], count);
  return 0;
}
