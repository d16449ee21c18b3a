/*
 * Runs a fuzzer over the files of a folder, once each: the corpus as a test,
 * with any compiler.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file)
    return 0;
  uint8_t *data = NULL;
  size_t size = 0, room = 0, got;
  do {
    if (size == room) {
      room = room ? room * 2 : 4096;
      uint8_t *more = realloc(data, room);
      if (!more)
        abort();
      data = more;
    }
    got = fread(data + size, 1, room - size, file);
    size += got;
  } while (got > 0);
  fclose(file);
  /* A block of the exact size, so that a checker sees any overread. */
  uint8_t *exact = realloc(data, size ? size : 1);
  if (exact)
    LLVMFuzzerTestOneInput(exact, size);
  free(exact);
  return 1;
}

int main(int argc, char **argv) {
  int count = 1;
  LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
  DIR *dir = argc > 1 ? opendir(argv[1]) : NULL;
  for (struct dirent *e; dir && (e = readdir(dir));) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", argv[1], e->d_name);
    if (e->d_name[0] != '.')
      count += replay(path);
  }
  if (dir)
    closedir(dir);
  printf("%s: %d passed, 0 failed\n", argv[0], count);
  return 0;
}
