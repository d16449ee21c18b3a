/*
 * Property: on any bytes the check stops where reading character by character
 * does; repair leaves valid UTF-8, which repair leaves alone, and says that
 * nothing was to do only if it does nothing; white space squeezed twice is
 * squeezed once.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/repair.h"
#include "text/squeeze.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds) {
  if (!holds)
    abort();
}

static size_t check_slowly(const char *text, size_t len) {
  const char *p = text;
  uint32_t c;
  for (int n; p < text + len; p += n)
    if ((n = pm_utf8_read(p, text + len, &c)) < 0)
      break;
  return (size_t)(p - text);
}

static int same(const pm_buffer *b, const char *text, size_t len) {
  return b->len == len && (len == 0 || memcmp(b->at, text, len) == 0);
}

static void check_repair(const char *text, size_t len, unsigned steps) {
  pm_buffer once = {0}, twice = {0};
  size_t counts[PM_REPAIR_STEPS];
  require(pm_repair(text, len, steps, &once, counts) == 0);
  require(pm_utf8_check(once.at, once.len) == once.len);
  size_t done = 0, span = pm_repair_span(text, len, steps);
  for (int i = 0; i < PM_REPAIR_STEPS; i++)
    done += counts[i];
  require(done > 0 || same(&once, text, len));
  require(span < len || done == 0);
  require(span <= once.len && (!span || !memcmp(once.at, text, span)));
  require(pm_squeeze(once.at, once.len, &twice) == 0);
  once.len = 0;
  require(pm_squeeze(twice.at, twice.len, &once) == 0);
  require(same(&once, twice.at, twice.len));
  pm_buffer_free(&once);
  pm_buffer_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  require(pm_utf8_check(text, size) == check_slowly(text, size));
  check_repair(text, size, 0);
  check_repair(text, size, (1u << PM_REPAIR_STEPS) - 1);
  /* Where the vectors look, too: the bytes behind 200 valid ones. */
  size_t len = size + 200;
  char *behind = malloc(len);
  require(behind != NULL);
  for (size_t i = 0; i < 200; i++)
    behind[i] = "a\xC3\xA9"[(i % 3)];
  behind[198] = behind[199] = ' ';
  if (size)
    memcpy(behind + 200, data, size);
  require(pm_utf8_check(behind, len) == check_slowly(behind, len));
  free(behind);
  return 0;
}
