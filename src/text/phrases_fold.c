/* Simple case folding by utf8proc; a table for the scripts of two bytes. */
#include "text/phrases_fold.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "text/utf8.h"
#include "text/vector.h"

/* Folded simply, if the result is as long in UTF-8; else `c` itself. */
static uint32_t fold_one(uint32_t c) {
  if (c >= 0x3040 && c < 0xA640) /* scripts without case, and slow to ask */
    return c;
  uint32_t folded = (uint32_t)utf8proc_tolower(utf8proc_toupper((int32_t)c));
  char spare[4];
  return pm_utf8_write(spare, c) == pm_utf8_write(spare, folded) ? folded : c;
}

uint16_t *pm_phrases_fold_table(void) {
  uint16_t *table = malloc(0x800 * sizeof *table);
  for (uint32_t c = 0; table && c < 0x800; c++)
    table[c] = (uint16_t)(c < 0x80 ? c : fold_one(c));
  return table;
}

/* Folds ASCII, sixteen bytes at a time. */
static void fold_ascii(const char *text, size_t len, char *out) {
  size_t i = 0;
  for (; i + PM_VECTOR <= len; i += PM_VECTOR) {
    pm_vector v = pm_vector_load(text + i);
    v |= (pm_vector)(v - 'A' < 26) & 32;
    memcpy(out + i, &v, sizeof v);
  }
  for (; i < len; i++)
    out[i] = pm_phrases_fold_ascii(text[i]);
}

void pm_phrases_fold_text(const uint16_t *table, const char *text, size_t len,
                          char *out) {
  const char *end = text + len;
  while (text < end) {
    const char *stop = pm_utf8_skip_ascii(text, end);
    fold_ascii(text, (size_t)(stop - text), out);
    out += stop - text;
    text = stop;
    if (text == end)
      break;
    uint32_t c;
    int n = pm_utf8_read(text, end, &c);
    size_t step = (size_t)(n < 0 ? -n : n);
    if (n < 0 || !table)
      memcpy(out, text, step);
    else
      pm_utf8_write(out, c < 0x800 ? table[c] : fold_one(c));
    text += step;
    out += step;
  }
}
