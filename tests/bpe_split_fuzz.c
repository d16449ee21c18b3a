/*
 * Property: each splitter written by hand cuts valid text where PCRE2 cuts it
 * by the reference pattern (unless it has a character that PCRE2 does not know
 * yet), and pieces of any bytes are not empty and end inside the text.
 *
 * Input: a byte that chooses the pattern, then the text.
 */
#include "bpe_reference.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static reference_set shared;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  if (!shared.stack.stack)
    reference_open(&shared);
  int which = data[0] & 3;
  const char *text = (const char *)data + 1;
  size_t len = size - 1;
  for (size_t at = 0, end; at < len; at = end) {
    end = pm_bpe_piece_end((pm_bpe_pattern)which, data + 1, len, at);
    if (end <= at || end > len)
      abort();
  }
  if (pm_utf8_check(text, len) == len && reference_knows(&shared, text, len) &&
      reference_differs(&shared, which, text, len) != len)
    abort();
  return 0;
}
