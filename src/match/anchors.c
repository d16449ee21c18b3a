#include "match/anchors.h"

static uint64_t rotate(uint64_t x, unsigned by) {
  return x << (by & 63) | x >> (-by & 63);
}

/* Source: Vigna 2015, splitmix64. */
static uint64_t next_random(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

size_t pm_anchors_scratch(uint32_t w) {
  return (size_t)w * (2 * sizeof(uint64_t) + sizeof(uint32_t));
}

void pm_anchors_init(pm_anchors *a, uint32_t k, uint32_t w, uint64_t seed,
                     void *scratch) {
  a->k = k;
  a->w = w;
  for (int i = 0; i < 256; i++) {
    a->table[i] = next_random(&seed);
    a->leaves[i] = rotate(a->table[i], k);
  }
  a->hash = scratch;
  a->tail = a->hash + w;
  a->tail_at = (uint32_t *)(a->tail + w);
}

/* Hashes `count` k-grams from byte `from` on; `h` is the hash of the one
 * before. Source: Cohen 1997, hashing by cyclic polynomials. */
static uint64_t roll(const pm_anchors *a, const uint8_t *text, size_t from,
                     uint32_t count, uint64_t h, uint64_t *out) {
  const uint8_t *in = text + from + a->k - 1, *gone = text + from - 1;
  for (uint32_t i = 0; i < count; i++) {
    h = rotate(h, 1) ^ a->table[in[i]] ^ a->leaves[gone[i]];
    out[i] = h;
  }
  return h;
}

/* The least of each k-gram and those after it in the block; the first wins. */
static void look_back(pm_anchors *a, const uint64_t *hash, uint32_t count) {
  uint64_t least = UINT64_MAX;
  uint32_t at = count - 1;
  for (uint32_t i = count; i-- > 0;) {
    int wins = hash[i] <= least;
    least = wins ? hash[i] : least;
    at = wins ? i : at;
    a->tail[i] = least;
    a->tail_at[i] = at;
  }
}

void pm_anchors_each(pm_anchors *a, const char *string, size_t len,
                     pm_anchors_hear *hear, void *ud) {
  const uint8_t *text = (const uint8_t *)string;
  const uint32_t k = a->k, w = a->w;
  if (len < (size_t)k + w - 1)
    return;
  const size_t grams = len - k + 1;
  uint64_t h = 0;
  for (uint32_t i = 0; i < k; i++)
    h = rotate(h, 1) ^ a->table[text[i]];
  a->hash[0] = h;
  if (w > 1)
    h = roll(a, text, 1, w - 1, h, a->hash + 1);
  look_back(a, a->hash, w);
  uint32_t last = a->tail_at[0];
  hear(ud, last, a->tail[0]);

  /* The window of k-grams [base + i + 1, base + i + w] is a tail of the block
   * at `base` and a head of the next one. */
  for (size_t base = 0; base + w < grams; base += w) {
    size_t left = grams - base - w;
    uint32_t count = left < w ? (uint32_t)left : w;
    h = roll(a, text, base + w, count, h, a->hash);
    uint64_t least = UINT64_MAX;
    uint32_t least_at = 0;
    for (uint32_t i = 0; i < count; i++) {
      int wins = i == 0 || a->hash[i] < least;
      least = wins ? a->hash[i] : least;
      least_at = wins ? i : least_at;
      int in_tail = i + 1 < w && a->tail[i + 1] <= least;
      uint32_t at =
          (uint32_t)base + (in_tail ? a->tail_at[i + 1] : w + least_at);
      if (at != last) {
        last = at;
        hear(ud, at, in_tail ? a->tail[i + 1] : least);
      }
    }
    if (count == w)
      look_back(a, a->hash, w);
  }
}
