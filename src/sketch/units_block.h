/*
 * Words of a text, 64 bytes at a time, for a file that brings the instructions.
 * Before it includes this it defines
 *
 *   TARGET    attributes of every function
 *   PATH      the name of the pm_units_path to define
 *   classify  unit_ascii (const uint8_t [64]): one bit for each byte
 *   hash_words  as unit_hash_each
 *   emit      writes base + i for each bit i, in order, and returns what
 *             follows; it may write up to 64 numbers, the last ones for nothing
 *
 * A word begins and ends where the mask of letters and digits changes:
 *
 *   text    T h e   U S ,   2 0 1 5 .
 *   word    1 1 1 0 1 1 0 0 1 1 1 1 0
 *   edges   1 0 0 1 1 0 1 0 1 0 0 0 1
 *
 * A character that is not ASCII is a gap between words, as quotes and dashes
 * are, or the block is cut short before it: then the plain way goes on from the
 * beginning of the word until a word is over, and blocks go on from there.
 */
#include "sketch/units_ascii.h"
#include "sketch/units_path.h"

/* Words found before they are hashed, numbers that a block may write, and words
 * that there has to be room for. */
enum { BATCH = 256, BLOCK_WRITES = 64 + 64, LEAST_ROOM = 64 };

TARGET static inline uint64_t low_bits(unsigned n) {
  return n >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1;
}

/* Returns where the block has to be cut, or `n`. */
TARGET static unsigned skip_gaps(const pm_units *u, size_t at, unit_ascii m,
                                 uint64_t before, unsigned n) {
  while (m.high) {
    unsigned i = (unsigned)__builtin_ctzll(m.high);
    size_t size = pm_units_gap(u, at + i, (m.word << 1 | before) >> i & 1);
    if (size == 0)
      return i;
    m.high &= ~(low_bits((unsigned)size) << i);
  }
  return n;
}

/*
 * Writes the beginnings and ends of words, in turn, from u->at on, to `edge`
 * [2 * most + BLOCK_WRITES], and leaves u->at where to go on. Returns how many
 * words; `*cut` tells whether the plain way is to go on.
 */
TARGET static size_t find_words(pm_units *u, uint32_t *edge, size_t most,
                                bool *cut) {
  const uint8_t *text = (const uint8_t *)u->text;
  uint32_t *to = edge;
  const uint32_t *limit = edge + 2 * most;
  uint64_t before = 0; /* the byte before the block belongs to a word */
  size_t at = u->at;
  *cut = false;
  while (at < u->len && to < limit && !*cut) {
    uint8_t copy[64];
    const uint8_t *bytes = text + at;
    unsigned n = 64;
    if (u->len - at < 64) {
      n = (unsigned)(u->len - at);
      memset(copy, 0, sizeof copy);
      memcpy(copy, bytes, n);
      bytes = copy;
    }
    unit_ascii m = classify(bytes);
    uint64_t edges = m.word ^ (m.word << 1 | before);
    if (m.high) {
      unsigned stop = skip_gaps(u, at, m, before, n);
      *cut = stop < n;
      n = stop;
      edges &= low_bits(n);
    }
    to = emit(to, edges, (uint32_t)at);
    before = m.word >> 63;
    at += n;
  }
  size_t written = (size_t)(to - edge);
  if (written & 1) {
    if (at == u->len && !*cut)
      edge[written++] = (uint32_t)at;
    else
      at = edge[--written]; /* what begins there is read again */
  }
  u->at = at;
  return written / 2;
}

TARGET size_t PATH(pm_units *u, pm_unit *out, size_t room) {
  size_t count = 0, patience = 1;
  while (count < room && u->at < u->len) {
    uint32_t edge[2 * BATCH + BLOCK_WRITES];
    bool cut = true;
    size_t words = 0;
    if (room - count >= LEAST_ROOM) {
      size_t most = room - count - LEAST_ROOM / 2;
      words = find_words(u, edge, most < BATCH ? most : BATCH, &cut);
    } else if (count > 0) {
      break; /* the caller has more */
    }
    hash_words((const uint8_t *)u->text, u->len, edge, words, out + count);
    count += words;
    if (cut && count < room) {
      /* Where few words are ASCII the plain way alone is faster. */
      patience = words ? 1 : patience < 64 ? 2 * patience : 64;
      size_t most = room - count < patience ? room - count : patience;
      count += pm_units_words_plain(u, out + count, most);
    }
  }
  return count;
}
