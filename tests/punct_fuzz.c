/*
 * Property: on any text and classes both spellings are valid UTF-8, and ASCII
 * of ASCII is itself.
 */
#include <string.h>

#include "fuzz_text.h"
#include "text/punct.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds) {
  if (!holds)
    abort();
}

static int same(const pm_buffer *a, const pm_buffer *b) {
  return a->len == b->len && (a->len == 0 || !memcmp(a->at, b->at, a->len));
}

static int is_valid(const pm_buffer *b) {
  return b->len == 0 || pm_utf8_check(b->at, b->len) == b->len;
}

static const char *bytes_of(const pm_buffer *b) {
  return b->len > 0 ? b->at : "";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  unsigned classes = data[0] & 31;
  size_t len;
  char *text = fuzz_text(data + 1, size - 1, &len);
  pm_buffer typed = {0}, again = {0}, set = {0};
  require(pm_punct_ascii(text, len, classes, &typed) == 0);
  require(is_valid(&typed));
  require(pm_punct_ascii(bytes_of(&typed), typed.len, classes, &again) == 0);
  require(same(&typed, &again));
  require(pm_punct_typographic(bytes_of(&typed), typed.len, classes, &set) ==
          0);
  require(is_valid(&set));
  pm_buffer_free(&typed);
  pm_buffer_free(&again);
  pm_buffer_free(&set);
  free(text);
  return 0;
}
