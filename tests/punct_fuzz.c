/*
 * Property: on any text and classes both spellings are valid UTF-8, and ASCII
 * of ASCII is itself.
 */
#include "fuzz_text.h"
#include "text/punct.h"

static int is_valid(const pm_buffer *b) {
  return pm_utf8_check(bytes_of(b), b->len) == b->len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  unsigned classes = fuzz_choice(&data, &size) & 31;
  size_t len;
  char *text = fuzz_text(data, size, &len);
  pm_buffer typed = {0}, again = {0}, set = {0};
  require(pm_punct_ascii(text, len, classes, &typed) == 0);
  require(is_valid(&typed));
  require(pm_punct_ascii(bytes_of(&typed), typed.len, classes, &again) == 0);
  require(is_same(&typed, bytes_of(&again), again.len));
  require(pm_punct_typographic(bytes_of(&typed), typed.len, classes, &set) ==
          0);
  require(is_valid(&set));
  pm_buffer_free(&typed);
  pm_buffer_free(&again);
  pm_buffer_free(&set);
  free(text);
  return 0;
}
