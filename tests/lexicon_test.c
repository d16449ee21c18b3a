#include "text/lexicon.h"

#include <string.h>

#include "test.h"

enum { BUY = 1, COMMON = 2, FIRST = 4, LAST = 8, WHOLE = 16 };

static pm_lexicon lexicon = {.counted = COMMON, .covering = BUY};

static int add(const char *phrase, uint64_t class) {
  return pm_lexicon_add(&lexicon, phrase, strlen(phrase), class);
}

/* Walks over the words of a block; marks other than hyphens part phrases. */
static pm_lexicon_walk walk(const char *block) {
  pm_lexicon_walk w;
  pm_term t;
  size_t at = 0;
  bool broken = false;
  pm_lexicon_begin(&lexicon, &w);
  while (pm_term_next(block, strlen(block), &at, &t)) {
    if (t.kind > PM_TERM_COPYRIGHT) {
      broken |= t.kind != PM_TERM_DASH;
      continue;
    }
    pm_lexicon_word(&lexicon, &w, t.hash, broken);
    broken = false;
  }
  pm_lexicon_end(&lexicon, &w);
  return w;
}

int main(void) {
  check(walk("nothing is known yet").mask == 0);
  check(add("buy now", BUY) == 0 && add("buy", BUY) == 0);
  check(add("the", COMMON) == 0 && add("now", COMMON) == 0);
  check(add("^dear reader", FIRST) == 0 && add("more$", LAST) == 0);
  check(add("^home$", WHOLE) == 0 && add("# comments", LAST) == 0);
  check(add("home", BUY) == 0);
  check(add("", BUY) == 1 && add("...", BUY) == 1 && add("^$", BUY) == 1);
  check(add("a b c d e f g h i j k l m", BUY) == 1);

  pm_lexicon_walk w = walk("You can Buy-Now the thing, buy, now");
  check(w.mask == BUY && w.covered == 3 && w.count == 3);
  check(walk("buy. Now").covered == 1);
  check(walk("Dear reader, hello").mask == FIRST);
  check(walk("my dear reader").mask == 0);
  check(walk("Read more!").mask == LAST && walk("more of it").mask == 0);
  check(walk("Home").mask == (WHOLE | BUY) && walk("home again").mask == BUY);
  check(walk("31 comments").mask == LAST);
  check(add("^home$", FIRST) == 0);
  check(walk("home").mask == (WHOLE | FIRST | BUY));
  check(walk("").mask == 0);
  pm_lexicon_free(&lexicon);
  return done("lexicon");
}
