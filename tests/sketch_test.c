/* The error of each estimate is the one that theory gives, without a bias, for
 * small sets and large ones; and what sketches promise besides. */
#include <stdlib.h>
#include <string.h>

#include "sketch/fast_sketch.h"
#include "sketch/minhash.h"
#include "sketch/packed_sketch.h"
#include "sketch/random.h"
#include "sketch/simhash.h"
#include "test.h"

typedef void sketch_function(const uint64_t *, size_t, uint64_t, uint32_t *,
                             size_t);

static uint64_t state = 1;

static void fill(uint64_t *set, size_t count) {
  for (size_t i = 0; i < count; i++)
    set[i] = pm_random_next(&state);
}

/* Two sets of `shared` common hashes and as many again of their own. */
typedef struct pair {
  uint64_t *a, *b;
  size_t count;
  double jaccard;
} pair;

static pair make_pair(size_t shared, size_t own) {
  size_t count = shared + own;
  pair p = {malloc(count * 8), malloc(count * 8), count,
            (double)shared / (double)(shared + 2 * own)};
  fill(p.a, count);
  memcpy(p.b, p.a, shared * 8);
  fill(p.b + shared, own);
  return p;
}

static void free_pair(pair p) {
  free(p.a);
  free(p.b);
}

enum { K = 128, ROUNDS = 400 };

static double estimate(sketch_function *make, pair p, unsigned bits,
                       uint64_t seed) {
  uint32_t slot[K];
  char packed[2][20 + 4 * K];
  pm_sketch s = {.method = PM_SKETCH_FAST, .bits = bits, .k = K, .n = 3}, t;
  size_t size = pm_sketch_size(bits, K);
  make(p.a, p.count, seed, slot, K);
  pm_sketch_pack(&s, slot, packed[0]);
  make(p.b, p.count, seed, slot, K);
  pm_sketch_pack(&s, slot, packed[1]);
  check(pm_sketch_read(packed[0], size, &s) == NULL);
  check(pm_sketch_read(packed[1], size, &t) == NULL);
  check(pm_sketch_differ(&s, &t) == NULL);
  return pm_sketch_similarity(&s, &t);
}

/* `most`: the variance beside that of MinHash. */
static void estimates(const char *name, sketch_function *make, size_t shared,
                      size_t own, unsigned bits, double most) {
  double sum = 0, squares = 0, variance = 0;
  for (uint64_t round = 0; round < ROUNDS; round++) {
    pair p = make_pair(shared, own);
    double error = estimate(make, p, bits, round % 20) - p.jaccard;
    sum += error;
    squares += error * error;
    variance = p.jaccard * (1 - p.jaccard) / K;
    free_pair(p);
  }
  double mean = sum / ROUNDS, ratio = squares / ROUNDS / variance;
  int holds = mean * mean < 16 * variance / ROUNDS && ratio < most;
  check(holds);
  if (!holds)
    fprintf(stderr, "  %s, %zu + %zu, %u bits: mean %.5f, ratio %.3f\n", name,
            shared, own, bits, mean, ratio);
}

static void one_set_many_seeds(size_t shared, size_t own) {
  pair p = make_pair(shared, own);
  double sum = 0, variance = p.jaccard * (1 - p.jaccard) / K;
  for (uint64_t seed = 0; seed < ROUNDS; seed++)
    sum += estimate(pm_fast_sketch, p, 32, seed * 1000) - p.jaccard;
  check(sum * sum < 16 * variance * ROUNDS);
  free_pair(p);
}

static void one_of_both(size_t na, size_t nb, size_t k) {
  uint64_t *all = malloc((na + nb + 1) * 8);
  uint32_t *slot = malloc(3 * k * 4);
  fill(all, na + nb);
  pm_fast_sketch(all, na, 7, slot, k);
  pm_fast_sketch(all + na, nb, 7, slot + k, k);
  pm_fast_sketch(all, na + nb, 7, slot + 2 * k, k);
  size_t wrong = 0;
  for (size_t i = 0; i < k; i++) {
    uint32_t least = slot[i] < slot[k + i] ? slot[i] : slot[k + i];
    wrong += least != slot[2 * k + i];
    wrong += na + nb > 0 && least == PM_FAST_SKETCH_EMPTY;
  }
  check(wrong == 0);
  free(all);
  free(slot);
}

static void repetition_and_order_do_not_matter(void) {
  uint64_t set[] = {5, 6, 7}, bag[] = {7, 5, 7, 6, 5};
  uint32_t x[K], y[K];
  pm_fast_sketch(set, 3, 1, x, K);
  pm_fast_sketch(bag, 5, 1, y, K);
  check(memcmp(x, y, sizeof x) == 0);
  pm_fast_sketch(set, 3, 2, y, K);
  check(memcmp(x, y, sizeof x) != 0);
}

static void minhash_slots_do_not_depend_on_k(void) {
  uint64_t set[] = {5u << 28, (uint64_t)7 << 40, (uint64_t)9 << 50};
  uint32_t x[K], y[5];
  pm_minhash(set, 3, 1, x, K);
  pm_minhash(set, 3, 1, y, 5);
  check(memcmp(x, y, sizeof y) == 0);
}

static void bands(void) {
  uint32_t slot[K];
  char packed[20 + 4 * K];
  uint64_t keys[25], other[25];
  pm_sketch s = {.method = PM_SKETCH_FAST, .bits = 32, .k = K, .n = 3}, read;
  pm_fast_sketch(&state, 1, 1, slot, K);
  pm_sketch_pack(&s, slot, packed);
  check(pm_sketch_read(packed, sizeof packed, &read) == NULL);
  pm_sketch_bands(&read, 5, keys);
  packed[20 + 4 * 5] ^= 1;
  pm_sketch_bands(&read, 5, other);
  check(keys[0] == other[0] && keys[1] != other[1] && keys[2] == other[2]);
  check(keys[0] < keys[1] && keys[23] < keys[24]);
}

static double power(double x, size_t n) {
  double result = 1;
  while (n-- > 0)
    result *= x;
  return result;
}

/* The share of pairs that meet in a band is what the formula says: slots are
 * independent enough. */
static void detection_curve(size_t shared, size_t own, size_t rows) {
  enum { PAIRS = 2000 };
  double jaccard = (double)shared / (double)(shared + 2 * own);
  int found = 0;
  for (uint64_t i = 0; i < PAIRS; i++) {
    uint32_t x[K], y[K];
    pair p = make_pair(shared, own);
    pm_fast_sketch(p.a, p.count, i, x, K);
    pm_fast_sketch(p.b, p.count, i, y, K);
    int meet = 0;
    for (size_t band = 0; band + rows <= K; band += rows)
      meet |= memcmp(x + band, y + band, rows * sizeof *x) == 0;
    found += meet;
    free_pair(p);
  }
  double expected = 1 - power(1 - power(jaccard, rows), K / rows);
  double error = (double)found / PAIRS - expected;
  double variance = expected * (1 - expected) / PAIRS;
  int holds = error * error < 16 * variance + 0.0002;
  check(holds);
  if (!holds)
    fprintf(stderr, "  J %.2f, %zu rows: %.3f, formula %.3f\n", jaccard, rows,
            (double)found / PAIRS, expected);
}

/* Against counting bit by bit. */
static void simhash_counts(void) {
  uint64_t set[300];
  fill(set, 300);
  for (size_t count = 0; count <= 300; count++) {
    uint64_t expected = 0;
    for (unsigned bit = 0; bit < 64; bit++) {
      size_t ones = 0;
      for (size_t i = 0; i < count; i++)
        ones += set[i] >> bit & 1;
      expected |= (uint64_t)(2 * ones > count) << bit;
    }
    if (pm_simhash(set, count) != expected)
      check(!"the bits of most");
  }
}

static void reads_what_is_whole(void) {
  uint32_t slot[4] = {1, 2, 3, UINT32_MAX};
  char packed[20 + 16];
  pm_sketch s = {.method = PM_SKETCH_MINHASH,
                 .bits = 32,
                 .k = 4,
                 .n = 3,
                 .rate = 2,
                 .seed = UINT64_MAX - 5};
  pm_sketch t;
  pm_sketch_pack(&s, slot, packed);
  check(pm_sketch_read(packed, sizeof packed, &t) == NULL);
  check(t.method == s.method && t.k == 4 && t.n == 3 && t.rate == 2);
  check(t.seed == s.seed && !t.empty && pm_sketch_slot(&t, 3) == UINT32_MAX);
  for (size_t len = 0; len < sizeof packed; len++)
    check(pm_sketch_read(packed, len, &t) != NULL);
  for (size_t bit = 0; bit < 8 * sizeof packed; bit++) {
    packed[bit / 8] = (char)(packed[bit / 8] ^ 1 << bit % 8);
    check(pm_sketch_read(packed, sizeof packed, &t) != NULL);
    packed[bit / 8] = (char)(packed[bit / 8] ^ 1 << bit % 8);
  }
  packed[1]++;
  check(strstr(pm_sketch_read(packed, sizeof packed, &t), "version"));
}

int main(void) {
  estimates("minhash", pm_minhash, 300, 350, 32, 1.25);
  estimates("fast", pm_fast_sketch, 3000, 3500, 32, 1.2);
  estimates("fast", pm_fast_sketch, 300, 350, 32, 1.0);
  estimates("fast", pm_fast_sketch, 20, 20, 32, 0.7);
  estimates("fast", pm_fast_sketch, 2, 1, 32, 1.0);
  estimates("fast", pm_fast_sketch, 3000, 500, 8, 1.25);
  estimates("fast", pm_fast_sketch, 100, 900, 8, 1.5);
  one_set_many_seeds(700, 300);
  one_set_many_seeds(10, 20);
  one_of_both(0, 0, 128);
  one_of_both(0, 1, 128);
  one_of_both(1, 1, 1);
  one_of_both(3, 50, 128);
  one_of_both(5000, 40, 128);
  one_of_both(9, 900, PM_FAST_SKETCH_MOST);
  repetition_and_order_do_not_matter();
  minhash_slots_do_not_depend_on_k();
  bands();
  detection_curve(100, 100, 4);
  detection_curve(200, 300, 4);
  detection_curve(2000, 500, 8);
  detection_curve(500, 60, 16);
  simhash_counts();
  reads_what_is_whole();
  return done("sketch");
}
