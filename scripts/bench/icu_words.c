/*
 * The peer of token.words: ICU's word iterator over a file, words counted as
 * ours are (rule status above NONE). Prints the least CPU seconds of a pass
 * and the number of words.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

enum { REPEATS = 5 };

static double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* One pass as a user writes it: convert to UTF-16, iterate. */
static int32_t count_words(const char *text, int32_t len, UChar *wide,
                           int32_t room) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t wide_len = 0;
  u_strFromUTF8WithSub(wide, room, &wide_len, text, len, 0xFFFD, NULL, &status);
  UBreakIterator *words = ubrk_open(UBRK_WORD, "en", wide, wide_len, &status);
  if (U_FAILURE(status)) {
    fprintf(stderr, "ICU: %s\n", u_errorName(status));
    exit(1);
  }
  int32_t count = 0;
  while (ubrk_next(words) != UBRK_DONE)
    count += ubrk_getRuleStatus(words) >= UBRK_WORD_NONE_LIMIT;
  ubrk_close(words);
  return count;
}

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (!file) {
    fprintf(stderr, "usage: icu_words FILE\n");
    return 2;
  }
  fseek(file, 0, SEEK_END);
  long len = ftell(file);
  rewind(file);
  char *text = malloc((size_t)len);
  UChar *wide = malloc(((size_t)len + 1) * sizeof *wide);
  if (!text || !wide || fread(text, 1, (size_t)len, file) != (size_t)len)
    return 1;
  fclose(file);
  double best = 1e9;
  int32_t words = 0;
  for (int i = 0; i < REPEATS; i++) {
    double start = cpu_seconds();
    words = count_words(text, (int32_t)len, wide, (int32_t)len + 1);
    double took = cpu_seconds() - start;
    best = took < best ? took : best;
  }
  printf("%f %d\n", best, words);
  free(wide);
  free(text);
  return 0;
}
