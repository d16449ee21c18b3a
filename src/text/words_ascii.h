/* The ASCII bytes of a block of 64 by what they do in words. */
#ifndef PM_TEXT_WORDS_ASCII_H
#define PM_TEXT_WORDS_ASCII_H

#include <stdint.h>
#include <string.h>

typedef struct word_ascii {
  uint64_t letter, digit, underscore;
  uint64_t mid_letter; /* : . '    between letters */
  uint64_t mid_digit;  /* , ; . '  between digits */
  uint64_t space;
  uint64_t line_end; /* CR, LF */
  uint64_t high;     /* bytes that are not ASCII */
} word_ascii;

#endif
