/* The filters of phrases in plain C, and the choice among their ways. */
#include "text/phrases_path.h"

static void few(const pm_phrases_buckets *b, const char *text, size_t words,
                uint64_t *hits) {
  for (size_t w = 0; w < words; w++, text += 64) {
    hits[w] = 0;
    for (unsigned i = 0; i < 64; i++)
      hits[w] |= (uint64_t)(pm_phrases_buckets_of(b, text + i) != 0) << i;
  }
}

static void many(const pm_phrases_filter *f, const char *text, size_t words,
                 uint64_t *hits) {
  for (size_t w = 0; w < words; w++, text += 64) {
    uint64_t hit = 0;
    for (unsigned i = 0; i < 64; i += f->stride) {
      uint32_t bit = pm_phrases_hash(f, text + i) >> f->shift;
      hit |= (uint64_t)(f->bits[bit >> 5] >> (bit & 31) & 1) << i;
    }
    hits[w] = hit;
  }
}

const pm_phrases_path pm_phrases_portable = {few, many};

const pm_phrases_path *pm_phrases_best_path(void) {
#ifdef PM_PHRASES_X86
  if (pm_phrases_have_avx512())
    return &pm_phrases_avx512;
  if (pm_phrases_have_avx2())
    return &pm_phrases_avx2;
#endif
  return &pm_phrases_portable;
}
