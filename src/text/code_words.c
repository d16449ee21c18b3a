#include "text/code_words.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* An operator that stands alone weighs as much as a short name. */
enum { OPERATOR = 3 };

/* What signs say: of code wherever they stand, of code in a name, in a name
 * between two words; what may stand around a word. */
enum { SIGN = 1, IN_NAME = 2, JOINT = 4, BEFORE = 8, AFTER = 16, LETTER = 32 };

#define LETTERS(a)                                                             \
  [a] = LETTER, [a + 1] = LETTER, [a + 2] = LETTER, [a + 3] = LETTER,          \
  [a + 4] = LETTER

static const uint8_t kinds[128] = {
    ['{'] = SIGN,
    ['}'] = SIGN,
    ['<'] = SIGN,
    ['>'] = SIGN,
    ['='] = SIGN,
    ['|'] = SIGN,
    ['\\'] = SIGN,
    ['^'] = SIGN,
    ['~'] = SIGN,
    ['['] = IN_NAME | BEFORE,
    [']'] = IN_NAME | AFTER,
    ['_'] = IN_NAME,
    ['@'] = IN_NAME,
    [';'] = IN_NAME | AFTER,
    ['.'] = JOINT | AFTER,
    [':'] = JOINT | AFTER,
    ['('] = BEFORE,
    [')'] = AFTER,
    ['"'] = BEFORE | AFTER,
    ['\''] = BEFORE | AFTER,
    [','] = AFTER,
    ['!'] = AFTER,
    ['?'] = AFTER,
    LETTERS('a'),
    LETTERS('f'),
    LETTERS('k'),
    LETTERS('p'),
    LETTERS('u'),
    ['z'] = LETTER,
    LETTERS('A'),
    LETTERS('F'),
    LETTERS('K'),
    LETTERS('P'),
    LETTERS('U'),
    ['Z'] = LETTER,
};

static bool is(char c, unsigned what) {
  return kinds[(unsigned char)c & 127] & what;
}

/* "os.path", but not "e.g." */
static bool is_joint(const char *p, const char *at, const char *end) {
  return at - p >= 2 && end - at > 2 && is(at[-2], LETTER) &&
         is(at[-1], LETTER) && is(at[1], LETTER) && is(at[2], LETTER);
}

static bool is_code(const char *p, const char *end, size_t letters) {
  int slashes = 0;
  for (const char *at = p; at < end; at++) {
    if (is(*at, LETTER))
      continue;
    if (is(*at, SIGN))
      return true;
    if (letters == 0)
      continue;
    slashes += *at == '/';
    if (is(*at, IN_NAME) || slashes > 1 ||
        (*at == '(' && at > p && is(at[-1], LETTER)) ||
        (at > p && *at == ':' && at[-1] == ':') ||
        (is(*at, JOINT) && is_joint(p, at, end)))
      return true;
  }
  return false;
}

double pm_code_share(const char *text, size_t len) {
  size_t all = 0, code = 0;
  for (const char *p = text, *end = text + len; p < end;) {
    if ((unsigned char)*p <= ' ' || *p & 0x80) {
      all += (unsigned char)*p++ >= 0xC0; /* a letter's first byte */
      continue;
    }
    size_t letters = 0;
    const char *word = p;
    for (; p<end && * p> ' ' && !(*p & 0x80); p++)
      letters += is(*p, LETTER);
    const char *last = p;
    bool called = last - word > 2 && memcmp(last - 2, ");", 2) == 0;
    while (word < last && is(*word, BEFORE))
      word++;
    while (word < last && is(last[-1], AFTER))
      last--;
    bool found = called || is_code(word, last, letters);
    if (found && letters == 0)
      letters = OPERATOR;
    all += letters;
    code += found ? letters : 0;
  }
  return all > 0 ? (double)code / (double)all : 0;
}
