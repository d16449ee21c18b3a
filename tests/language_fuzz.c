/*
 * Property: for any text shares and confidence are between 0 and 1, shares are
 * at most the whole, and asking again gives the same.
 */
#include "fuzz_text.h"
#include "text/language.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t len;
  char *text = fuzz_text(data, size, &len);
  const char *hint = size & 1 ? "de,en" : NULL;
  pm_languages found, again;
  pm_buffer work = {0};
  int any = pm_language_find(text, len, hint, &work, &found);
  require(pm_language_find(text, len, hint, &work, &again) == any);
  require(any >= 0);
  if (any) {
    double sum = 0;
    for (int i = 0; i < PM_LANGUAGES; i++) {
      require(found.top[i].share >= 0 && found.top[i].share <= 1);
      sum += found.top[i].share;
      require(strcmp(found.top[i].code, again.top[i].code) == 0);
    }
    require(*found.top[0].code && sum < 1.011);
    require(found.confidence > 0 && found.confidence < 1);
  }
  pm_buffer_free(&work);
  free(text);
  return 0;
}
