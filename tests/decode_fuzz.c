/*
 * Property: any bytes decode to valid UTF-8, in the charset that is found for
 * them and in one that the first byte picks.
 */
#include <stdint.h>
#include <stdlib.h>

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char labels[][12] = {
      "gb2312",    "big5",   "johab",       "iso-2022-jp", "iso-2022-kr",
      "shift_jis", "euc-jp", "euc-kr",      "latin1",      "utf-16",
      "utf-32be",  "utf-8",  "iso-2022-cn", "viscii",      "windows-874"};
  const char *text = (const char *)data;
  pm_buffer work = {0};
  pm_decoded found;
  require(pm_decode_detect(text, size, NULL, &work, &found) == 0);
  require(found.charset && found.mark <= size);
  require(found.confidence > 0 && found.confidence <= 1);
  check(text, size, found.charset);
  if (size > 0) {
    const char *label = labels[data[0] % (sizeof labels / sizeof *labels)];
    size_t len = 0;
    while (label[len])
      len++;
    check(text + 1, size - 1, pm_charset_find(label, len));
  }
  pm_buffer_free(&work);
  return 0;
}
