/*
 * What a fuzzer stands on: the function that is called with each input, and
 * ways to say what must hold.
 */
#ifndef PM_FUZZ_H
#define PM_FUZZ_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/buffer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void require(int holds) {
  if (!holds)
    abort();
}

/* Takes a byte off the front of the input, for what it has to choose; 0 when
 * there is none. */
static inline unsigned fuzz_choice(const uint8_t **data, size_t *size) {
  if (*size == 0)
    return 0;
  ++*data;
  --*size;
  return (*data)[-1];
}

/* A block to free() of the exact size, so that a checker sees any overread. */
static inline char *fuzz_copy(const void *data, size_t size) {
  char *copy = malloc(size ? size : 1);
  require(copy != NULL);
  if (size)
    memcpy(copy, data, size);
  return copy;
}

/* What is in a buffer; one that is empty may have no bytes to point at. */
static inline const char *bytes_of(const pm_buffer *b) {
  return b->at ? b->at : "";
}

static inline int is_same(const pm_buffer *a, const char *text, size_t len) {
  return a->len == len && memcmp(bytes_of(a), text, len) == 0;
}

#endif
