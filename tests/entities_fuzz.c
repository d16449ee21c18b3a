/*
 * Property: what references of any text become is valid UTF-8, not longer than
 * the text, and has none left; nothing is added when none were read.
 */
#include "fuzz_text.h"
#include "text/entities.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t len;
  char *text = fuzz_text(data, size, &len);
  for (int every = 0; every < 2; every++) {
    pm_buffer once = {0}, twice = {0};
    size_t count = pm_entities_read(text, len, every, &once);
    require(count != (size_t)-1 && (count > 0 || once.len == 0));
    if (count > 0) {
      require(pm_entities_maybe(text, len));
      require(once.len < len);
      require(once.len == 0 || pm_utf8_check(once.at, once.len) == once.len);
      require(once.len == 0 ||
              pm_entities_read(once.at, once.len, every, &twice) == 0);
    }
    pm_buffer_free(&once);
    pm_buffer_free(&twice);
  }
  free(text);
  return 0;
}
