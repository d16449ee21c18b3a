/* The share of code in a text, of whole words. */
#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "text/code_words.h"

/* Of a copy of the exact size: so a checker sees overreads. */
static double share(const char *s) {
  size_t len = strlen(s);
  char *text = malloc(len ? len : 1);
  if (!text)
    abort();
  memcpy(text, s, len);
  double found = pm_code_share(text, len);
  free(text);
  return found;
}

int main(void) {
  static const char *const none[] = {
      "",
      "1 + 1",
      "(e.g. the U.S.) \"So?\" [sic]; he: 5/6, and/or",
      "\xD0\xB4\xD0\xB0_",
      "\xE4\xB8\xAD@\xE4\xB8\xAD",
  };
  static const char *const all[] = {
      "f(x)",          "os.path", "std::move", "a_b",       "x[1]", "done();",
      "http://t.co/x", "<p>",     "{",         "usr/lib/x", "me@x", "=",
  };
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    check(share(none[i]) <= 0);
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    check(share(all[i]) >= 1);
  check(share("good a_ba") == 3.0 / 7);
  return done("code_words");
}
