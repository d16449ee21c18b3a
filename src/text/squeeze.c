#include "text/squeeze.h"

#include "text/chars.h"
#include "text/utf8.h"
#include "text/vector.h"

/* 1: white space, or the first byte of a space separator. */
static const uint8_t odd[256] = {
    ['\t'] = 1, ['\n'] = 1, ['\r'] = 1, [' '] = 1,
    [0xC2] = 1, [0xE1] = 1, [0xE2] = 1, [0xE3] = 1,
};

/* A space or line end with something else on both sides. */
static int is_single(const char *p, const char *end) {
  return (*p == ' ' || *p == '\n') && p + 1 < end && !odd[(unsigned char)p[1]];
}

/* The end of what is as it should be, after a character that is. */
static const char *skip(const char *p, const char *end) {
  for (;;) {
    while (end - p > PM_VECTOR) {
      pm_vector v = pm_vector_load(p), next = pm_vector_load(p + 1);
      pm_vector twice = pm_vector_blanks(v) & pm_vector_blanks(next);
      pm_vector other = (pm_vector)(v == '\t') | (pm_vector)(v == '\r') |
                        (pm_vector)(next == '\t') | (pm_vector)(next == '\r');
      if (pm_vector_any((v & 0x80) | (next & 0x80) | twice | other))
        break;
      p += PM_VECTOR;
    }
    const char *stop = end - p < PM_VECTOR ? end : p + PM_VECTOR;
    while (p < stop && (!odd[(unsigned char)*p] || is_single(p, end)))
      p++;
    if (p < stop || p == end)
      return p;
  }
}

int pm_squeeze(const char *text, size_t len, pm_buffer *out) {
  const char *p = text, *end = text + len;
  if (len == 0)
    return 0;
  if (pm_buffer_room(out, len) != 0)
    return -1;
  char *o = out->at + out->len;
  size_t lines = 0;
  int blank = 0;
  for (;;) {
    const char *at = p;
    uint32_t c = p < end ? pm_utf8_next(&p) : 0;
    if (at < end && (c == '\n' || c == '\r')) {
      p += c == '\r' && p < end && *p == '\n';
      lines++;
      blank = 0;
      continue;
    }
    if (c == ' ' || c == '\t' ||
        (c >= 0x80 && (pm_char_kind(c) & PM_TYPE_MASK) == PM_SPACE)) {
      blank = 1;
      continue;
    }
    for (; lines > 0; lines = lines > 2 ? 1 : lines - 1)
      *o++ = '\n';
    if (at == end)
      break;
    if (blank)
      *o++ = ' ';
    blank = 0;
    p = skip(p, end);
    memcpy(o, at, (size_t)(p - at));
    o += p - at;
  }
  out->len = (size_t)(o - out->at);
  return 0;
}
