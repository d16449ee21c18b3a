/* Every way to find words gives the same spans, wherever the text is cut and
 * however small the room. */
#include <stdlib.h>

#include "made_text.h"
#include "test.h"
#include "text/words_path.h"

enum { ROUNDS = 60000, LONGEST = 700 };

static size_t collect(pm_words_path *next, const char *text, size_t len,
                      int all, size_t room, pm_span *out) {
  pm_words it = pm_words_begin(text, len, all);
  size_t count = 0, n;
  while ((n = next(&it, out + count, room)) > 0)
    count += n;
  return count;
}

static int same(pm_words_path *path, const char *text, size_t len, int all) {
  static pm_span expected[LONGEST + 1024], got[LONGEST + 1024];
  size_t n = collect(pm_words_next_plain, text, len, all, 1000, expected);
  size_t room = made_random(2) ? 1000 : 1 + made_random(300);
  return collect(path, text, len, all, room, got) == n &&
         memcmp(got, expected, n * sizeof *got) == 0;
}

int main(void) {
  struct {
    const char *name;
    pm_words_path *path;
  } paths[3] = {{"portable", pm_words_next_portable}};
  int count = 1;
#ifdef PM_WORDS_X86
  if (pm_words_have_avx2())
    paths[count].name = "avx2", paths[count++].path = pm_words_next_avx2;
  if (pm_words_have_avx512())
    paths[count].name = "avx512", paths[count++].path = pm_words_next_avx512;
#endif
  for (int round = 0; round < ROUNDS; round++) {
    char made[LONGEST];
    size_t len = make_text(made, sizeof made);
    char *text = malloc(len ? len : 1); /* exact, so a checker sees overreads */
    if (!text)
      return 1;
    memcpy(text, made, len);
    for (int i = 0; i < count; i++) {
      for (int all = 0; all < 2; all++) {
        int equal = same(paths[i].path, text, len, all);
        check(equal);
        if (!equal) {
          fprintf(stderr, "%s, all = %d, round %d, %zu bytes\n", paths[i].name,
                  all, round, len);
          free(text);
          return done("words");
        }
      }
    }
    free(text);
  }
  return done("words");
}
