/*
 * Property: any bytes decode to valid UTF-8, in the charset that the first byte
 * picks or in the one that is found for them, with a hint or without; a charset
 * that they declare or bear as a label is one that can be decoded.
 */
#include <iconv.h>

#include "fuzz.h"
#include "text/decode.h"
#include "text/prescan.h"
#include "text/utf8.h"

static void check(const char *text, size_t len, const pm_charset *charset) {
  static pm_buffer out;
  out.len = 0;
  require(pm_decode(text, len, charset, &out) != (size_t)-1);
  require(pm_utf8_check(bytes_of(&out), out.len) == out.len);
  require(pm_charset_name(charset, text, len) != NULL);
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

static void detect(const char *text, size_t len, const pm_charset *hint) {
  static pm_buffer work;
  pm_decoded found;
  work.len = 0;
  require(pm_decode_detect(text, len, hint, &work, &found) == 0);
  require(found.charset && found.mark <= len);
  require(found.confidence > 0 && found.confidence <= 1);
  check(text, len, found.charset);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!charsets[0])
    hold();
  unsigned choice = fuzz_choice(&data, &size);
  const char *text = (const char *)data;
  const pm_charset *one = charsets[(choice >> 2) % LABELS], *said;
  if (choice & 1)
    detect(text, size, choice & 2 ? one : NULL);
  else
    check(text, size, one);
  if ((said = pm_charset_declared(text, size)))
    check(text, size, said);
  if ((said = pm_charset_find(text, size)))
    check(text, size, said);
  return 0;
}
