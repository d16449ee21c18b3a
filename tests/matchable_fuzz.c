/*
 * Property: for any text, options and range of the matchable form, the bytes
 * of the original that the range maps to have a matchable form that holds the
 * range; and the sources of its bytes are inside the text and in order.
 */
#include "fuzz_text.h"
#include "text/matchable.h"

typedef struct made {
  pm_buffer out, map;
} made;

static made make(const char *text, size_t len, unsigned options) {
  made m = {0};
  pm_buffer wide = {0};
  require(pm_matchable_make(text, len, options, &m.out, &m.map, &wide) == 0);
  pm_buffer_free(&wide);
  require(m.out.len == 0 || pm_utf8_check(m.out.at, m.out.len) == m.out.len);
  return m;
}

static void drop(made *m) {
  pm_buffer_free(&m->out);
  pm_buffer_free(&m->map);
}

static void check_range(const char *text, size_t len, unsigned options,
                        const made *m, pm_span at) {
  pm_span from = pm_offsets_range(&m->map, m->out.at, at);
  require(from.start <= from.end && from.end <= len);
  made own = make(text + from.start, from.end - from.start, options);
  require(at.end == at.start ||
          memmem(own.out.at, own.out.len, m->out.at + at.start,
                 at.end - at.start) != NULL);
  drop(&own);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 4)
    return 0;
  unsigned options = data[0] | (data[1] & 1u) << 8;
  size_t a = data[2], b = data[3], len;
  char *text = fuzz_text(data + 4, size - 4, &len);
  made m = make(text, len, options);
  if (a > m.out.len)
    a = m.out.len;
  if (b > m.out.len)
    b = m.out.len;
  if (a > b) {
    size_t c = a;
    a = b;
    b = c;
  }
  pm_span at = {(uint32_t)a, (uint32_t)b}, all = {0, (uint32_t)m.out.len};
  check_range(text, len, options, &m, at);
  check_range(text, len, options, &m, all);
  for (uint32_t i = 0, end = 0; i < m.out.len; i++) {
    pm_span one = pm_offsets_range(&m.map, m.out.at, (pm_span){i, i + 1});
    require(one.start < one.end && one.end <= len && one.end >= end);
    end = one.end;
  }
  drop(&m);
  free(text);
  return 0;
}
