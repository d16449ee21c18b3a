#include "text/squeeze.h"

#include "text/chars.h"
#include "text/utf8.h"

/* 1: white space, or the first byte of a space separator. */
static const uint8_t odd[256] = {
    ['\t'] = 1, ['\n'] = 1, ['\r'] = 1, [' '] = 1,
    [0xC2] = 1, [0xE1] = 1, [0xE2] = 1, [0xE3] = 1,
};

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
    while (p < end && !odd[(unsigned char)*p])
      p++;
    memcpy(o, at, (size_t)(p - at));
    o += p - at;
  }
  out->len = (size_t)(o - out->at);
  return 0;
}
