/*
 * SHA-256 around its blocks: the rest of the bytes, their count, hex digits.
 */
#include "text/sha256.h"

#include <string.h>

#include "text/sha256_blocks.h"

static void take_blocks(pm_sha256_state *s, const unsigned char *blocks,
                        size_t count) {
  if (s->has_ni)
    pm_sha256_blocks_ni(s->state, blocks, count);
  else
    pm_sha256_blocks_portable(s->state, blocks, count);
}

void pm_sha256_begin(pm_sha256_state *s) {
  *s = (pm_sha256_state){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                   0xa54ff53a, 0x510e527f, 0x9b05688c,
                                   0x1f83d9ab, 0x5be0cd19},
                         .has_ni = pm_sha256_has_ni()};
}

void pm_sha256_add(pm_sha256_state *s, const void *bytes, size_t len) {
  const unsigned char *at = bytes;
  size_t held = s->len % 64;
  s->len += len;
  if (held > 0) {
    size_t n = len < 64 - held ? len : 64 - held;
    memcpy(s->rest + held, at, n);
    at += n;
    len -= n;
    if (held + n < 64)
      return;
    take_blocks(s, s->rest, 1);
  }
  take_blocks(s, at, len / 64);
  if (len % 64 > 0)
    memcpy(s->rest, at + len / 64 * 64, len % 64);
}

void pm_sha256_end(pm_sha256_state *s, char *hex) {
  /* The rest, a one bit, zeros, and the length in bits: one block or two. */
  unsigned char tail[128] = {0};
  size_t held = s->len % 64, size = held < 56 ? 64 : 128;
  memcpy(tail, s->rest, held);
  tail[held] = 0x80;
  for (int i = 0; i < 8; i++)
    tail[size - 1 - (size_t)i] = (unsigned char)(s->len * 8 >> 8 * i);
  take_blocks(s, tail, size / 64);
  for (int i = 0; i < 64; i++)
    hex[i] = "0123456789abcdef"[s->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
  hex[64] = '\0';
}

void pm_sha256(const void *bytes, size_t len, char *hex) {
  pm_sha256_state s;
  pm_sha256_begin(&s);
  pm_sha256_add(&s, bytes, len);
  pm_sha256_end(&s, hex);
}
