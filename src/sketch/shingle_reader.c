#include "sketch/shingle_reader.h"

#include <string.h>

size_t pm_shingle_read(pm_shingle_reader *r, uint64_t *out) {
  size_t got, count = r->kept;
  while (count < r->n) {
    got = pm_units_words(&r->at, r->unit + count, PM_SHINGLE_READER_ROOM);
    if (got == 0) { /* a text shorter than n words is one shingle */
      bool whole = count > 0 && !r->any;
      r->any = true;
      if (whole)
        pm_shingle_hashes(r->unit, count, r->n, out);
      return whole;
    }
    count += got;
    r->units += got;
  }
  size_t shingles = count - r->n + 1;
  pm_shingle_hashes(r->unit, count, r->n, out);
  r->any = true;
  r->kept = r->n - 1;
  memmove(r->unit, r->unit + shingles, r->kept * sizeof *r->unit);
  return shingles;
}
