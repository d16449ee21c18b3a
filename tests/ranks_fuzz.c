/*
 * Property: any bytes as a rank file are refused at one of their lines, with
 * what was read before still sound, or taken; each token is then found under
 * its id, and the file written from the tokens is read as the same ones. All
 * this also where memory runs short.
 */
#include <stdio.h>

#include "fuzz.h"
#include "text/bpe_vocab.h"

/* An id may ask for 16 MiB; a fuzzer is faster with less. */
enum { ROOM = 1 << 14 };

static void *little(void *ud, void *p, size_t from, size_t to) {
  (void)ud;
  (void)from;
  if (to > ROOM)
    return NULL;
  if (to > 0)
    return realloc(p, to);
  free(p);
  return NULL;
}

static void put_token(pm_buffer *out, const char *token, size_t len,
                      uint32_t id) {
  static const char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const unsigned char *b = (const unsigned char *)token;
  for (size_t i = 0; i < len; i += 3) {
    uint32_t word = (uint32_t)b[i] << 16 |
                    (i + 1 < len ? (uint32_t)b[i + 1] << 8 : 0) |
                    (i + 2 < len ? b[i + 2] : 0u);
    char four[4];
    for (size_t k = 0; k < 4; k++)
      four[k] = k > len - i ? '=' : digits[word >> (18 - 6 * k) & 63];
    require(pm_buffer_add(out, four, 4) == 0);
  }
  char line[16];
  int n = snprintf(line, sizeof line, " %u\n", id);
  require(pm_buffer_add(out, line, (size_t)n) == 0);
}

/* Checks the tokens and writes them as a file. */
static void check(const pm_vocab *v, pm_buffer *out) {
  uint32_t count = 0;
  for (uint32_t id = 0; id < v->ids; id++) {
    size_t len;
    const char *token = pm_vocab_token_of(v, id, &len);
    if (!token)
      continue;
    count++;
    require(pm_vocab_find(v, token, len) == id);
    require(len > 1 || v->byte[(unsigned char)*token] == id);
    put_token(out, token, len, id);
  }
  require(count == v->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static pm_buffer written;
  pm_vocab v, again;
  size_t line, lines = 1;
  for (size_t i = 0; i < size; i++)
    lines += data[i] == '\n';
  char *text = fuzz_copy(data, size);
  pm_vocab_init(&v, little, NULL);
  int failed = pm_ranks_read(&v, text, size, &line);
  require(line <= lines && (!failed || line >= 1));
  written.len = 0;
  check(&v, &written);
  pm_vocab_init(&again, little, NULL);
  require(pm_ranks_read(&again, bytes_of(&written), written.len, &line) == 0);
  require(again.count == v.count && again.ids == v.ids);
  pm_vocab_close(&again);
  pm_vocab_close(&v);
  free(text);
  return 0;
}
