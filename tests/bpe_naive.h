/*
 * What the tests and fuzzers of bpe share: a small vocabulary, and merging by
 * the letter of its definition.
 */
#ifndef BPE_NAIVE_H
#define BPE_NAIVE_H

#include <stdlib.h>
#include <string.h>

#include "text/bpe.h"
#include "text/bpe_derive.h"

static void *plain_alloc(void *ud, void *p, size_t from, size_t to) {
  (void)ud;
  (void)from;
  if (to > 0)
    return realloc(p, to);
  free(p);
  return NULL;
}

/* All bytes, and `more` tokens each made of two earlier ones, chosen by a
 * generator that starts at `seed`; of the bytes a few only, so that they meet
 * often. */
static inline void naive_vocabulary(pm_bpe *b, uint32_t seed, int more) {
  static const char often[] = "aab  '\n1\xC3\xA9";
  char made[64];
  pm_bpe_init(b, plain_alloc, NULL);
  for (uint32_t byte = 0; byte < 256; byte++) {
    char one = (char)byte;
    pm_vocab_add(&b->vocab, byte, &one, 1);
  }
  for (uint32_t id = 256; more > 0; more--) {
    size_t len = 0;
    for (int half = 0; half < 2; half++) {
      seed = seed * 1664525 + 1013904223;
      uint32_t roll = seed >> 8;
      size_t part = 1;
      const char *from = &often[roll % (sizeof often - 1)];
      if (roll >> 20 & 1 && id > 256)
        from = pm_vocab_token_of(&b->vocab, 256 + roll % (id - 256), &part);
      if (len + part > sizeof made)
        break;
      memcpy(made + len, from, part);
      len += part;
    }
    id += pm_vocab_add(&b->vocab, id, made, len) == 0;
  }
  pm_bpe_derive(&b->pairs, &b->vocab);
  b->whole = true;
  b->stage_count = 1;
  b->stages[0].pattern = PM_BPE_CL100K;
  if (pm_bpe_finish(b) != 0)
    abort();
}

/* The id of what two tokens make, which is the rank, or PM_VOCAB_NONE. */
static inline uint32_t naive_rank(const pm_vocab *v, uint32_t left,
                                  uint32_t right) {
  char both[256];
  size_t first, second;
  const char *a = pm_vocab_token_of(v, left, &first);
  const char *b = pm_vocab_token_of(v, right, &second);
  memcpy(both, a, first);
  memcpy(both + first, b, second);
  return pm_vocab_find(v, both, first + second);
}

/* Merges a piece: the leftmost of the lowest, from the start each time. */
static inline size_t naive_merge(const pm_bpe *b, const unsigned char *s,
                                 size_t len, uint32_t *out) {
  for (size_t i = 0; i < len; i++)
    out[i] = b->vocab.byte[s[i]];
  for (;;) {
    uint32_t lowest = PM_VOCAB_NONE;
    size_t at = 0;
    for (size_t i = 0; i + 1 < len; i++) {
      uint32_t rank = naive_rank(&b->vocab, out[i], out[i + 1]);
      if (rank < lowest) {
        lowest = rank;
        at = i;
      }
    }
    if (lowest == PM_VOCAB_NONE)
      return len;
    out[at] = lowest;
    len--;
    memmove(out + at + 1, out + at + 2, (len - at - 1) * sizeof *out);
  }
}

#endif
