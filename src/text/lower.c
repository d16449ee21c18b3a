#include "text/lower.h"

#include <string.h>

#include <utf8proc.h>

#include "text/utf8.h"

size_t pm_lower(const char *text, size_t len, char *out) {
  const char *p = text, *end = text + len;
  char *to = out;
  while (p < end) {
    unsigned char c = (unsigned char)*p;
    if (c < 0x80) {
      *to++ = (char)(c + ((unsigned)(c - 'A') < 26u ? 32 : 0));
      p++;
      continue;
    }
    uint32_t code;
    int size = pm_utf8_read(p, end, &code);
    if (size > 0) {
      to +=
          pm_utf8_write(to, (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
      p += size;
    } else {
      memcpy(to, p, (size_t)-size);
      to -= size;
      p -= size;
    }
  }
  return (size_t)(to - out);
}
