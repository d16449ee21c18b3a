/*
 * Every way to find words gives the same spans, wherever the text is cut and
 * however small the room.
 *
 *   words_test [MEGABYTES [FILE...]]   of made text (default 20), and files
 */
#include <stdlib.h>

#include "made_text.h"
#include "test.h"
#include "text/words_path.h"

enum { LONGEST = 700 };

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

static struct {
  const char *name;
  pm_words_path *path;
} paths[3] = {{"portable", pm_words_next_portable}};
static int path_count = 1;

/* Whether all paths give what the plain one does, of a copy of the exact size:
 * so a checker sees overreads. */
static int check_text(const char *from, size_t len) {
  char *text = malloc(len ? len : 1);
  if (!text)
    abort();
  memcpy(text, from, len);
  int equal = 1;
  for (int i = 0; i < path_count && equal; i++) {
    for (int all = 0; all < 2 && equal; all++) {
      equal = same(paths[i].path, text, len, all);
      check(equal);
      if (!equal)
        fprintf(stderr, "%s, all = %d, %zu bytes: %.*s\n", paths[i].name, all,
                len, (int)len, text);
    }
  }
  free(text);
  return equal;
}

static int check_made(size_t bytes) {
  char made[LONGEST];
  for (size_t done = 0; done < bytes;) {
    size_t len = make_text(made, sizeof made);
    if (!check_text(made, len))
      return 0;
    done += len + 1;
  }
  return 1;
}

/* The whole file, cut anywhere. */
static int check_file(const char *path) {
  FILE *file = fopen(path, "rb");
  char piece[LONGEST];
  size_t len;
  int equal = file != NULL;
  check(equal);
  while (equal && (len = fread(piece, 1, 1 + made_random(LONGEST), file)) > 0)
    equal = check_text(piece, len);
  if (file)
    fclose(file);
  return equal;
}

int main(int argc, char **argv) {
#ifdef PM_WORDS_X86
  if (pm_words_have_avx2())
    paths[path_count].name = "avx2",
    paths[path_count++].path = pm_words_next_avx2;
  if (pm_words_have_avx512())
    paths[path_count].name = "avx512",
    paths[path_count++].path = pm_words_next_avx512;
#endif
  double megabytes = argc > 1 ? strtod(argv[1], NULL) : 20;
  int equal = check_made((size_t)(megabytes * 1e6));
  for (int i = 2; i < argc && equal; i++)
    equal = check_file(argv[i]);
  return done("words");
}
