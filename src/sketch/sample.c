#include "sketch/sample.h"

/* Writes those of the sample of one in 2^rate to `out`; returns how many. */
static size_t choose(const uint64_t *hash, size_t count, unsigned rate,
                     pm_shingle *out) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++) { /* which ones cannot be foreseen */
    out[n].hash = hash[i];
    out[n].at = 0;
    n += (size_t)pm_shingle_sampled(hash[i], rate);
  }
  return n;
}

size_t pm_sample(const uint64_t *hash, size_t count, size_t enough,
                 unsigned *rate, pm_shingle *spare, uint64_t *set) {
  for (;; --*rate) {
    size_t kept = choose(hash, count, *rate, spare);
    if (kept<enough && * rate> 0)
      continue; /* and need not be sorted to see that */
    pm_shingle_sort(spare, kept, spare + count);
    kept = pm_shingle_set(spare, kept, set);
    if (kept >= enough || *rate == 0)
      return kept;
  }
}
