#include "sketch/shingle_reader.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"

static uint64_t state = 1;

static uint32_t next_random(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33);
}

static void random_units(pm_unit *unit, size_t count, uint32_t vocabulary) {
  for (size_t i = 0; i < count; i++)
    unit[i].hash = (next_random() % vocabulary + 1) * 0x9E3779B97F4A7C15u;
}

static int compare(const void *x, const void *y) {
  const pm_shingle *a = x, *b = y;
  if (a->hash != b->hash)
    return a->hash < b->hash ? -1 : 1;
  return a->at < b->at ? -1 : a->at > b->at;
}

static void counts(void) {
  check(pm_shingle_count(0, 3) == 0);
  check(pm_shingle_count(1, 3) == 1);
  check(pm_shingle_count(3, 3) == 1);
  check(pm_shingle_count(4, 3) == 2);
}

static uint64_t rotate(uint64_t x, unsigned by) {
  return x << (by & 63) | x >> (-by & 63);
}

/* The hash of one window, unit by unit. */
static uint64_t window_hash(const pm_unit *unit, unsigned n) {
  uint64_t h = 0;
  for (unsigned i = 0; i < n; i++)
    h = rotate(h, 19) ^ unit[i].hash;
  h = (h ^ h >> 32) * 0x9FB21C651E98DF25u;
  return h ^ h >> 29;
}

/* Many windows at once have the hashes that each has on its own, for every
 * width and around the ends of blocks. */
static void hashes_windows(size_t count) {
  pm_unit *unit = malloc(count * sizeof *unit);
  pm_shingle *s = malloc(count * sizeof *s);
  uint64_t *hash = malloc(count * sizeof *hash);
  random_units(unit, count, 50);
  int wrong = 0;
  for (unsigned n = 1; n <= PM_SHINGLE_WIDEST; n++) {
    pm_shingle_hash(unit, count, n, s);
    pm_shingle_hashes(unit, count, n, hash);
    unsigned width = count < n ? (unsigned)count : n;
    for (size_t i = 0; i < pm_shingle_count(count, n); i++) {
      uint64_t alone = window_hash(unit + i, width);
      wrong += alone != s[i].hash || s[i].at != i || hash[i] != alone;
    }
  }
  check(wrong == 0);
  free(unit);
  free(s);
  free(hash);
}

static void order_and_repetition_count(void) {
  pm_unit abc[] = {{.hash = 11}, {.hash = 12}, {.hash = 13}};
  pm_unit bac[] = {{.hash = 12}, {.hash = 11}, {.hash = 13}};
  pm_unit aab[] = {{.hash = 11}, {.hash = 11}, {.hash = 12}};
  pm_shingle x, y, z;
  pm_shingle_hash(abc, 3, 3, &x);
  pm_shingle_hash(bac, 3, 3, &y);
  pm_shingle_hash(aab, 3, 3, &z);
  check(x.hash != y.hash && y.hash != z.hash && x.hash != z.hash);
}

static void sorts(size_t count, uint64_t mask, uint64_t set) {
  size_t size = (count ? count : 1) * sizeof(pm_shingle);
  pm_shingle *a = malloc(size), *b = malloc(size), *spare = malloc(size);
  for (size_t i = 0; i < count; i++) {
    uint64_t hash = (uint64_t)next_random() << 33 ^ next_random();
    a[i] = b[i] = (pm_shingle){(hash & mask) | set, (uint32_t)i};
  }
  pm_shingle_sort(a, count, spare);
  if (count)
    qsort(b, count, sizeof *b, compare);
  int wrong = 0;
  for (size_t i = 0; i < count; i++)
    wrong += compare(&a[i], &b[i]) != 0;
  check(wrong == 0);
  free(a);
  free(b);
  free(spare);
}

static void winnows(void) {
  enum { N = 3, MOST = 60 };
  int missed = 0, dense = 0;
  for (int round = 0; round < 2000; round++) {
    pm_unit a[MOST], b[MOST];
    pm_shingle sa[MOST], sb[MOST], fa[MOST], fb[MOST];
    size_t w = 1 + next_random() % 8, run = w + N - 1;
    random_units(a, MOST, 1000);
    random_units(b, MOST, 1000);
    size_t from = next_random() % (MOST - run + 1);
    size_t to = next_random() % (MOST - run + 1);
    memcpy(b + to, a + from, run * sizeof *a);
    pm_shingle_hash(a, MOST, N, sa);
    pm_shingle_hash(b, MOST, N, sb);
    size_t na = pm_shingle_winnow(sa, MOST - N + 1, w, fa);
    size_t nb = pm_shingle_winnow(sb, MOST - N + 1, w, fb);
    int common = 0;
    for (size_t i = 0; i < na; i++)
      for (size_t j = 0; j < nb; j++)
        common |= fa[i].hash == fb[j].hash;
    missed += !common;
    for (size_t i = 1; i < na; i++)
      dense += fa[i].at <= fa[i - 1].at || fa[i].at - fa[i - 1].at > w;
  }
  check(missed == 0);
  check(dense == 0);
}

static void packs(void) {
  uint64_t set[] = {1, 2, UINT64_MAX};
  char data[4 + 24];
  size_t count;
  unsigned n, rate;
  check(pm_shingle_packed_size(3) == sizeof data);
  pm_shingle_pack(set, 3, 5, 3, data);
  check(pm_shingle_packed(data, sizeof data, &count, &n, &rate) == NULL);
  check(count == 3 && n == 5 && rate == 3);
  for (size_t i = 0; i < 3; i++)
    check(pm_shingle_packed_at(data, i) == set[i]);
  check(pm_shingle_packed(data, sizeof data - 1, &count, &n, &rate) != NULL);
  check(pm_shingle_packed(data, 0, &count, &n, &rate) != NULL);
  set[1] = 1;
  pm_shingle_pack(set, 3, 5, 3, data);
  check(pm_shingle_packed(data, sizeof data, &count, &n, &rate) != NULL);
}

/* Two bags have in common what their counts have. */
static void bags(void) {
  pm_shingle a[] = {{1, 0}, {1, 1}, {1, 2}, {2, 3}, {3, 4}};
  pm_shingle b[] = {{1, 0}, {1, 1}, {3, 2}}, spare[5];
  uint64_t x[5], y[3];
  check(pm_shingle_tell_apart(a, 5));
  check(pm_shingle_tell_apart(b, 3));
  pm_shingle_sort(a, 5, spare);
  pm_shingle_sort(b, 3, spare);
  check(pm_shingle_set(a, 5, x) == 5 && pm_shingle_set(b, 3, y) == 3);
  check(pm_shingle_shared(x, 5, y, 3) == 3);
  check(!pm_shingle_tell_apart(a + 4, 1));
}

/* Reading on gives the hashes that all words at once give. */
static void reads(size_t words, unsigned n) {
  size_t len = 0, count = 0, got;
  char *text = malloc(words * 8 + 1);
  pm_unit *unit = malloc((words + 1) * sizeof *unit);
  uint64_t *expected = malloc((words + 1) * sizeof *expected);
  uint64_t *out = malloc((words + PM_SHINGLE_READER_ROOM) * sizeof *out);
  for (size_t i = 0; i < words; i++)
    len += (size_t)sprintf(text + len, "w%u ", next_random() % 1000);
  pm_units at = {.text = text, .len = len};
  while ((got = pm_units_words(&at, unit + count, words + 1 - count)) > 0)
    count += got;
  check(count == words);
  pm_shingle_hashes(unit, count, n, expected);
  size_t shingles = pm_shingle_count(count, n), read = 0;
  pm_shingle_reader r;
  pm_shingle_reader_begin(&r, text, len, n);
  while ((got = pm_shingle_read(&r, out + read)) > 0 && read + got <= shingles)
    read += got;
  check(got == 0 && read == shingles);
  check(memcmp(out, expected, read * sizeof *out) == 0);
  free(text);
  free(unit);
  free(expected);
  free(out);
}

int main(void) {
  counts();
  for (size_t units = 1; units < 100; units++)
    hashes_windows(units);
  for (size_t units = 255; units < 321; units++)
    hashes_windows(units);
  hashes_windows(1000);
  order_and_repetition_count();
  sorts(0, UINT64_MAX, 0);
  sorts(40, UINT64_MAX, 0);
  sorts(3000, UINT64_MAX, 0);
  sorts(200000, UINT64_MAX, 0);
  sorts(3000, 0xFF, 0);              /* few hashes, many times */
  sorts(3000, 0xFFFFFF, 1ull << 60); /* all in one bucket */
  sorts(100000, 0xFFFFFFFF, 0);
  winnows();
  packs();
  bags();
  for (unsigned n = 1; n <= PM_SHINGLE_WIDEST; n += 21) {
    reads(0, n);
    reads(1, n);
    reads(30, n);
    reads(5000, n);
  }
  return done("shingle");
}
