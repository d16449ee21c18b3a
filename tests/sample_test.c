/* Samples: the set of those hashes that belong to it, at the sparsest rate that
 * has enough; the plainer way is to look at each hash. */
#include "sketch/sample.h"

#include <stdlib.h>
#include <string.h>

#include "sketch/pick.h"
#include "sketch/random.h"
#include "test.h"

static size_t different(const uint64_t *hash, size_t count, unsigned rate) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    bool again = false;
    for (size_t j = 0; j < i && !again; j++)
      again = hash[j] == hash[i];
    n += !again && pm_shingle_sampled(hash[i], rate);
  }
  return n;
}

static bool is_among(const uint64_t *hash, size_t count, uint64_t one) {
  for (size_t i = 0; i < count; i++)
    if (hash[i] == one)
      return true;
  return false;
}

/* The fast way picks what the plain one does, wherever the last block ends. */
static void check_pick(const uint64_t *in, size_t count, pm_picking p) {
  uint64_t fast[100], plain[100];
  size_t n = pm_pick_portable(in, count, p, plain);
  check(pm_pick(in, count, p, fast) == n);
  check(memcmp(fast, plain, n * sizeof *fast) == 0);
}

static void check_picks(void) {
  uint64_t in[100], state = 5;
  for (size_t i = 0; i < 100; i++)
    in[i] = i % 7 == 3 ? UINT64_MAX : i % 7 == 5 ? 0 : pm_random_next(&state);
  for (size_t count = 0; count <= 100; count++) {
    check_pick(in, count, (pm_picking){.except = UINT64_MAX});
    check_pick(in, count, (pm_picking){.without = 3, .except = 0});
    check_pick(in, count, (pm_picking){.without = 7, .except = in[0]});
  }
}

static void check_sample(const uint64_t *hash, size_t count, size_t enough,
                         unsigned sparsest) {
  pm_shingle *spare = malloc((2 * count + 1) * sizeof *spare);
  uint64_t *set = malloc((count + 1) * sizeof *set);
  if (!spare || !set)
    abort();
  unsigned rate = sparsest;
  size_t n = pm_sample(hash, count, enough, &rate, spare, set);
  check(rate <= sparsest && n == different(hash, count, rate));
  check(n >= enough || rate == 0);
  check(rate == sparsest || different(hash, count, rate + 1) < enough);
  for (size_t i = 0; i < n; i++) {
    check(pm_shingle_sampled(set[i], rate) && is_among(hash, count, set[i]));
    check(i == 0 || set[i] > set[i - 1]);
  }
  free(spare);
  free(set);
}

int main(void) {
  check_picks();
  uint64_t hash[900] = {0}, state = 1;
  for (size_t i = 0; i < 900; i++)
    hash[i] = i % 10 == 9 ? hash[i / 2] : pm_random_next(&state);
  static const size_t counts[] = {0, 1, 17, 60, 63, 64, 500, 900};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    for (unsigned rate = 0; rate < 5; rate++) {
      check_sample(hash, counts[i], 64, rate);
      check_sample(hash, counts[i], 0, rate);
    }
  check_sample(hash, 900, 1, 63);
  for (size_t i = 0; i < 900; i++) /* and crafted ones, with one beginning */
    hash[i] = (uint64_t)1 << 63 | (i * 7 % 300) << 8;
  check_sample(hash, 900, 64, 3);
  hash[3] = hash[17] = UINT64_MAX; /* the greatest, twice */
  hash[5] = 0;
  check_sample(hash, 60, 64, 3);
  return done("sample");
}
