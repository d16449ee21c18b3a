#include "text/block.h"

#include <string.h>

#include "test.h"

static const pm_lexicon none;

/* How many blocks a text has, and the first of them. */
static size_t blocks(const char *text, pm_block *first) {
  size_t len = strlen(text), at = 0, n = 0, width = pm_block_wrap(text, len);
  pm_block b;
  while (pm_block_next(text, len, width, &none, &at, &b))
    if (n++ == 0)
      *first = b;
  return n;
}

static size_t sketch(const char *text, uint64_t out[4]) {
  return pm_block_sketch(text, strlen(text), out, 4);
}

int main(void) {
  pm_block b = {0};
  check(blocks("", &b) == 0);
  check(blocks("\n \r\n\t\n", &b) == 0);
  check(blocks("one\ntwo\r\nthree\rfour", &b) == 4);
  check(b.start == 0 && b.end == 3 && b.words == 1 && b.gap == 0);
  check(blocks("\n\n  On 3 May the U.S. mayor said: \"It is in.\" OK  ", &b) ==
        1);
  check(b.gap == 2 && b.start == 4 && b.words == 12 && b.sentences == 1);
  check(b.numbers == 1 && b.upper == 1 && b.opening == PM_BLOCK_BIG);
  check(b.ending == PM_BLOCK_BARE);
  blocks("It ended in May.", &b);
  check(b.ending == PM_BLOCK_STOP && b.sentences == 1);
  blocks("[12]: http://example.org/", &b);
  check(b.opening == PM_BLOCK_NOTE && b.links == 1);
  blocks("1. The first", &b);
  check(b.sentences == 0);

  pm_block c;
  blocks("Read 3 of 9 by Ada Lovelace today", &b);
  blocks("Read 4 of 8 by Alan Turing today", &c);
  check(b.exact != c.exact && b.masked == c.masked && b.plain == 4);
  blocks("read 5  of 7 by ada lovelace TODAY", &c);
  check(b.exact == c.exact);

  /* Wrapped at 44 characters: one paragraph, and one that is not wrapped. */
  const char *wrapped = "The harbour opened again on Monday after the\n"
                        "nine weeks in which no boat could leave it,\n"
                        "the port authority said. The first trawlers\n"
                        "went out at dawn and came back by night with\n"
                        "more cod than anyone had seen in the whole\n"
                        "of the year that went before it.\n";
  check(pm_block_wrap(wrapped, strlen(wrapped)) == 44);
  check(blocks(wrapped, &b) == 1 && b.words == 50);
  check(pm_block_wrap("short\nlines\nonly\n", 17) == 0);

  uint64_t x[4], y[4];
  check(sketch("two words", x) == 0);
  check(sketch("one two three four", x) == 2 && x[0] < x[1]);
  check(sketch("a b c d e f g h i", x) == 4);
  check(sketch("A, b c: d e f - g h i!", y) == 4 && !memcmp(x, y, sizeof x));
  return done("block");
}
