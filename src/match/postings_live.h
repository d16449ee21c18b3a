/*
 * What pm_postings keeps in memory of the documents that are in no segment yet,
 * for the two files that read it.
 */
#ifndef PM_POSTINGS_LIVE_H
#define PM_POSTINGS_LIVE_H

#include "match/postings.h"

#define PM_LIVE_NONE UINT32_MAX

/* A hash and the chain of its documents, in the order they came. */
typedef struct pm_live_entry {
  uint64_t hash;
  uint32_t first, last, count; /* 0: the entry is free */
} pm_live_entry;

typedef struct pm_live_posting {
  uint32_t doc, next;
} pm_live_posting;

struct pm_live {
  pm_live_entry *entry; /* [entries], a power of two; at most half are taken */
  uint32_t entries, taken;
  pm_live_posting *posting;
  uint32_t count, room;
};

/* Hashes are spread evenly but for the low bits, which a sample has in common.
 */
static inline uint32_t pm_live_slot(const pm_live *l, uint64_t hash) {
  uint32_t mask = l->entries - 1;
  uint32_t i = (uint32_t)(hash * 0x9E3779B97F4A7C15u >> 32) & mask;
  while (l->entry[i].count && l->entry[i].hash != hash)
    i = (i + 1) & mask;
  return i;
}

#endif
