/* The hash of words is as good as chance: no more collisions, and a bit of a
 * word changes half of the bits of the hash. */
#include "text/word_hash.h"

#include <stdlib.h>

#include "sketch/random.h"
#include "test.h"

static int compare(const void *x, const void *y) {
  uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
  return a < b ? -1 : a > b;
}

static size_t repeats(uint64_t *hash, size_t count) {
  size_t repeats = 0;
  qsort(hash, count, sizeof *hash, compare);
  for (size_t i = 1; i < count; i++)
    repeats += hash[i] == hash[i - 1];
  return repeats;
}

/* Numbers in base 36 after a common prefix: words as alike as words can be.
 * 2^20 of them have 128 pairs with 32 bits in common, by chance. */
static void collisions(const char *prefix, unsigned drop) {
  enum { COUNT = 1 << 20 };
  uint64_t *hash = malloc(COUNT * sizeof *hash);
  char word[64];
  size_t head = strlen(prefix);
  for (size_t i = 0; i < COUNT; i++) {
    size_t len = head;
    memcpy(word, prefix, head);
    for (size_t rest = i + 1; rest; rest /= 36)
      word[len++] = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % 36];
    hash[i] = word_hash_ascii((uint8_t *)word, len, sizeof word);
  }
  check(repeats(hash, COUNT) == 0);
  for (size_t i = 0; i < COUNT; i++)
    hash[i] = drop ? hash[i] << drop : hash[i] >> 32 << 32;
  size_t n = repeats(hash, COUNT);
  int holds = n < 128 + 60;
  check(holds);
  if (!holds)
    fprintf(stderr, "  %s: %zu\n", prefix, n);
  free(hash);
}

/* How often each bit of the hash changes with a bit of a word of n bytes. */
static void avalanche(size_t n) {
  enum { WORDS = 4000 };
  static int changed[64 * 24][64];
  uint64_t state = n;
  memset(changed, 0, sizeof changed);
  for (int w = 0; w < WORDS; w++) {
    uint8_t word[32];
    for (size_t i = 0; i < n; i++)
      word[i] = (uint8_t)('a' + pm_random_next(&state) % 26);
    uint64_t hash = word_hash_ascii(word, n, sizeof word);
    for (size_t bit = 0; bit < 8 * n; bit++) {
      if (bit % 8 == 5)
        continue; /* what case folding sets */
      word[bit / 8] ^= (uint8_t)(1 << bit % 8);
      uint64_t other = hash ^ word_hash_ascii(word, n, sizeof word);
      word[bit / 8] ^= (uint8_t)(1 << bit % 8);
      for (unsigned out = 0; out < 64; out++)
        changed[bit][out] += (int)(other >> out & 1);
    }
  }
  int least = WORDS, most = 0;
  long sum = 0;
  for (size_t bit = 0; bit < 8 * n; bit++) {
    for (unsigned out = 0; out < 64 && bit % 8 != 5; out++) {
      int c = changed[bit][out];
      least = c < least ? c : least;
      most = c > most ? c : most;
      sum += c;
    }
  }
  double mean = (double)sum / (double)(7 * n * 64) / WORDS;
  int holds = least > WORDS * 4 / 10 && most < WORDS * 6 / 10 && mean > 0.495 &&
              mean < 0.505;
  check(holds);
  if (!holds)
    fprintf(stderr, "  %zu bytes: %d to %d of %d, mean %.4f\n", n, least, most,
            WORDS, mean);
}

/* It does not matter what stands behind a word or how much of it. */
static void what_follows_does_not_matter(void) {
  uint8_t text[80];
  for (size_t n = 1; n <= 40; n++) {
    memset(text, 'x', sizeof text);
    uint64_t hash = word_hash_ascii(text, n, sizeof text);
    check(hash == word_hash_ascii(text, n, n));
    memset(text + n, '!', sizeof text - n);
    check(hash == word_hash_ascii(text, n, sizeof text));
    text[n - 1] = 'X';
    check(hash == word_hash_ascii(text, n, sizeof text));
    text[n - 1] = 'y';
    check(hash != word_hash_ascii(text, n, sizeof text));
  }
}

int main(void) {
  const char *const prefixes[] = {"", "word", "alongword", "averylongprefix",
                                  "averyverylongprefixofit"};
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
    collisions(prefixes[i], 0);
    collisions(prefixes[i], 32);
  }
  avalanche(2);
  avalanche(3);
  avalanche(8);
  avalanche(11);
  avalanche(16);
  avalanche(20);
  what_follows_does_not_matter();
  return done("word_hash");
}
