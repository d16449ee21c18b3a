#include "text/charset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/charset_table.h"

enum {
  LABELS = sizeof labels / sizeof *labels,
  LONGEST = sizeof labels->label - 1,
  HEAD = 4096, /* bytes that are looked at for zeros */
};

static int is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

const pm_charset *pm_charset_find(const char *label, size_t len) {
  char small[LONGEST + 1];
  while (len > 0 && is_blank(*label))
    label++, len--;
  while (len > 0 && is_blank(label[len - 1]))
    len--;
  if (len > LONGEST)
    return NULL;
  for (size_t i = 0; i < len; i++)
    small[i] =
        label[i] >= 'A' && label[i] <= 'Z' ? (char)(label[i] | 0x20) : label[i];
  small[len] = 0;
  size_t low = 0, high = LABELS;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strcmp(small, labels[middle].label);
    if (order == 0)
      return &charsets[labels[middle].charset];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

const pm_charset *pm_charset_marked(const char *text, size_t len,
                                    size_t *mark) {
  static const struct {
    char bytes[4];
    uint8_t len;
    char name[10];
  } marks[] = {
      {"\xEF\xBB\xBF", 3, "utf-8"},    {"\xFF\xFE\0\0", 4, "utf-32le"},
      {"\0\0\xFE\xFF", 4, "utf-32be"}, {"\xFF\xFE", 2, "utf-16le"},
      {"\xFE\xFF", 2, "utf-16be"},     {"\x84\x31\x95\x33", 4, "gb18030"},
  };
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (len >= marks[i].len &&
        memcmp(text, marks[i].bytes, marks[i].len) == 0) {
      *mark = marks[i].len;
      return pm_charset_named(marks[i].name);
    }
  *mark = 0;
  return NULL;
}

/* Whether every other byte, from `from` on, is the upper half of a character
 * of an alphabet (U+0000 to U+1FFF), and the rest are not. Blanks alone say
 * nothing: a table of digits has a tab after each. */
static int has_upper_halves(const unsigned char *text, size_t len, int from) {
  size_t low[2] = {0}, sure = 0, half = len / 2;
  for (size_t i = 0; i < len; i++) {
    int is_upper = (i & 1) == (size_t)from;
    low[is_upper] += text[i] < 0x20;
    sure += is_upper && text[i] < 0x20 && !is_blank((char)text[i]);
  }
  return low[1] >= half - half / 8 && sure > half / 16 && low[0] <= half / 2;
}

const pm_charset *pm_charset_wide(const char *text, size_t len) {
  size_t zeros[4] = {0}, n = len < HEAD ? len & ~(size_t)3 : HEAD;
  for (size_t i = 0; i < n; i++)
    zeros[i & 3] += text[i] == 0;
  size_t quarter = n / 4, most = quarter - quarter / 8, few = quarter / 8;
  if (quarter < 2)
    return NULL;
  if (len % 4 == 0 && zeros[3] >= most && zeros[2] >= most && zeros[0] <= few)
    return pm_charset_named("utf-32le");
  if (len % 4 == 0 && zeros[0] >= most && zeros[1] >= most && zeros[3] <= few)
    return pm_charset_named("utf-32be");
  if (len % 2 == 0 && zeros[1] + zeros[3] >= quarter &&
      zeros[0] + zeros[2] <= few)
    return pm_charset_named("utf-16le");
  if (len % 2 == 0 && zeros[0] + zeros[2] >= quarter &&
      zeros[1] + zeros[3] <= few)
    return pm_charset_named("utf-16be");
  const unsigned char *bytes = (const unsigned char *)text;
  if (len % 2 == 0 && has_upper_halves(bytes, n, 1))
    return pm_charset_named("utf-16le");
  if (len % 2 == 0 && has_upper_halves(bytes, n, 0))
    return pm_charset_named("utf-16be");
  return NULL;
}

/* Whether the two bytes are of the smaller charset. */
typedef int is_small(unsigned char lead, unsigned char trail);

static int in_gb2312(unsigned char lead, unsigned char trail) {
  return lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1;
}

static int in_euc_kr(unsigned char lead, unsigned char trail) {
  return lead >= 0xA1 && trail >= 0xA1;
}

static int in_jis(unsigned char lead, unsigned char trail) {
  (void)trail;
  return lead != 0x87 && lead < 0xED;
}

static int in_tis620(unsigned char lead, unsigned char trail) {
  (void)trail;
  return lead >= 0xA1;
}

static const struct smaller {
  const char *name, *small, *large;
  is_small *is_in;
  int width;
  size_t rare; /* how many characters there are to one that is beyond it */
} smallers[] = {
    {"gb18030", "gb2312", "gb18030", in_gb2312, 2, 100},
    {"euc-kr", "euc-kr", "uhc", in_euc_kr, 2, SIZE_MAX},
    {"shift_jis", "shift_jis", "cp932", in_jis, 2, SIZE_MAX},
    {"windows-874", "tis-620", "windows-874", in_tis620, 1, 100},
};

/* In Shift JIS 0xA1 to 0xDF are characters of one byte. */
static int width_of(const struct smaller *s, unsigned char lead) {
  return s->is_in == in_jis && lead >= 0xA0 && lead < 0xE0 ? 1 : s->width;
}

const char *pm_charset_name(const pm_charset *charset, const char *text,
                            size_t len) {
  const unsigned char *p = (const unsigned char *)text, *end = p + len;
  for (size_t i = 0; i < sizeof smallers / sizeof *smallers; i++) {
    const struct smaller *s = &smallers[i];
    if (strcmp(charset->name, s->name) != 0)
      continue;
    size_t characters = 0, beyond = 0;
    for (; p < end; p++) {
      if (*p < 0x80)
        continue;
      int width = width_of(s, *p);
      if (width == 2 && end - p < 2)
        break;
      characters++;
      beyond += width == s->width && !s->is_in(*p, p[width - 1]);
      p += width - 1;
    }
    return beyond > 0 && beyond >= characters / s->rare ? s->large : s->small;
  }
  return charset->name;
}
