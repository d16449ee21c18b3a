/* Words of a text in blocks in plain C: eight bytes in a number at a time. */
#include <string.h>

#include "sketch/units_ascii.h"
#include "text/word_hash.h"

#define EACH(byte) ((uint64_t)0x0101010101010101 * (byte))

/* Sets the highest bit of each byte that is `first` to `last`; all bytes are
 * below 128. */
static inline uint64_t in_range(uint64_t x, unsigned first, unsigned last) {
  return (x + EACH(128 - first)) & ~(x + EACH(127 - last));
}

/* The highest bits of the bytes, the first one lowest. */
static inline uint64_t gather(uint64_t x) {
  return (x >> 7 & EACH(1)) * 0x0102040810204080 >> 56;
}

static inline unit_ascii classify(const uint8_t *s) {
  unit_ascii m = {0, 0};
  for (unsigned i = 0; i < 64; i += 8) {
    uint64_t x = word_load(s + i), low = x & EACH(127);
    uint64_t word =
        in_range(low | EACH(0x20), 'a', 'z') | in_range(low, '0', '9');
    m.word |= gather(word & ~x) << i;
    m.high |= gather(x) << i;
  }
  return m;
}

static inline uint32_t *emit(uint32_t *out, uint64_t bits, uint32_t base) {
  for (; bits; bits &= bits - 1)
    *out++ = base + (uint32_t)__builtin_ctzll(bits);
  return out;
}

#define TARGET
#define hash_words unit_hash_each
#define PATH pm_units_words_portable
#include "sketch/units_block.h"
