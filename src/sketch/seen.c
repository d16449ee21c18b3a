#include "sketch/seen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

enum { FIRST_SLOTS = 64, PROBES_MOST = 64 };

int pm_seen_filter(pm_seen *s, uint64_t capacity, double rate) {
  *s = (pm_seen){0};
  const double ln2 = 0.6931471805599453;
  double bits = -log(rate) / (ln2 * ln2) * (double)(capacity ? capacity : 1);
  double words = bits / 64 + 1;
  if (words > (double)(SIZE_MAX / 16))
    return -1;
  double probes = round(-log(rate) / ln2);
  s->probes = probes < 1             ? 1
              : probes > PROBES_MOST ? PROBES_MOST
                                     : (unsigned)probes;
  s->words = (uint64_t)words;
  s->word = calloc((size_t)s->words, sizeof *s->word);
  return s->word ? 0 : -1;
}

void pm_seen_key(const void *bytes, size_t len,
                 unsigned char key[PM_SEEN_KEY]) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, len));
  memcpy(key, canonical.digest, PM_SEEN_KEY);
}

static void load(const unsigned char *key, uint64_t *a, uint64_t *b) {
  memcpy(a, key, 8);
  memcpy(b, key + 8, 8);
}

/* Whether all bits of a key are set; sets them if asked to. */
static bool probe(const pm_seen *s, uint64_t a, uint64_t b, bool set) {
  uint64_t bits = s->words * 64;
  bool all = true;
  b |= 1;
  for (unsigned i = 0; i < s->probes; i++, a += b) {
    /* The product's upper half is a number below `bits`. */
    uint64_t at = (uint64_t)((unsigned __int128)a * bits >> 64);
    uint64_t bit = (uint64_t)1 << (at & 63);
    all = all && (s->word[at / 64] & bit);
    if (set)
      s->word[at / 64] |= bit;
  }
  return all;
}

/* The slot that has the key, or the free one where it belongs. */
static uint64_t *slot_of(uint64_t *word, uint64_t words, uint64_t a,
                         uint64_t b) {
  uint64_t mask = words / 2 - 1, at = a & mask;
  while (word[2 * at] | word[2 * at + 1]) {
    if (word[2 * at] == a && word[2 * at + 1] == b)
      break;
    at = (at + 1) & mask;
  }
  return word + 2 * at;
}

static int grow(pm_seen *s) {
  uint64_t words = s->words ? s->words * 2 : 2 * FIRST_SLOTS;
  uint64_t *word = calloc((size_t)words, sizeof *word);
  if (!word)
    return -1;
  for (uint64_t i = 0; i < s->words; i += 2) {
    if (!(s->word[i] | s->word[i + 1]))
      continue;
    uint64_t *slot = slot_of(word, words, s->word[i], s->word[i + 1]);
    memcpy(slot, s->word + i, PM_SEEN_KEY);
  }
  free(s->word);
  s->word = word;
  s->words = words;
  return 0;
}

bool pm_seen_has(const pm_seen *s, const unsigned char key[PM_SEEN_KEY]) {
  uint64_t a, b;
  load(key, &a, &b);
  if (s->probes)
    return probe(s, a, b, false);
  if (!(a | b))
    return s->zero;
  if (!s->words)
    return false;
  const uint64_t *slot = slot_of(s->word, s->words, a, b);
  return slot[0] | slot[1];
}

int pm_seen_add(pm_seen *s, const unsigned char key[PM_SEEN_KEY]) {
  uint64_t a, b;
  load(key, &a, &b);
  bool was;
  if (s->probes) {
    was = probe(s, a, b, true);
  } else if (!(a | b)) {
    was = s->zero;
    s->zero = true;
  } else {
    /* At most two slots of three are taken. */
    if (s->count >= s->words / 3 && grow(s) != 0)
      return -1;
    uint64_t *slot = slot_of(s->word, s->words, a, b);
    was = slot[0] | slot[1];
    slot[0] = a;
    slot[1] = b;
  }
  s->count += !was;
  return was;
}

void pm_seen_free(pm_seen *s) {
  free(s->word);
  *s = (pm_seen){0};
}
