/*
 * The filters of phrases: at which places of a text may one stand?
 *
 * They ask about windows of up to eight bytes. A few phrases are told by the
 * nibbles of their first bytes, in eight buckets, at every place (Teddy, of
 * Hyperscan). Many are hashed, at every place or at every second or fourth, and
 * the top of the hash is the number of a bit. There is one way for each kind of
 * processor; all give the same.
 */
#ifndef PM_TEXT_PHRASES_PATH_H
#define PM_TEXT_PHRASES_PATH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { PM_PHRASES_NIBBLES = 6 };

/* The buckets with a window whose i-th byte has this low, and high nibble. */
typedef struct pm_phrases_buckets {
  uint8_t low[PM_PHRASES_NIBBLES][16], high[PM_PHRASES_NIBBLES][16];
} pm_phrases_buckets;

/* The buckets that the window at `text` may be in: a bit for each. */
static inline unsigned pm_phrases_buckets_of(const pm_phrases_buckets *b,
                                             const char *text) {
  unsigned all = 0xFF;
  for (unsigned i = 0; i < PM_PHRASES_NIBBLES; i++) {
    unsigned char c = (unsigned char)text[i];
    all &= b->low[i][c & 15] & b->high[i][c >> 4];
  }
  return all;
}

typedef struct pm_phrases_filter {
  uint32_t used[2];     /* the bytes of a window that count: four and four */
  uint32_t fold[2];     /* bits that are set in them: the case of letters */
  unsigned stride;      /* 1, 2 or 4: where windows are looked at */
  unsigned shift;       /* 32 - log2 of how many bits there are */
  const uint32_t *bits; /* [2^(27 - shift)] */
} pm_phrases_filter;

#define PM_PHRASES_FIRST 0x9E3779B1u
#define PM_PHRASES_SECOND 0x85EBCA77u

/* The hash of the window at `text`, eight bytes that may be read. */
static inline uint32_t pm_phrases_hash(const pm_phrases_filter *f,
                                       const char *text) {
  uint32_t first, second;
  memcpy(&first, text, 4);
  memcpy(&second, text + 4, 4);
  return ((first & f->used[0]) | f->fold[0]) * PM_PHRASES_FIRST +
         ((second & f->used[1]) | f->fold[1]) * PM_PHRASES_SECOND;
}

/*
 * Both look at the first `words` * 64 places of `text`, which can be read for
 * PM_PHRASES_SLACK bytes beyond them, and set in `hits` [words] a bit for each
 * place that may have a window of a phrase.
 */
enum { PM_PHRASES_SLACK = 8 };

typedef struct pm_phrases_path {
  void (*few)(const pm_phrases_buckets *b, const char *text, size_t words,
              uint64_t *hits);
  void (*many)(const pm_phrases_filter *f, const char *text, size_t words,
               uint64_t *hits);
} pm_phrases_path;

extern const pm_phrases_path pm_phrases_portable;

#if defined(__x86_64__)
#define PM_PHRASES_X86 1
extern const pm_phrases_path pm_phrases_avx2;   /* needs avx2 bmi2 */
extern const pm_phrases_path pm_phrases_avx512; /* needs avx512 f bw, bmi2 */

int pm_phrases_have_avx2(void);
int pm_phrases_have_avx512(void);
#endif

/* The fastest that this processor can go. */
const pm_phrases_path *pm_phrases_best_path(void);

#endif
