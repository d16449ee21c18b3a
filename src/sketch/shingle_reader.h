/*
 * The shingles of the words of a text as they come, without their places and
 * without a set:
 *
 *   pm_shingle_reader_begin(&r, text, len, n);
 *   while ((count = pm_shingle_read(&r, out)) > 0)
 *     use(out, count);
 */
#ifndef PM_SHINGLE_READER_H
#define PM_SHINGLE_READER_H

#include "sketch/shingle.h"

/* The least room for hashes: one for each word that is read at a time. */
#define PM_SHINGLE_READER_ROOM 512

typedef struct pm_shingle_reader {
  pm_units at;
  unsigned n;
  size_t kept;  /* units that begin the next shingle */
  bool any;     /* a shingle was read */
  size_t units; /* read so far */
  pm_unit unit[PM_SHINGLE_WIDEST + PM_SHINGLE_READER_ROOM];
} pm_shingle_reader;

/* text [len], len <= PM_TEXT_MAX, stays in use; 1 <= n <= PM_SHINGLE_WIDEST. */
static inline void pm_shingle_reader_begin(pm_shingle_reader *r,
                                           const char *text, size_t len,
                                           unsigned n) {
  r->at = (pm_units){.text = text, .len = len};
  r->n = n;
  r->kept = 0;
  r->any = false;
  r->units = 0;
}

/* Writes the hashes of the next shingles to `out` [PM_SHINGLE_READER_ROOM] and
 * returns how many, 0 at the end: in all those of pm_shingle_hashes. */
size_t pm_shingle_read(pm_shingle_reader *r, uint64_t *out);

#endif
