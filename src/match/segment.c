#include "match/segment.h"

#include <string.h>

#define MAGIC 0x31475350u /* "PSG1" */
#define NONE UINT32_MAX

enum { HEADER = 16 };

static uint32_t get4(const char *at) {
  const unsigned char *b = (const unsigned char *)at;
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
         (uint32_t)b[3] << 24;
}

static uint64_t get8(const char *at) {
  return get4(at) | (uint64_t)get4(at + 4) << 32;
}

static char *put4(char *at, uint32_t n) {
  for (int i = 0; i < 4; i++)
    *at++ = (char)(n >> 8 * i);
  return at;
}

static char *put8(char *at, uint64_t n) {
  return put4(put4(at, (uint32_t)n), (uint32_t)(n >> 32));
}

size_t pm_segment_size(size_t docs, size_t count) {
  return HEADER + docs * 8 + count * 12;
}

uint32_t pm_segment_source(const pm_segment *s, uint32_t i) {
  return get4(s->doc + 8 * (size_t)i);
}

uint32_t pm_segment_hashes(const pm_segment *s, uint32_t i) {
  return get4(s->doc + 8 * (size_t)i + 4);
}

uint32_t pm_segment_at(const pm_segment *s, uint32_t i) {
  return get4(s->at + 4 * (size_t)i);
}

static uint64_t hash_of(const pm_segment *s, uint32_t i) {
  return get8(s->hash + 8 * (size_t)i);
}

const char *pm_segment_read(pm_segment *s, const char *data, size_t len) {
  if (len < HEADER || get4(data) != MAGIC)
    return "not a segment of an index";
  s->first = get4(data + 4);
  s->docs = get4(data + 8);
  s->count = get4(data + 12);
  if (s->docs >= PM_SEGMENT_GONE || len != pm_segment_size(s->docs, s->count))
    return "damaged: a segment";
  s->doc = data + HEADER;
  s->hash = s->doc + 8 * (size_t)s->docs;
  s->at = s->hash + 8 * (size_t)s->count;
  return NULL;
}

bool pm_segment_is_sound(const pm_segment *s) {
  uint64_t all = 0;
  for (uint32_t i = 0; i < s->docs; i++) {
    all += pm_segment_hashes(s, i);
    if ((pm_segment_source(s, i) & ~PM_SEGMENT_GONE) >= PM_SEGMENT_GONE - 1)
      return false;
  }
  for (uint32_t i = 0; i < s->count; i++)
    if (pm_segment_at(s, i) - s->first >= s->docs)
      return false;
  return all == s->count;
}

/* The number of hashes of a segment that are less. */
static uint32_t rank_of(const pm_segment *s, uint64_t hash) {
  uint32_t low = 0, count = s->count;
  while (count > 0) {
    uint32_t half = count / 2;
    if (hash_of(s, low + half) < hash) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return low;
}

/* The stretch of a hash: where it begins, and how long it is, by steps that
 * double, for most are short. */
uint32_t pm_segment_stretch(const pm_segment *s, uint64_t hash,
                            uint32_t *from) {
  *from = rank_of(s, hash);
  uint32_t known = *from, step = 1;
  while (known < s->count && hash_of(s, known) == hash) {
    uint32_t ahead = s->count - known <= step ? s->count - known : step;
    bool all = hash_of(s, known + ahead - 1) == hash;
    known += all ? ahead : 0;
    step = all ? step * 2 : ahead / 2;
  }
  return known - *from;
}

char *pm_segment_put_head(char *out, uint32_t first, uint32_t docs,
                          uint32_t count) {
  return put4(put4(put4(put4(out, MAGIC), first), docs), count);
}

char *pm_segment_put_doc(char *out, uint32_t source, uint32_t hashes) {
  return put4(put4(out, source), hashes);
}

char *pm_segment_put_hash(char *out, uint64_t hash) {
  return put8(out, hash);
}

char *pm_segment_put_at(char *out, uint32_t doc) {
  return put4(out, doc);
}

size_t pm_segments_joined(const pm_segment *s, uint32_t count) {
  size_t docs = 0, hashes = 0;
  for (uint32_t i = 0; i < count; i++) {
    docs += s[i].docs;
    hashes += s[i].count;
  }
  return pm_segment_size(docs, hashes);
}

/* Segments are few, and each is more than half as long as all that come after
 * it: to look at the next hash of each is cheap. */
void pm_segments_join(const pm_segment *s, uint32_t count, char *out) {
  enum { MOST = 64 };
  uint32_t next[MOST] = {0}, docs = 0, hashes = 0;
  for (uint32_t i = 0; i < count; i++) {
    docs += s[i].docs;
    hashes += s[i].count;
  }
  out = pm_segment_put_head(out, count ? s[0].first : 0, docs, hashes);
  for (uint32_t i = 0; i < count; i++) {
    memcpy(out, s[i].doc, 8 * (size_t)s[i].docs);
    out += 8 * (size_t)s[i].docs;
  }
  char *at = out + 8 * (size_t)hashes;
  for (uint32_t n = 0; n < hashes; n++) {
    uint32_t best = NONE;
    uint64_t least = 0;
    for (uint32_t i = 0; i < count && i < MOST; i++) {
      if (next[i] == s[i].count)
        continue;
      uint64_t hash = hash_of(&s[i], next[i]);
      if (best == NONE || hash < least) {
        best = i;
        least = hash;
      }
    }
    if (best == NONE)
      return;
    memcpy(at, s[best].at + 4 * (size_t)next[best]++, 4);
    out = put8(out, least);
    at += 4;
  }
}
