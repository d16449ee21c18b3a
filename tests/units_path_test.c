/* Every way to split a text into words gives the same units as the plain way,
 * wherever the text is cut and however small the room. */
#include <stdlib.h>

#include "made_text.h"
#include "sketch/units_path.h"
#include "test.h"
#include "text/words_path.h"

enum { ROUNDS = 30000, LONGEST = 1000 };

static size_t collect(pm_units_path *next, const char *text, size_t len,
                      size_t room, pm_unit *out) {
  pm_units it = {.text = text, .len = len};
  size_t count = 0, n;
  while ((n = next(&it, out + count, room)) > 0)
    count += n;
  return count;
}

static int same(pm_units_path *path, const char *text, size_t len) {
  static pm_unit expected[LONGEST + 1024], got[LONGEST + 1024];
  size_t n = collect(pm_units_words_plain, text, len, 1000, expected);
  size_t room = made_random(2) ? 1000 : 1 + made_random(300);
  return collect(path, text, len, room, got) == n &&
         memcmp(got, expected, n * sizeof *got) == 0;
}

/* Words of ASCII with other characters strewn in, as most languages that are
 * written in Latin letters have them: few blocks are cut. */
static size_t make_prose(char *out, size_t room) {
  static const char *const strewn[] = {"é", "’",    "—",      "ß",  "\u00AD",
                                       "ö", "\xFF", "\u0301", "字", "\u200B"};
  size_t at = 0, wanted = made_random((uint32_t)room - 4);
  while (at < wanted) {
    uint32_t draw = made_random(120);
    if (draw < sizeof strewn / sizeof *strewn) {
      size_t size = strlen(strewn[draw]);
      memcpy(out + at, strewn[draw], size);
      at += size;
    } else if (draw < 36) {
      out[at++] = " \n.,"[draw % 4];
    } else if (draw < 38) {
      for (uint32_t run = made_random(40); run > 0 && at < wanted; run--)
        out[at++] = 'a';
    } else {
      out[at++] = (char)("aA0"[draw % 3] + (int)made_random(10));
    }
  }
  return at;
}

int main(void) {
  struct {
    const char *name;
    pm_units_path *path;
  } paths[3] = {{"portable", pm_units_words_portable}};
  int count = 1;
#ifdef PM_WORDS_X86
  if (pm_words_have_avx2())
    paths[count].name = "avx2", paths[count++].path = pm_units_words_avx2;
  if (pm_words_have_avx512())
    paths[count].name = "avx512", paths[count++].path = pm_units_words_avx512;
#endif
  for (int round = 0; round < ROUNDS; round++) {
    char made[LONGEST];
    size_t len = round % 2 ? make_text(made, sizeof made)
                           : make_prose(made, sizeof made);
    size_t cut = made_random(4) ? 0 : made_random((uint32_t)len + 1);
    len -= cut;
    char *text = malloc(len ? len : 1); /* exact, so a checker sees overreads */
    if (!text)
      return 1;
    memcpy(text, made + cut, len);
    for (int i = 0; i < count; i++) {
      int equal = same(paths[i].path, text, len);
      check(equal);
      if (!equal) {
        fprintf(stderr, "%s, round %d, %zu bytes\n", paths[i].name, round, len);
        free(text);
        return done("units_path");
      }
    }
    free(text);
  }
  return done("units_path");
}
