#include "text/term.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

/* The terms of `text` as a word of letters, one for each kind. */
static const char *kinds(const char *text) {
  static char out[64];
  size_t len = strlen(text), at = 0, n = 0;
  char *exact = malloc(len ? len : 1); /* so that a checker sees overreads */
  if (!exact)
    return "no memory";
  memcpy(exact, text, len);
  pm_term t;
  while (n < 63 && pm_term_next(exact, len, &at, &t))
    out[n++] = "wnlc.e,:q(|@-o"[t.kind];
  out[n] = 0;
  free(exact);
  return out;
}

static uint64_t hash(const char *word) {
  size_t at = 0;
  pm_term t = {0};
  pm_term_next(word, strlen(word), &at, &t);
  return t.hash;
}

static pm_term_shape shape(const char *word) {
  size_t at = 0;
  pm_term t = {0};
  pm_term_next(word, strlen(word), &at, &t);
  return t.shape;
}

int main(void) {
  const struct {
    const char *text, *kinds;
  } cases[] = {
      {"", ""},
      {" \t\r\n", ""},
      {"Two words.", "ww."},
      {"don't \xe2\x80\x9cstop\xe2\x80\x9d", "wqwq"},
      {"1,200.50 at 10:30, the 4th", "nwn,wn"},
      {"see https://a.example/b?c=d now", "wlw"},
      {"www.example.org", "l"},
      {"a | b > c \xc2\xbb d", "w|w|wqw"},
      {"\xc2\xa9 2020 A & B", "cnwow"},
      {"wait...", "we"},
      {"me@x.org", "w@w.w"},
      {"\xe6\x97\xa5\xe6\x9c\xac\xe3\x80\x82", "ww."},
      {"sign-up", "w-w"},
      {"\xff\xfe \xe2\x80", "ww"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    check(strcmp(kinds(cases[i].text), cases[i].kinds) == 0);

  check(hash("Word") == hash("word") && hash("word") != hash("words"));
  check(hash("\xc3\x9c"
             "ber") == hash("\xc3\xbc"
                            "ber"));
  check(hash("don't") == hash("don\xe2\x80\x99t"));
  check(hash("12") == PM_TERM_NUMBER_HASH);
  check(shape("word") == PM_TERM_LOWER && shape("Word") == PM_TERM_CAPITAL);
  check(shape("WORD") == PM_TERM_UPPER && shape("W") == PM_TERM_CAPITAL);
  return done("term");
}
