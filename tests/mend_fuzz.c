/*
 * Property: what pm_mend leaves is valid UTF-8 and needs no repair; it says
 * that nothing was to do only if it does nothing; the steps that did
 * something, alone, give the same; undoing mojibake never makes a text longer.
 *
 * Input: a byte that chooses whether the text is any bytes, or valid, or has
 * been misread once or twice, and the steps; then the text.
 */
#include "fuzz_text.h"
#include "text/mend.h"
#include "text/mojibake.h"

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

static void check(const char *text, size_t len, unsigned steps, int every) {
  static pm_buffer once, twice;
  unsigned did = mend(text, len, steps, every, &once);
  require(pm_utf8_check(bytes_of(&once), once.len) == once.len);
  require(mend(bytes_of(&once), once.len, steps, every, &twice) == 0);
  mend(text, len, did, every, &twice);
  require(is_same(&once, bytes_of(&twice), twice.len));
  size_t counts[PM_CHARSETS] = {0};
  twice.len = 0;
  if (pm_utf8_check(text, len) == len &&
      pm_mojibake_undo(text, len, &twice, &work, counts) > 0)
    require(twice.len <= len); /* as long where a lost blank comes back */
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
  static pm_buffer wrong, worse;
  unsigned choice = fuzz_choice(&data, &size);
  int every = choice >> 2 & 1;
  unsigned steps = choice & 8 ? all & ~(1u << PM_REPAIR_BIDI) : all;
  if (choice & 16)
    steps = 1u << PM_REPAIR_MOJIBAKE;
  if ((choice & 3) == 0) {
    check((const char *)data, size, steps, every);
    return 0;
  }
  size_t len;
  char *text = fuzz_text(data, size, &len);
  misread(text, len, &wrong);
  if ((choice & 3) == 1) {
    check(text, len, steps, every);
  } else if ((choice & 3) == 2) {
    check(bytes_of(&wrong), wrong.len, steps, every);
  } else {
    misread(bytes_of(&wrong), wrong.len, &worse);
    check(bytes_of(&worse), worse.len, steps, every);
  }
  free(text);
  return 0;
}
