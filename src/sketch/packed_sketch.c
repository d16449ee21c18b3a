#include "sketch/packed_sketch.h"

#include <string.h>

#include <xxhash.h>

#include "sketch/random.h"
#include "sketch/shingle.h"

/* The head is a form of 16 bytes, then the check. */
enum { FORM = 16, HEADER = 20, VERSION = 2 };
enum { EMPTY = 0x80, CHARS = 0x80, COUNTED = 0x40 };

size_t pm_sketch_size(unsigned bits, size_t k) {
  return HEADER + k * bits / 8;
}

static inline void put(char *out, uint64_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; i++)
    out[i] = (char)(value >> 8 * i);
}

static inline uint64_t get(const char *in, unsigned bytes) {
  uint64_t value = 0;
  for (unsigned i = 0; i < bytes; i++)
    value |= (uint64_t)(unsigned char)in[i] << 8 * i;
  return value;
}

/* The least of many values is small; all of its bits count here. */
static unsigned char digest(uint32_t slot) {
  return (unsigned char)(slot * 0x9E3779B1u >> 24);
}

/* What tells that neither the form nor the slots changed since. */
static uint32_t check_of(const char *data, size_t size) {
  uint64_t form = XXH3_64bits(data, FORM);
  return (uint32_t)XXH3_64bits_withSeed(data + HEADER, size - HEADER, form);
}

static void put_slots(const pm_sketch *s, const uint32_t *slot, char *out) {
  if (s->bits == 8) {
    for (size_t i = 0; i < s->k; i++)
      out[i] = (char)digest(slot[i]);
    return;
  }
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  memcpy(out, slot, 4 * s->k);
#else
  for (size_t i = 0; i < s->k; i++)
    put(out + 4 * i, slot[i], 4);
#endif
}

void pm_sketch_pack(const pm_sketch *s, const uint32_t *slot, char *out) {
  out[0] = 'K';
  out[1] = VERSION;
  out[2] = (char)s->method;
  out[3] = (char)s->bits;
  put(out + 4, s->k, 2);
  out[6] = (char)(s->n | (s->kind & PM_SHINGLE_CHARS ? CHARS : 0));
  out[7] = (char)(s->rate | (s->empty ? EMPTY : 0) |
                  (s->kind & PM_SHINGLE_COUNTED ? COUNTED : 0));
  put(out + 8, s->seed, 8);
  put_slots(s, slot, out + HEADER);
  put(out + FORM, check_of(out, pm_sketch_size(s->bits, s->k)), 4);
}

const char *pm_sketch_read(const char *data, size_t len, pm_sketch *s) {
  if (len < HEADER || data[0] != 'K')
    return "not a sketch";
  if (data[1] != VERSION)
    return "a sketch of another version";
  *s =
      (pm_sketch){.method = (unsigned char)data[2],
                  .bits = (unsigned char)data[3],
                  .k = (size_t)get(data + 4, 2),
                  .n = (unsigned char)data[6] & ~(unsigned)CHARS,
                  .rate = (unsigned char)data[7] & ~(unsigned)(EMPTY | COUNTED),
                  .kind = (data[6] & CHARS ? PM_SHINGLE_CHARS : 0u) |
                          (data[7] & COUNTED ? PM_SHINGLE_COUNTED : 0u),
                  .empty = (data[7] & EMPTY) != 0,
                  .seed = get(data + 8, 8),
                  .slots = data + HEADER};
  bool known = s->method == PM_SKETCH_FAST || s->method == PM_SKETCH_MINHASH;
  bool sized = s->bits == 8 || s->bits == 32;
  bool wide = s->n >= 1 && s->n <= PM_SHINGLE_WIDEST;
  if (!known || !sized || !wide || s->k < 1 || s->k > PM_FAST_SKETCH_MOST ||
      len != pm_sketch_size(s->bits, s->k) ||
      get(data + FORM, 4) != check_of(data, len))
    return "a damaged sketch";
  return NULL;
}

const char *pm_sketch_differ(const pm_sketch *a, const pm_sketch *b) {
  if (a->method != b->method)
    return "sketches of different methods do not compare";
  if (a->bits != b->bits || a->k != b->k)
    return "sketches of different sizes do not compare";
  if (a->n != b->n || a->rate != b->rate || a->kind != b->kind)
    return "sketches of different shingles do not compare";
  if (a->seed != b->seed)
    return "sketches of different seeds do not compare";
  return NULL;
}

double pm_sketch_similarity(const pm_sketch *a, const pm_sketch *b) {
  if (a->empty || b->empty)
    return 0;
  size_t same = 0;
  for (size_t i = 0; i < a->k; i++)
    same += a->bits == 8 ? a->slots[i] == b->slots[i]
                         : memcmp(a->slots + 4 * i, b->slots + 4 * i, 4) == 0;
  double share = (double)same / (double)a->k;
  if (a->bits == 8)
    share = (share - 1.0 / 256) / (1 - 1.0 / 256);
  return share > 0 ? share : 0;
}

uint32_t pm_sketch_slot(const pm_sketch *s, size_t i) {
  return (uint32_t)get(s->slots + 4 * i, 4);
}

void pm_sketch_bands(const pm_sketch *s, size_t rows, uint64_t *key) {
  unsigned bytes = s->bits / 8;
  for (size_t band = 0; band < s->k / rows; band++) {
    uint64_t h = 0;
    for (size_t i = band * rows; i < (band + 1) * rows; i++) {
      h += get(s->slots + bytes * i, bytes);
      h = pm_random_next(&h);
    }
    key[band] = (uint64_t)band << 48 | h >> 16;
  }
}
