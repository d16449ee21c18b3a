/*
 * Valid UTF-8 out of a fuzzer's bytes, so that it meets many kinds of
 * character: a byte below 0x80 is itself; one above picks a block, and the
 * byte after it a character in the block.
 */
#ifndef PM_FUZZ_TEXT_H
#define PM_FUZZ_TEXT_H

#include "fuzz.h"
#include "text/utf8.h"

static inline uint32_t fuzz_character(uint8_t block, uint8_t index) {
  static const uint32_t blocks[] = {
      0x80,    0x100,   0x180,   0x280,   0x300,   0x340,   0x370,   0x400,
      0x590,   0x600,   0x640,   0x900,   0x980,   0xB80,   0xD00,   0xD80,
      0xE00,   0xF00,   0x1000,  0x1100,  0x1160,  0x1780,  0x1800,  0x1AB0,
      0x1E00,  0x1E80,  0x1F00,  0x1F80,  0x2000,  0x2060,  0x20D0,  0x2100,
      0x2200,  0x2460,  0x2E00,  0x3000,  0x3080,  0x3300,  0x4E00,  0xA640,
      0xAC00,  0xD780,  0xF900,  0xFB00,  0xFB40,  0xFD80,  0xFE00,  0xFEF0,
      0xFF00,  0xFF70,  0xFFE0,  0x11080, 0x1D150, 0x1D400, 0x1E900, 0x1F1E0,
      0x1F380, 0x1F400, 0x1F900, 0x2F800, 0xE0000, 0xE0100, 0xF0000, 0x10FF80};
  uint32_t c = blocks[block & 63] + (index & 127);
  return c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c;
}

/* Returns a block to free() of the exact size, its length in `len`. */
static inline char *fuzz_text(const uint8_t *data, size_t size, size_t *len) {
  static char text[4 << 12];
  char *o = text;
  for (size_t i = 0; i < size && o - text < (4 << 12) - 4; i++) {
    uint32_t c = data[i];
    if (c >= 0x80)
      c = i + 1 < size ? fuzz_character(data[i], data[i + 1]) : 'x', i++;
    o += pm_utf8_write(o, c);
  }
  *len = (size_t)(o - text);
  return fuzz_copy(text, *len);
}

#endif
