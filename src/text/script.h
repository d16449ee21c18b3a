/*
 * Writing systems: which ones a text is in.
 */
#ifndef PM_SCRIPT_H
#define PM_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

/* Source: Scripts.txt of Unicode 15.0. 0 is Common, 1 Inherited. */
unsigned pm_script_of(uint32_t c);
unsigned pm_scripts(void);
const char *pm_script_name(unsigned script);

/* Adds to `counts` [pm_scripts()] the letters of each script in `text` [len],
 * valid UTF-8; punctuation, digits and marks of many scripts do not count. */
void pm_script_count(const char *text, size_t len, size_t *counts);

/* The scripts that code asks about by name. */
typedef enum pm_script_known {
  PM_SCRIPT_NONE, /* Common, Inherited */
  PM_SCRIPT_OTHER,
  PM_SCRIPT_LATIN,
  PM_SCRIPT_CYRILLIC,
  PM_SCRIPT_HAN,
  PM_SCRIPT_KANA,
  PM_SCRIPT_BOPOMOFO,
  PM_SCRIPT_HANGUL,
} pm_script_known;

pm_script_known pm_script_is(unsigned script);

#endif
