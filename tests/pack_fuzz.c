/*
 * What pm_pack_get accepts, pm_pack_put writes back byte for byte; any other
 * bytes are refused without a step past their end.
 */
#include "data/pack.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *p = (const char *)data, *end = p + size;
  while (p < end) {
    const char *start = p;
    pm_pack_item item;
    if (!pm_pack_get(&p, end, &item))
      break;
    char head[PM_PACK_HEAD];
    size_t len = pm_pack_put(&item, head);
    if (len + item.len != (size_t)(p - start) || memcmp(head, start, len) != 0)
      abort();
    if (item.array + 2 * item.pairs > (uint64_t)(end - p))
      abort();
  }
  return 0;
}
