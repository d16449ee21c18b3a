/*
 * Bytes in substrings of at least MIN bytes that occur more than once, by a
 * suffix array (libdivsufsort) and the longest common prefixes of neighbours in
 * it (Kasai et al. 2001, in the order of the text):
 *
 *   repeats_peer FILE MIN    documents are separated by a byte of zero
 *
 * Prints CPU seconds and the bytes found.
 */
#include <divsufsort.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Sets longest[p] to the longest prefix that suffix p shares with another. */
static void find_longest(const unsigned char *text, int n, const int *suffix,
                         int *before, int *shared, int *longest) {
  for (int i = 0; i < n; i++)
    before[suffix[i]] = i ? suffix[i - 1] : -1;
  for (int p = 0, l = 0; p < n; p++) {
    int q = before[p];
    if (q < 0) {
      l = 0;
    } else {
      while (p + l < n && q + l < n && text[p + l] == text[q + l])
        l++;
    }
    shared[p] = l;
    l -= l > 0;
  }
  memcpy(longest, shared, (size_t)n * sizeof *longest);
  for (int p = 0; p < n; p++)
    if (before[p] >= 0 && shared[p] > longest[before[p]])
      longest[before[p]] = shared[p];
}

/* Counts covered bytes; nothing goes on over a separator. */
static long covered(const unsigned char *text, int n, const int *longest,
                    int min, int *left) {
  long bytes = 0;
  int end = 0;
  for (int p = n, l = 0; p-- > 0;) {
    l = text[p] ? l + 1 : 0;
    left[p] = l;
  }
  for (int p = 0; p < n; p++) {
    int l = longest[p] < left[p] ? longest[p] : left[p];
    if (l >= min && p + l > end)
      end = p + l;
    bytes += p < end;
  }
  return bytes;
}

int main(int argc, char **argv) {
  FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (!file)
    return 2;
  fseek(file, 0, SEEK_END);
  int n = (int)ftell(file);
  rewind(file);
  unsigned char *text = malloc((size_t)n + 1);
  int *array[4];
  for (int i = 0; i < 4; i++)
    array[i] = malloc((size_t)n * sizeof **array);
  if (fread(text, 1, (size_t)n, file) != (size_t)n)
    return 1;
  double start = seconds();
  if (divsufsort(text, array[0], n) != 0)
    return 1;
  find_longest(text, n, array[0], array[1], array[2], array[3]);
  long bytes = covered(text, n, array[3], atoi(argv[2]), array[0]);
  printf("%.3f %ld\n", seconds() - start, bytes);
  return 0;
}
