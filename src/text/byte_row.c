#include "text/byte_row.h"

#include <string.h>

/* Bytes: texts are longer than caches, and the processor's own foresight ends
 * at the border of a page. */
#define AHEAD 2048

#if defined(__x86_64__) && defined(__GNUC__)
#define X86 1
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2,bmi")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi,bmi")))
#endif

static inline bool has(const pm_byte_row *row, unsigned k, char byte) {
  unsigned char c = (unsigned char)byte;
  return c < 0x80 ? row->in[k][c] : row->beyond[k];
}

typedef struct block_plain {
  char at[64];
} block_plain;

static inline block_plain part_plain(const char *p, size_t n) {
  block_plain b = {{0}};
  memcpy(b.at, p, n);
  return b;
}

static inline block_plain load_plain(const char *p) {
  return part_plain(p, 64);
}

static inline uint64_t look_plain(const pm_byte_row *row, unsigned k,
                                  block_plain b) {
  uint64_t found = 0;
  for (unsigned i = 0; i < 64; i++)
    found |= (uint64_t)has(row, k, b.at[i]) << i;
  return found;
}

#define PATH(name) name##_plain
#define TARGET
#include "text/byte_row_find.h"

#ifdef X86

typedef struct block_avx2 {
  __m256i a, b;
} block_avx2;

AVX2 static inline block_avx2 load_avx2(const char *p) {
  return (block_avx2){
      _mm256_loadu_si256((const __m256i *)(const void *)p),
      _mm256_loadu_si256((const __m256i *)(const void *)(p + 32))};
}

AVX2 static inline block_avx2 part_avx2(const char *p, size_t n) {
  char copy[64] = {0};
  memcpy(copy, p, n);
  return load_avx2(copy);
}

AVX2 static inline __m256i twice(const uint8_t *table) {
  return _mm256_broadcastsi128_si256(
      _mm_loadu_si128((const __m128i *)(const void *)table));
}

/* FF for the bytes that are not in the set, or are beyond ASCII. */
AVX2 static inline __m256i outside(__m256i v, __m256i low, __m256i high) {
  __m256i nibble =
      _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15));
  __m256i rows = _mm256_shuffle_epi8(low, v); /* 0 for 80..FF */
  __m256i both = _mm256_and_si256(rows, _mm256_shuffle_epi8(high, nibble));
  return _mm256_cmpeq_epi8(both, _mm256_setzero_si256());
}

AVX2 static inline uint64_t bits(__m256i a, __m256i b) {
  return (uint32_t)_mm256_movemask_epi8(a) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

AVX2 static inline uint64_t look_avx2(const pm_byte_row *row, unsigned k,
                                      block_avx2 v) {
  __m256i low = twice(row->low[k]), high = twice(row->high[k]);
  uint64_t out = bits(outside(v.a, low, high), outside(v.b, low, high));
  return row->beyond[k] ? ~out | bits(v.a, v.b) : ~out;
}

#define PATH(name) name##_avx2
#define TARGET AVX2
#include "text/byte_row_find.h"

typedef __m512i block_avx512;

AVX512 static inline __m512i load_avx512(const char *p) {
  return _mm512_loadu_si512(p);
}

AVX512 static inline __m512i part_avx512(const char *p, size_t n) {
  return _mm512_maskz_loadu_epi8(((uint64_t)1 << n) - 1, p);
}

/* All 128 ASCII bytes in one table, which the low seven bits of a byte find. */
AVX512 static inline uint64_t look_avx512(const pm_byte_row *row, unsigned k,
                                          __m512i v) {
  __m512i in = _mm512_permutex2var_epi8(_mm512_loadu_si512(row->in[k]), v,
                                        _mm512_loadu_si512(row->in[k] + 64));
  __m512i all = _mm512_set1_epi8(row->beyond[k] ? -1 : 0);
  /* where v's top bit is set `all`, else `in` */
  return (uint64_t)_mm512_movepi8_mask(
      _mm512_ternarylogic_epi64(v, all, in, 0xCA));
}

#define PATH(name) name##_avx512
#define TARGET AVX512
#include "text/byte_row_find.h"

#endif

static pm_byte_row_find *fastest(int widest) {
#ifdef X86
  if (widest >= 64 && __builtin_cpu_supports("avx512vbmi") &&
      __builtin_cpu_supports("bmi"))
    return find_avx512;
  if (widest >= 32 && __builtin_cpu_supports("avx2") &&
      __builtin_cpu_supports("bmi"))
    return find_avx2;
#endif
  return find_plain;
}

void pm_byte_row_init(pm_byte_row *row, const pm_byte_set *sets, unsigned count,
                      int widest) {
  memset(row, 0, sizeof *row);
  row->find = fastest(widest);
  row->count = count;
  for (unsigned k = 0; k < count; k++) {
    for (unsigned c = 0; c < 0x80; c++)
      if (pm_byte_set_has(&sets[k], (unsigned char)c)) {
        row->in[k][c] = 0xFF;
        row->low[k][c & 15] |= (uint8_t)(1 << (c >> 4));
      }
    for (unsigned i = 0; i < 8; i++)
      row->high[k][i] = (uint8_t)(1 << i);
    row->beyond[k] = pm_byte_set_has(&sets[k], 0x80);
  }
}
