#include "text/punct.h"

#include <utf8proc.h>

#include "text/chars.h"
#include "text/utf8.h"

static unsigned class_of(unsigned type) {
  static const uint8_t classes[] = {
      [PM_QUOTE_SINGLE] = PM_PUNCT_QUOTES, [PM_QUOTE_DOUBLE] = PM_PUNCT_QUOTES,
      [PM_DASH] = PM_PUNCT_DASHES,         [PM_DASH_LONG] = PM_PUNCT_DASHES,
      [PM_SPACE] = PM_PUNCT_SPACES,        [PM_ELLIPSIS] = PM_PUNCT_ELLIPSES,
      [PM_LIGATURE] = PM_PUNCT_LIGATURES,
  };
  return classes[type];
}

static int add_letters(pm_buffer *out, uint32_t ligature) {
  int32_t letters[8];
  int boundary = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(
      (utf8proc_int32_t)ligature, letters, 8,
      (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE), &boundary);
  if (pm_buffer_room(out, 32) != 0)
    return -1;
  for (utf8proc_ssize_t i = 0; i < n; i++)
    out->len += pm_utf8_write(out->at + out->len, (uint32_t)letters[i]);
  return 0;
}

static int add_ascii(pm_buffer *out, unsigned type, uint32_t c) {
  switch (type) {
  case PM_QUOTE_SINGLE: return pm_buffer_add(out, "'", 1);
  case PM_QUOTE_DOUBLE: return pm_buffer_add(out, "\"", 1);
  case PM_DASH: return pm_buffer_add(out, "-", 1);
  case PM_DASH_LONG: return pm_buffer_add(out, "--", 2);
  case PM_SPACE: return pm_buffer_add(out, " ", 1);
  case PM_ELLIPSIS: return pm_buffer_add(out, "...", c == 0x2025 ? 2 : 3);
  default: return add_letters(out, c);
  }
}

int pm_punct_ascii(const char *text, size_t len, unsigned classes,
                   pm_buffer *out) {
  const char *p = text, *end = text + len, *copied = text;
  while ((p = pm_utf8_skip_ascii(p, end)) < end) {
    const char *at = p;
    uint32_t c = pm_utf8_next(&p);
    unsigned type = pm_char_kind(c) & PM_TYPE_MASK;
    if (!(class_of(type) & classes))
      continue;
    if (pm_buffer_add(out, copied, (size_t)(at - copied)) != 0 ||
        add_ascii(out, type, c) != 0)
      return -1;
    copied = p;
  }
  return pm_buffer_add(out, copied, (size_t)(end - copied));
}

/* What stands beside a mark: 0 and blanks are one thing at the text's ends. */
static int is_blank(uint32_t c) {
  return c == 0 || pm_char_kind(c) & PM_BLANK;
}

static int is_digit(uint32_t c) {
  return (pm_char_kind(c) & PM_DIGIT) != 0;
}

/* A quote opens after a blank, a bracket, a dash or another opening quote. */
static int opens(uint32_t before) {
  unsigned type = pm_char_kind(before) & PM_TYPE_MASK;
  return is_blank(before) || before == '(' || before == '[' || before == '{' ||
         before == '/' || before == '-' || before == 0x2018 ||
         before == 0x201C || type == PM_DASH || type == PM_DASH_LONG;
}

static uint32_t curly_single(uint32_t before, uint32_t after) {
  if (is_blank(before) && is_blank(after))
    return '\'';
  /* The '90s leave out a century: that is an apostrophe. */
  return opens(before) && !is_digit(after) ? 0x2018 : 0x2019;
}

static uint32_t curly_double(uint32_t before, uint32_t after, int *open) {
  if ((is_blank(before) && is_blank(after)) || (!*open && is_digit(before)))
    return '"'; /* alone, or inches */
  *open = opens(before);
  return *open ? 0x201C : 0x201D;
}

/* The character before the mark, as it was written. */
static uint32_t last_of(const pm_buffer *out, size_t start) {
  if (out->len == start)
    return 0;
  const char *p = pm_utf8_back(out->at + out->len);
  return pm_utf8_next(&p);
}

int pm_punct_typographic(const char *text, size_t len, unsigned classes,
                         pm_buffer *out) {
  const char *p = text, *end = text + len, *copied = text;
  size_t start = out->len;
  int open = 0;
  for (; p < end; p++) {
    char c = *p;
    unsigned class = c == '\'' || c == '"' ? PM_PUNCT_QUOTES
                     : c == '-'            ? PM_PUNCT_DASHES
                     : c == '.'            ? PM_PUNCT_ELLIPSES
                                           : 0;
    if (!(class & classes)) {
      open = open && c != '\n';
      continue;
    }
    if (pm_buffer_add(out, copied, (size_t)(p - copied)) != 0 ||
        pm_buffer_room(out, 4) != 0)
      return -1;
    copied = p;
    size_t n = 1;
    if (class != PM_PUNCT_QUOTES)
      while (p + n < end && p[n] == c)
        n++;
    const char *next = p + n;
    uint32_t before = last_of(out, start);
    uint32_t after = next < end ? pm_utf8_next(&next) : 0;
    uint32_t to = 0;
    if (c == '\'')
      to = curly_single(before, after);
    else if (c == '"')
      to = curly_double(before, after, &open);
    else if (c == '.' && n == 3)
      to = 0x2026;
    else if (c == '-' && (n == 2 || n == 3))
      to = 0x2014;
    else if (c == '-' && n == 1 && before == ' ' && after == ' ')
      to = 0x2013;
    if (to) {
      out->len += pm_utf8_write(out->at + out->len, to);
      copied = p + n;
    }
    p += n - 1;
  }
  return pm_buffer_add(out, copied, (size_t)(end - copied));
}
