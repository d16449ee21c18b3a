#include "text/script.h"

#include "text/chars.h"
#include "text/script_table.h"
#include "text/utf8.h"

unsigned pm_script_of(uint32_t c) {
  return pm_script_block[pm_script_index[c >> 6]][c & 63];
}

unsigned pm_scripts(void) {
  return SCRIPTS;
}

const char *pm_script_name(unsigned script) {
  return script_names[script];
}

void pm_script_count(const char *p, size_t len, size_t *counts) {
  const char *end = p + len;
  while (p < end) {
    unsigned char byte = (unsigned char)*p;
    if (byte < 0x80) {
      counts[LATIN] += (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
      p++;
      continue;
    }
    uint32_t c = pm_utf8_next(&p);
    if (pm_char_kind(c) & PM_LETTER)
      counts[pm_script_of(c)]++;
  }
  counts[0] = counts[1] = 0;
}

pm_script_known pm_script_is(unsigned script) {
  switch (script) {
  case 0:
  case 1: return PM_SCRIPT_NONE;
  case LATIN: return PM_SCRIPT_LATIN;
  case CYRILLIC: return PM_SCRIPT_CYRILLIC;
  case HAN: return PM_SCRIPT_HAN;
  case HIRAGANA:
  case KATAKANA: return PM_SCRIPT_KANA;
  case BOPOMOFO: return PM_SCRIPT_BOPOMOFO;
  case HANGUL: return PM_SCRIPT_HANGUL;
  default: return PM_SCRIPT_OTHER;
  }
}
