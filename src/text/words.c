/*
 * The word rules, a character at a time. Rule numbers are those of UAX #29.
 *
 * A segment is read from its start, so all that has to be known of the past is
 * the last character that is not skipped by WB4 and the very last one.
 */
#include "text/words.h"

#include <string.h>

#include "text/class.h"
#include "text/words_path.h"

static int is_newline(unsigned c) {
  return c >= PM_WORD_CR && c <= PM_WORD_NEWLINE;
}

/* WB4: what a character carries along */
static int is_skipped(unsigned c) {
  return c >= PM_WORD_EXTEND && c <= PM_WORD_ZWJ;
}

static int is_letter(unsigned c) { /* AHLetter */
  return c >= PM_WORD_LETTER && c <= PM_WORD_HEBREW_LETTER;
}

static int is_pictograph(unsigned c) {
  return c == PM_WORD_PICT || c == PM_WORD_PICT_LETTER;
}

static int makes_word(unsigned c) {
  return c >= PM_WORD_KATAKANA;
}

/* WB6, WB7 */
static int joins_letters(unsigned c) {
  return c >= PM_WORD_MID_NUM_LET && c <= PM_WORD_MID_LETTER;
}

/* WB11, WB12 */
static int joins_digits(unsigned c) {
  return c >= PM_WORD_MID_NUM && c <= PM_WORD_SINGLE_QUOTE;
}

/* WB5, WB8 to WB10, WB13 to WB13b: do the two belong together as they stand? */
static int joins(unsigned before, unsigned c) {
  switch (before) {
  case PM_WORD_LETTER:
  case PM_WORD_PICT_LETTER:
  case PM_WORD_HEBREW_LETTER:
  case PM_WORD_NUMERIC:
    return is_letter(c) || c == PM_WORD_NUMERIC || c == PM_WORD_EXTEND_NUM_LET;
  case PM_WORD_KATAKANA:
    return c == PM_WORD_KATAKANA || c == PM_WORD_EXTEND_NUM_LET;
  case PM_WORD_EXTEND_NUM_LET:
    return c >= PM_WORD_EXTEND_NUM_LET && c <= PM_WORD_HEBREW_LETTER;
  default: return 0;
  }
}

/* The class of the first character from `at` on that WB4 does not skip. */
static unsigned class_after(const unsigned char *text, size_t len, size_t at) {
  while (at < len) {
    unsigned size, c = pm_word_class(text + at, len - at, &size);
    if (!is_skipped(c))
      return c;
    at += size;
  }
  return PM_WORD_OTHER;
}

/* Does `c` stand between two letters or two digits, or after a Hebrew letter,
 * so that it belongs to the word? `after` is where it ends. */
static int is_inside(unsigned before, unsigned c, const unsigned char *text,
                     size_t len, size_t after) {
  if (is_letter(before)) {
    if (before == PM_WORD_HEBREW_LETTER) {
      if (c == PM_WORD_SINGLE_QUOTE) /* WB7a */
        return 1;
      if (c == PM_WORD_DOUBLE_QUOTE) /* WB7b */
        return class_after(text, len, after) == PM_WORD_HEBREW_LETTER;
    }
    return joins_letters(c) && is_letter(class_after(text, len, after));
  }
  return before == PM_WORD_NUMERIC && joins_digits(c) &&
         class_after(text, len, after) == PM_WORD_NUMERIC;
}

size_t pm_word_end(const unsigned char *text, size_t len, size_t at,
                   int *is_word) {
  unsigned size, before = pm_word_class(text + at, len - at, &size);
  unsigned last = before; /* the character just read */
  int odd_flag = before == PM_WORD_RI;
  *is_word = makes_word(before);
  at += size;
  if (is_newline(before)) /* WB3a */
    return at + (before == PM_WORD_CR && at < len && text[at] == '\n'); /* 3 */

  for (; at < len; at += size) {
    unsigned c = pm_word_class(text + at, len - at, &size);
    if (is_skipped(c)) { /* WB4 */
      last = c;
      continue;
    }
    if (joins(before, c) || (last == PM_WORD_ZWJ && is_pictograph(c)) ||
        (last == PM_WORD_SPACE && c == PM_WORD_SPACE)) { /* WB3c, WB3d */
      before = last = c;
      *is_word |= makes_word(c);
    } else if (is_inside(before, c, text, len, at + size)) {
      /* WB7 and WB12 look back across it: a lone quote after a Hebrew letter
       * is all that does not lead on to a character like `before` */
      if (c == PM_WORD_SINGLE_QUOTE &&
          !is_letter(class_after(text, len, at + size)) &&
          before == PM_WORD_HEBREW_LETTER)
        before = c;
      last = c;
    } else if (odd_flag && before == PM_WORD_RI &&
               c == PM_WORD_RI) { /* WB15, WB16 */
      odd_flag = 0;
      last = c;
    } else {
      break;
    }
  }
  return at;
}

size_t pm_words_next_plain(pm_words *it, pm_span *out, size_t room) {
  size_t count = 0;
  while (count < room && it->at < it->len) {
    int is_word;
    size_t end = pm_word_end(it->text, it->len, it->at, &is_word);
    if (is_word || it->all)
      out[count++] = (pm_span){(uint32_t)it->at, (uint32_t)end};
    it->at = end;
  }
  return count;
}

pm_words_path *pm_words_path_named(const char *name) {
#ifdef PM_WORDS_X86
  if (strcmp(name, "avx512") == 0)
    return pm_words_have_avx512() ? pm_words_next_avx512 : NULL;
  if (strcmp(name, "avx2") == 0)
    return pm_words_have_avx2() ? pm_words_next_avx2 : NULL;
#endif
  return strcmp(name, "portable") == 0 ? pm_words_next_portable
         : strcmp(name, "plain") == 0  ? pm_words_next_plain
                                       : NULL;
}

size_t pm_words_next(pm_words *it, pm_span *out, size_t room) {
#ifdef PM_WORDS_X86
  if (pm_words_have_avx512())
    return pm_words_next_avx512(it, out, room);
  if (pm_words_have_avx2())
    return pm_words_next_avx2(it, out, room);
#endif
  return pm_words_next_portable(it, out, room);
}
