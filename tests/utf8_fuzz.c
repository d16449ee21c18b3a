/*
 * Property: on any bytes the check stops where reading character by character
 * does; repair leaves valid UTF-8, which repair leaves alone, and says that
 * nothing was to do only if it does nothing; white space squeezed twice is
 * squeezed once.
 */
#include "fuzz.h"
#include "text/repair.h"
#include "text/squeeze.h"
#include "text/utf8.h"

static size_t check_slowly(const char *text, size_t len) {
  const char *p = text;
  uint32_t c;
  for (int n; p < text + len; p += n)
    if ((n = pm_utf8_read(p, text + len, &c)) < 0)
      break;
  return (size_t)(p - text);
}

static void check_repair(const char *text, size_t len, unsigned steps) {
  static pm_buffer once, twice;
  once.len = twice.len = 0;
  size_t counts[PM_REPAIR_STEPS];
  require(pm_repair(text, len, steps, &once, counts) == 0);
  require(pm_utf8_check(bytes_of(&once), once.len) == once.len);
  size_t done = 0, span = pm_repair_span(text, len, steps);
  for (int i = 0; i < PM_REPAIR_STEPS; i++)
    done += counts[i];
  require(done > 0 || is_same(&once, text, len));
  require(span < len || done == 0);
  require(span <= once.len && !memcmp(bytes_of(&once), text, span));
  require(pm_squeeze(bytes_of(&once), once.len, &twice) == 0);
  once.len = 0;
  require(pm_squeeze(bytes_of(&twice), twice.len, &once) == 0);
  require(is_same(&once, bytes_of(&twice), twice.len));
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
