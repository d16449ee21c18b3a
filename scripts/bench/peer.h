/* What the peers that are written in C share. */
#ifndef PM_BENCH_PEER_H
#define PM_BENCH_PEER_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The bytes of a file with a NUL behind them; ends the program without. */
static inline char *read_file(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(1);
  }
  fseek(file, 0, SEEK_END);
  *len = (size_t)ftell(file);
  rewind(file);
  char *text = malloc(*len + 1);
  if (!text || fread(text, 1, *len, file) != *len)
    exit(1);
  text[*len] = 0;
  fclose(file);
  return text;
}

#endif
