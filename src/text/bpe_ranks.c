/* Rank files: base64, a blank, a number, line by line. */
#include "text/bpe_vocab.h"

/* The six bits of a sign of base64, or -1. */
static int bits_of(unsigned char c) {
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Appends what the base64 of `from` [len] stands for; the length is a multiple
 * of four, with = for what is missing at the end. */
static int decode(pm_buffer *out, const char *from, size_t len) {
  if (len == 0 || len % 4 != 0)
    return PM_RANKS_LINE;
  if (pm_buffer_room(out, len / 4 * 3) != 0)
    return PM_VOCAB_MEMORY;
  size_t padding = from[len - 2] == '=' ? 2 : from[len - 1] == '=' ? 1 : 0;
  for (size_t i = 0; i < len; i += 4) {
    size_t given = i + 4 == len ? 4 - padding : 4;
    uint32_t word = 0;
    for (size_t j = 0; j < 4; j++) {
      int bits = j < given ? bits_of((unsigned char)from[i + j]) : 0;
      if (bits < 0)
        return PM_RANKS_LINE;
      word = word << 6 | (uint32_t)bits;
    }
    for (size_t j = 0; j < given - 1; j++)
      out->at[out->len++] = (char)(word >> (16 - 8 * j) & 0xFF);
  }
  return 0;
}

static int read_line(pm_vocab *v, pm_buffer *token, const char *at,
                     const char *end) {
  const char *blank = memchr(at, ' ', (size_t)(end - at));
  if (!blank || blank + 1 == end)
    return PM_RANKS_LINE;
  uint32_t id = 0;
  for (const char *p = blank + 1; p < end; p++) {
    if (*p < '0' || *p > '9')
      return PM_RANKS_LINE;
    id = id * 10 + (uint32_t)(*p - '0');
    if (id >= PM_VOCAB_IDS)
      return PM_VOCAB_RANGE;
  }
  token->len = 0;
  int failed = decode(token, at, (size_t)(blank - at));
  return failed ? failed : pm_vocab_add(v, id, token->at, token->len);
}

int pm_ranks_read(pm_vocab *v, const char *text, size_t len, size_t *line) {
  pm_buffer token = {.alloc = v->bytes.alloc, .ud = v->bytes.ud};
  const char *end = text + len;
  int failed = 0;
  for (*line = 1; text < end && !failed; ++*line) {
    const char *stop = memchr(text, '\n', (size_t)(end - text));
    const char *next = stop ? stop + 1 : end;
    if (!stop)
      stop = end;
    if (stop > text && stop[-1] == '\r')
      stop--;
    if (stop > text)
      failed = read_line(v, &token, text, stop);
    text = next;
  }
  --*line;
  pm_buffer_free(&token);
  return failed;
}
