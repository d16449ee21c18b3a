/* Lists in running text: "1. Milk 2. Bread", "a) red b) green". */
#ifndef PM_TEXT_SENTENCE_ITEM_H
#define PM_TEXT_SENTENCE_ITEM_H

#include <stddef.h>

enum pm_item_kind { PM_ITEM_NONE, PM_ITEM_NUMBER, PM_ITEM_LETTER };

typedef struct pm_sentence_item {
  enum pm_item_kind kind;
  unsigned ordinal; /* its number, or letter */
  char mark[3];     /* what follows that: ".", ")" or ".)" */
  size_t end;       /* after the mark; where it began when it is none */
} pm_sentence_item;

/* The mark of an item that text[at] begins with, after blanks and bullets:
 * up to three digits or one letter, and a blank after it. */
pm_sentence_item pm_sentence_item_at(const unsigned char *text, size_t len,
                                     size_t at);

/* If the stop at `at` stands in the mark of the item that follows this one,
 * where that begins (with its bullet); else 0. */
size_t pm_sentence_item_next(const pm_sentence_item *item,
                             const unsigned char *text, size_t len,
                             size_t first, size_t at);

#endif
