/*
 * Case folding that keeps each letter as long as it is in UTF-8, so that a
 * place in the folded text is the same place in the text.
 */
#ifndef PM_TEXT_PHRASES_FOLD_H
#define PM_TEXT_PHRASES_FOLD_H

#include <stddef.h>
#include <stdint.h>

/* The folded forms [0x800] of U+0000..U+07FF, to be freed; NULL when memory is
 * short. */
uint16_t *pm_phrases_fold_table(void);

/*
 * Writes the folded `text` [len] to `out` [len]. Without a table only ASCII is
 * folded. Malformed bytes stay as they are, and so do letters whose two cases
 * take different numbers of bytes.
 */
void pm_phrases_fold_text(const uint16_t *table, const char *text, size_t len,
                          char *out);

static inline char pm_phrases_fold_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

#endif
