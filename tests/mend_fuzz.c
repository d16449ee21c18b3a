/*
 * Property: what pm_mend leaves is valid UTF-8 and needs no repair; it says
 * that nothing was to do only if it does nothing; the steps that did
 * something, alone, give the same; undoing mojibake never makes a text longer.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_text.h"
#include "text/mend.h"
#include "text/mojibake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds) {
  if (!holds)
    abort();
}

static pm_buffer spare, work;

/* Returns the steps that did something. */
static unsigned mend(const char *text, size_t len, unsigned steps, int every,
                     pm_buffer *out) {
  pm_mended done;
  out->len = 0;
  int any = pm_mend(text, len, steps, every, out, &spare, &work, &done);
  require(any >= 0);
  unsigned did = 0;
  for (unsigned i = 0; i < PM_REPAIR_STEPS; i++)
    did |= (unsigned)(done.counts[i] > 0) << i;
  require(any ? did != 0 : did == 0);
  if (!any) {
    out->len = 0;
    require(pm_buffer_add(out, text, len) == 0);
  }
  return did;
}

static int same(const pm_buffer *a, const pm_buffer *b) {
  return a->len == b->len && (a->len == 0 || !memcmp(a->at, b->at, a->len));
}

static void check(const char *text, size_t len, unsigned steps, int every) {
  pm_buffer once = {0}, twice = {0};
  unsigned did = mend(text, len, steps, every, &once);
  require(pm_utf8_check(once.at, once.len) == once.len);
  require(mend(once.at, once.len, steps, every, &twice) == 0);
  mend(text, len, did, every, &twice);
  require(same(&once, &twice));
  size_t counts[PM_CHARSETS] = {0};
  twice.len = 0;
  if (pm_utf8_check(text, len) == len &&
      pm_mojibake_undo(text, len, &twice, &work, counts) > 0)
    require(twice.len < len);
  pm_buffer_free(&once);
  pm_buffer_free(&twice);
}

/* The text as cp1252 reads it. */
static void misread(const char *text, size_t len, pm_buffer *out) {
  out->len = 0;
  require(pm_buffer_room(out, 3 * len + 1) == 0);
  for (size_t i = 0; i < len; i++) {
    unsigned char byte = (unsigned char)text[i];
    uint32_t c = byte < 0x80 ? byte : pm_cp1252(byte);
    out->len += pm_utf8_write(out->at + out->len, c ? c : byte);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const unsigned all = (1u << PM_REPAIR_STEPS) - 1;
  size_t len;
  check((const char *)data, size, all, size & 1);
  check((const char *)data, size, all & ~(1u << PM_REPAIR_BIDI), 1);
  char *text = fuzz_text(data, size, &len);
  check(text, len, all, 0);
  pm_buffer wrong = {0}, worse = {0};
  misread(text, len, &wrong);
  check(wrong.at, wrong.len, all, 1);
  misread(wrong.at, wrong.len, &worse);
  check(worse.at, worse.len, 1u << PM_REPAIR_MOJIBAKE, 1);
  pm_buffer_free(&wrong);
  pm_buffer_free(&worse);
  pm_buffer_free(&spare);
  pm_buffer_free(&work);
  free(text);
  return 0;
}
