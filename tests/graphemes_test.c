/* Clusters found many at a time are those found one by one, wherever the text
 * is cut and however small the room. */
#include <stdlib.h>

#include "made_text.h"
#include "test.h"
#include "text/graphemes.h"

enum { ROUNDS = 30000, LONGEST = 400 };

/* Reads on with room for `room` clusters; 0 when one is not as it should be. */
static int same(const char *text, size_t len, size_t room) {
  static pm_span spans[LONGEST];
  pm_graphemes it = pm_graphemes_begin(text, len);
  size_t at = 0, n;
  while ((n = pm_graphemes_next(&it, spans, room)) > 0) {
    for (size_t i = 0; i < n; i++) {
      size_t end = pm_grapheme_end((const unsigned char *)text, len, at);
      if (spans[i].start != at || spans[i].end != end)
        return 0;
      at = end;
    }
  }
  return at == len;
}

int main(void) {
  for (int round = 0; round < ROUNDS; round++) {
    char made[LONGEST];
    size_t len = make_text(made, sizeof made);
    size_t room = made_random(2) ? LONGEST : 1 + made_random(40);
    char *text = malloc(len ? len : 1); /* exact, so a checker sees overreads */
    if (!text)
      return 1;
    memcpy(text, made, len);
    check(same(text, len, room));
    free(text);
  }
  return done("graphemes");
}
