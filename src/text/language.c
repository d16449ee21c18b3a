#include "text/language.h"

#include <math.h>
#include <string.h>

#include "text/code_words.h"
#include "text/language_cld2.h"
#include "text/mojibake_table.h"
#include "text/utf8.h"

/* Codes that CLD2 has from before BCP 47 settled, or for pieces of text. */
static const char *const renamed[][2] = {
    {"iw", "he"}, {"jw", "jv"},  {"in", "id"}, {"mo", "ro"},
    {"un", ""},   {"bh", "bho"}, {"xx", ""},
};

static const char *code_of(const char *code) {
  if (strncmp(code, "xx-", 3) == 0)
    return "";
  for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
    if (strcmp(code, renamed[i][0]) == 0)
      return renamed[i][1];
  return code;
}

static int is_one_of(const char *code, const char *list) {
  size_t len = strcspn(code, "-");
  for (const char *p = list; *p; p += strcspn(p, " "), p += *p == ' ')
    if (strncmp(p, code, len) == 0 && (p[len] == ' ' || !p[len]))
      return 1;
  return 0;
}

/* How often such an answer is right: logistic regression by
 * scripts/language_fit.lua, but for code: of the least weight that leaves lines
 * of C and Python and addresses, said to be English, below a half. */
static double confidence_of(const pm_languages *f, double code_share) {
  static const char alone[] = "el he hy ka ja ko th ta te gu pa bn";
  static const char twins[] = "bs hr sr id ms no da nn";
  const char *code = f->top[0].code;
  double sum = -6.640 - 0.358 * f->reliable +
               0.767 * log2((double)f->letters + 1) + 5.096 * f->top[0].share +
               3.398 * is_one_of(code, alone) - 1.482 * is_one_of(code, twins) -
               5 * code_share;
  return 1 / (1 + exp(-sum));
}

/* CLD2 reads a few bytes beyond the end. */
enum { BEYOND = 8 };

/* Whether CLD2 may see `c`: it goes astray on characters that no text has. */
static int is_letter(uint32_t c) {
  unsigned kind = pm_kind_of(c);
  return (pm_kind_script[kind] != 0 || (c >= 0x300 && c < 0x370)) &&
         (c < 0x10000 || (c >= 0x20000 && c < 0x2FA20));
}

/* Writes the text with a space for all that is no letter but ASCII. */
static int copy_letters(const char *p, const char *end, pm_buffer *to) {
  to->len = 0;
  if (pm_buffer_room(to, (size_t)(end - p) + BEYOND) != 0)
    return -1;
  char *o = to->at;
  while (p < end) {
    const char *from = p;
    uint32_t c = pm_utf8_next(&p);
    if (c < 0x80) {
      *o++ = (char)(c >= 0x20 && c < 0x7F ? c : ' ');
    } else if (is_letter(c)) {
      memcpy(o, from, (size_t)(p - from));
      o += p - from;
    } else {
      *o++ = ' ';
    }
  }
  to->len = (size_t)(o - to->at);
  memset(o, ' ', BEYOND);
  return 0;
}

int pm_language_find(const char *text, size_t len, const char *hint,
                     pm_buffer *work, pm_languages *found) {
  pm_cld2 answer;
  if (copy_letters(text, text + len, work) != 0)
    return -1;
  pm_cld2_ask(work->at, (int)work->len, hint, 1, &answer);
  int n = 0;
  for (int i = 0; i < PM_LANGUAGES; i++) {
    const char *code = code_of(answer.code[i]);
    if (*code)
      found->top[n++] =
          (pm_language){code, answer.percent[i] / 100.0, answer.score[i]};
  }
  if (n == 0)
    return 0;
  for (; n < PM_LANGUAGES; n++)
    found->top[n] = (pm_language){"", 0, 0};
  found->letters = (size_t)answer.bytes;
  found->reliable = answer.reliable;
  found->confidence = confidence_of(found, pm_code_share(text, len));
  return 1;
}
