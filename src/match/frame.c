#include "match/frame.h"

#include <stdbool.h>

static bool is_in(const uint64_t *set, size_t count, uint64_t hash) {
  size_t low = 0;
  while (count > 0) {
    size_t half = count / 2;
    if (set[low + half] < hash) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return set[low] == hash;
}

size_t pm_frame_cut(pm_unit *word, size_t count, unsigned n,
                    const uint64_t *set, size_t known, unsigned rate,
                    pm_shingle *seen) {
  size_t shingles = pm_shingle_count(count, n);
  size_t kept = 0, next = 0; /* words before `next` are dealt with */
  bool before = false;       /* the last of the sample was of the set */
  if (known == 0)
    return count;
  pm_shingle_hash(word, count, n, seen);
  for (size_t i = 0; i < shingles; i++) {
    uint64_t hash = seen[i].hash;
    if (!pm_shingle_sampled(hash, rate))
      continue;
    bool out = hash <= set[known - 1] && is_in(set, known, hash);
    if (out) {
      while (next < i && !before)
        word[kept++] = word[next++];
      size_t end = i + n < count ? i + n : count;
      next = next > end ? next : end;
    }
    before = out;
  }
  while (next < count)
    word[kept++] = word[next++];
  return kept;
}
