/*
 * Property: whatever the bytes of a file are, they are accepted or refused, and
 * nothing outside of them is read.
 */
#include "match/vault_check.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *file = malloc(size ? size : 1);
  uint8_t *seen = malloc(size / 4096 / 8 + 1);
  if (file && seen) {
    if (size)
      memcpy(file, data, size);
    if (!pm_vault_check_heads(file, size, size))
      for (uint64_t id = 0; id < 4; id++)
        pm_vault_check_pages(file, size, id, seen);
  }
  free(file);
  free(seen);
  return 0;
}
