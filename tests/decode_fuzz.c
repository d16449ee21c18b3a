/*
 * Property: any bytes decode to valid UTF-8, in the charset that is found for
 * them and in one that the first byte picks.
 */
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/decode.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds) {
  if (!holds)
    abort();
}

static void check(const char *text, size_t len, const pm_charset *charset) {
  pm_buffer out = {0};
  require(pm_decode(text, len, charset, &out) != (size_t)-1);
  require(pm_utf8_check(out.at, out.len) == out.len);
  require(pm_charset_name(charset, text, len) != NULL);
  pm_buffer_free(&out);
}

static const char *const labels[] = {
    "gb2312",    "big5",   "johab",       "iso-2022-jp", "iso-2022-kr",
    "shift_jis", "euc-jp", "euc-kr",      "latin1",      "utf-16",
    "utf-32be",  "utf-8",  "iso-2022-cn", "viscii",      "windows-874"};
enum { LABELS = sizeof labels / sizeof *labels };

static const pm_charset *charsets[LABELS];

/* Finds the charsets, and keeps iconv from reading their tables each time. */
static void hold(void) {
  static pm_held held;
  static iconv_t ways[LABELS];
  pm_held_open(&held);
  for (size_t i = 0; i < LABELS; i++) {
    charsets[i] = pm_charset_find(labels[i], strlen(labels[i]));
    require(charsets[i] != NULL);
    ways[i] = iconv_open("UTF-8", charsets[i]->iconv);
    require(ways[i] != (iconv_t)-1);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  pm_buffer work = {0};
  pm_decoded found;
  if (!charsets[0])
    hold();
  require(pm_decode_detect(text, size, NULL, &work, &found) == 0);
  require(found.charset && found.mark <= size);
  require(found.confidence > 0 && found.confidence <= 1);
  check(text, size, found.charset);
  if (size > 0)
    check(text + 1, size - 1, charsets[data[0] % LABELS]);
  pm_buffer_free(&work);
  return 0;
}
