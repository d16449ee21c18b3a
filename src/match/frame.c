#include "match/frame.h"

#include <stdbool.h>

static bool is_in(const uint64_t *set, size_t count, uint64_t hash) {
  size_t low = 0;
  if (hash > set[count - 1])
    return false;
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

/* Whether all but some scattered words of a text are its frame. */
static bool is_copy(const pm_shingle *seen, size_t shingles,
                    const uint64_t *set, size_t known, unsigned rate) {
  enum { PART = 5, OWN = 30 };
  size_t all = 0, own = 0, run = 0, longest = 0;
  for (size_t i = 0; i < shingles; i++) {
    if (!pm_shingle_sampled(seen[i].hash, rate))
      continue;
    bool out = is_in(set, known, seen[i].hash);
    all++;
    own += !out;
    run = out ? 0 : run + 1;
    longest = longest > run ? longest : run;
  }
  return own * PART < all && longest << rate < OWN;
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
  if (is_copy(seen, shingles, set, known, rate))
    return count;
  for (size_t i = 0; i < shingles; i++) {
    uint64_t hash = seen[i].hash;
    if (!pm_shingle_sampled(hash, rate))
      continue;
    bool out = is_in(set, known, hash);
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
