/* The scan for sentence ends stops at each character that can be one, and reads
 * to the end past all that the table of stops does not name. */
#include <string.h>

#include "test.h"
#include "text/sentence_scan.h"
#include "text/utf8.h"

/* Where the scan stops in a text of 'a' with the character at `at`. */
static size_t stop(const char *s, size_t size, size_t at) {
  char text[64];
  memset(text, 'a', sizeof text);
  memcpy(text + at, s, size);
  return pm_sentence_skip_plain((unsigned char *)text, sizeof text, 0);
}

int main(void) {
  for (uint32_t c = 0; c < 0x110000; c++) {
    char s[4];
    unsigned size = (unsigned)pm_utf8_write(s, c), one;
    unsigned class = pm_sentence_class((unsigned char *)s, size, &one);
    int ends =
        class >= PM_SENTENCE_ATERM || c == '(' || c == ')' || c == 0x2026;
    if (ends && stop(s, size, c % 40) != c % 40)
      check(!"stops at what ends a sentence");
    else if (c < 0x80)
      check(stop(s, size, 7) == (ends ? 7 : 64));
  }
  check(stop("\u0436", 2, 20) == 64);
  check(stop("\u4E2D", 3, 0) == 64);
  return done("sentence_scan");
}
