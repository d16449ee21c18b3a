#include "text/sentence_item.h"

#include <stdio.h>
#include <string.h>

static int is_blank(unsigned char c) {
  return c == ' ' || c == '\t';
}

/* The bytes of the bullet at `at`, or 0. */
static size_t bullet(const unsigned char *s, size_t len, size_t at) {
  static const char *const bullets[] = {"\u2022", "\u2043", "\u2023", "\u25E6",
                                        "\u25AA", "\u00B7", NULL};
  if (at == len || s[at] < 0x80)
    return at < len && s[at] == '*';
  for (const char *const *b = bullets; *b; b++) {
    size_t size = strlen(*b);
    if (len - at >= size && memcmp(s + at, *b, size) == 0)
      return size;
  }
  return 0;
}

static size_t skip_blanks(const unsigned char *s, size_t len, size_t at) {
  while (at < len && is_blank(s[at]))
    at++;
  return at;
}

pm_sentence_item pm_sentence_item_at(const unsigned char *s, size_t len,
                                     size_t at) {
  pm_sentence_item item = {.end = at};
  at = skip_blanks(s, len, at);
  if (at < len && s[at] >= 'A' && s[at] <= 'Z') /* most begin so */
    return item;
  at += bullet(s, len, at);
  at = skip_blanks(s, len, at);

  size_t start = at;
  unsigned ordinal = 0;
  while (at < len && at - start < 3 && s[at] >= '0' && s[at] <= '9')
    ordinal = ordinal * 10 + s[at++] - '0';
  enum pm_item_kind kind = at > start ? PM_ITEM_NUMBER : PM_ITEM_LETTER;
  if (at == start && at < len && s[at] >= 'a' && s[at] <= 'z')
    ordinal = s[at++];
  if (at == start)
    return item;

  size_t mark = at;
  at += at < len && s[at] == '.';
  at += at < len && s[at] == ')';
  if (at == mark || at == len || !is_blank(s[at]))
    return item;
  item.kind = kind;
  item.ordinal = ordinal;
  memcpy(item.mark, s + mark, at - mark);
  item.end = at;
  return item;
}

size_t pm_sentence_item_next(const pm_sentence_item *item,
                             const unsigned char *s, size_t len, size_t first,
                             size_t at) {
  if (item->kind == PM_ITEM_NONE || s[at] != (unsigned char)item->mark[0])
    return 0;
  size_t marks = strlen(item->mark);
  if (len - at < marks || memcmp(s + at, item->mark, marks) != 0 ||
      (at + marks < len && !is_blank(s[at + marks])))
    return 0;

  char ordinal[12];
  int size =
      snprintf(ordinal, sizeof ordinal,
               item->kind == PM_ITEM_NUMBER ? "%u" : "%c", item->ordinal + 1);
  size_t start = at - (size_t)size;
  if (at < first + (size_t)size + 1 ||
      memcmp(s + start, ordinal, (size_t)size) != 0)
    return 0;
  /* the bullet before it, if it has one */
  size_t end = start;
  while (start > first && is_blank(s[start - 1]))
    start--;
  for (size_t back = 1; back <= 3 && start >= first + back; back++)
    if (bullet(s, start, start - back) == back)
      return start - back;
  return start < end ? end : 0;
}
