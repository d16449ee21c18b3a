#include "text/mojibake_read.h"

/* Bits for a byte that is lost, and for a space in place of U+00A0. */
enum { LOST = 3, SPACE = 2 };

/* The charsets that have the no-break space at 0xA0. */
static const unsigned nbsp_at_a0 = (1u << PM_AS_MAC) - 1;

static int length_of(unsigned lead) {
  return lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* The character that the bytes spell, or 0. */
static uint32_t decode(const unsigned *byte, int length) {
  uint32_t c = byte[0] & (0x7Fu >> length);
  for (int i = 1; i < length; i++)
    c = c << 6 | (byte[i] & 0x3F);
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  return c < least[length] || c > 0x10FFFF ? 0 : c;
}

/* Reads a sequence that may spell half of a surrogate pair. */
static pm_reading read_one(const uint32_t *c, unsigned charset,
                           int keeps_space) {
  static const pm_reading none = {0, 0, 0};
  unsigned byte[4] = {pm_misread_of(c[0])->byte[charset]};
  int length = length_of(byte[0]), spaces = 0, lost = 0, asked = 0;
  if (length == 2 && keeps_space && byte[0] == 0xC3 && c[1] == ' ' &&
      nbsp_at_a0 >> charset & 1)
    return (pm_reading){0xE0, 1, SPACE};
  for (int i = 1; i < length; i++) {
    byte[i] = pm_misread_of(c[i])->byte[charset];
    if (byte[i] >= 0x80 && byte[i] <= 0xBF)
      continue;
    if (c[i] == ' ' && nbsp_at_a0 >> charset & 1 && !spaces) {
      byte[i] = 0xA0;
      spaces++;
    } else if (c[i] == 0xFFFD) {
      byte[i] = 0x80;
      lost++;
    } else if (c[i] == '?' && !asked && (length > 2 || byte[0] < 0xC4)) {
      byte[i] = 0x80;
      lost++;
      asked++;
    } else {
      return none;
    }
  }
  if (length == 0)
    return none;
  if (lost)
    return (pm_reading){0xFFFD, length, LOST + SPACE * spaces};
  return (pm_reading){decode(byte, length), length, SPACE * spaces};
}

pm_reading pm_mojibake_read(const uint32_t *c, unsigned charset,
                            int keeps_space) {
  pm_reading one = read_one(c, charset, keeps_space);
  if (one.c >= 0xD800 && one.c <= 0xDFFF) {
    pm_reading low = {0, 0, 0};
    if (one.c < 0xDC00)
      low = read_one(c + one.length, charset, 0);
    if (low.c >= 0xDC00 && low.c <= 0xDFFF) {
      one.c = 0x10000 + ((one.c - 0xD800) << 10 | (low.c - 0xDC00));
      one.length += low.length;
      one.bits += low.bits;
    } else {
      one.length = 0;
    }
  }
  if (one.c == 0)
    one.length = 0;
  return one;
}
