/*
 * One pass with a table of byte classes. Bytes from 0x80 are letters unless
 * they begin one of the few signs that matter here: the Latin-1 signs
 * (C2 xx), general punctuation (E2 80 xx to E2 9F xx) and CJK punctuation
 * (E3 80 xx). A character of CJK or kana is a word of its own, as there are
 * no blanks between them.
 */
#include "text/term.h"

#include "text/utf8.h"

enum { BLANK, LETTER, CAPITAL, DIGIT, HIGH, APOSTROPHE, SIGN };

/* The class of each byte: the table that 32 bytes a row spell out. */
static const uint8_t class_table[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6, 5, 6, 6, 6, 6, 6, 6, 6, 6,
    3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 6, 6, 6, 6, 6, 6, 6, 2, 2, 2, 2, 2, 2, 2,
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 6, 6, 6, 6, 1,
    6, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 6, 6, 6, 6, 0, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
    4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
    4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
    4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
    4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
    4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,
};

static inline uint8_t class_of(uint8_t c) {
  return class_table[c];
}

static pm_term_kind sign_of(uint8_t c) {
  switch (c) {
  case '.':
  case '!':
  case '?': return PM_TERM_STOP;
  case ',':
  case ';': return PM_TERM_COMMA;
  case ':': return PM_TERM_COLON;
  case '"': return PM_TERM_QUOTE;
  case '(':
  case ')':
  case '[':
  case ']':
  case '{':
  case '}': return PM_TERM_BRACKET;
  case '|':
  case '>': return PM_TERM_SEPARATOR;
  case '@': return PM_TERM_AT;
  case '-': return PM_TERM_DASH;
  default: return PM_TERM_OTHER;
  }
}

/* What begins at a byte from 0x80: a letter, a blank or a sign. */
typedef struct high {
  uint8_t length; /* in bytes */
  uint8_t class;  /* HIGH (a letter), BLANK, APOSTROPHE or SIGN */
  bool alone;     /* a word of its own */
  pm_term_kind kind;
} high;

static high sign(uint8_t length, pm_term_kind kind) {
  return (high){length, SIGN, false, kind};
}

static high latin_sign(uint8_t c) {
  switch (c) {
  case 0xa0:
  case 0xad: return (high){2, BLANK, false, PM_TERM_OTHER};
  case 0xa9: return sign(2, PM_TERM_COPYRIGHT);
  case 0xab:
  case 0xbb: return sign(2, PM_TERM_QUOTE);
  case 0xb7: return sign(2, PM_TERM_SEPARATOR);
  default: return sign(2, PM_TERM_OTHER);
  }
}

static high general_punctuation(uint8_t b, uint8_t c) {
  if (b == 0x80) {
    if (c <= 0x8f || c == 0xa8 || c == 0xa9 || c == 0xaf)
      return (high){3, BLANK, false, PM_TERM_OTHER};
    if (c >= 0x90 && c <= 0x95)
      return sign(3, PM_TERM_DASH);
    if (c == 0x98 || c == 0x99)
      return (high){3, APOSTROPHE, false, PM_TERM_QUOTE};
    if (c == 0x9c || c == 0x9d || c == 0x9e || c == 0xb9 || c == 0xba)
      return sign(3, PM_TERM_QUOTE);
    if (c == 0xa2 || c == 0xa3)
      return sign(3, PM_TERM_SEPARATOR);
    if (c == 0xa6)
      return sign(3, PM_TERM_ELLIPSIS);
    return sign(3, PM_TERM_OTHER);
  }
  /* Arrows, boxes, shapes and dingbats stand between the entries of menus. */
  return sign(3, b == 0x86 || b >= 0x94 ? PM_TERM_SEPARATOR : PM_TERM_OTHER);
}

static high cjk_punctuation(uint8_t c) {
  if (c == 0x80)
    return (high){3, BLANK, false, PM_TERM_OTHER};
  if (c == 0x81)
    return sign(3, PM_TERM_COMMA);
  if (c == 0x82)
    return sign(3, PM_TERM_STOP);
  return sign(3, c >= 0x8a && c <= 0x8f ? PM_TERM_QUOTE : PM_TERM_BRACKET);
}

static high high_at(const uint8_t *s, size_t left) {
  uint8_t a = s[0], b = left > 1 ? s[1] : 0, c = left > 2 ? s[2] : 0;
  if (a == 0xc2 && b >= 0xa0 && b <= 0xbf && b != 0xaa && b != 0xb5 &&
      b != 0xba)
    return latin_sign(b);
  if (c >= 0x80) {
    if (a == 0xe2 && b >= 0x80 && b <= 0x9f)
      return general_punctuation(b, c);
    if (a == 0xe3 && b == 0x80)
      return cjk_punctuation(c);
    if (a == 0xef && b == 0xbc && (c == 0x81 || c == 0x9f))
      return sign(3, PM_TERM_STOP);
    if (a == 0xef && b == 0xbc && c == 0x8c)
      return sign(3, PM_TERM_COMMA);
    if (a == 0xef && b == 0xbb && c == 0xbf)
      return (high){3, BLANK, false, PM_TERM_OTHER};
    if (a >= 0xe3 && a <= 0xe9)
      return (high){3, HIGH, true, PM_TERM_WORD};
  }
  uint8_t length = a >= 0xf0 ? 4 : a >= 0xe0 ? 3 : a >= 0xc0 ? 2 : 1;
  uint8_t n = 1;
  while (n < length && n < left && pm_utf8_is_tail(s[n]))
    n++;
  return (high){n, HIGH, false, PM_TERM_WORD};
}

static uint64_t hash_byte(uint64_t h, uint8_t c) {
  return (h ^ c) * UINT64_C(0x100000001b3);
}

static const uint64_t seed = UINT64_C(0xcbf29ce484222325);

/* A capital by its UTF-8 bytes: Latin-1, Greek and Cyrillic. */
static bool is_capital(const uint8_t *s, uint8_t length) {
  if (length != 2)
    return false;
  return (s[0] == 0xc3 && s[1] >= 0x80 && s[1] <= 0x9e) ||
         (s[0] == 0xce && s[1] >= 0x86 && s[1] <= 0xab) ||
         (s[0] == 0xd0 && s[1] <= 0xaf);
}

static bool link_at(const uint8_t *s, size_t left) {
  static const char *const starts[] = {"http://", "https://", "www."};
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
    size_t n = 0;
    while (starts[i][n] && n < left && (s[n] | 0x20) == (starts[i][n] | 0x20))
      n++;
    if (!starts[i][n])
      return true;
  }
  return false;
}

/* Reads the word at `i`; returns where it ends. */
static size_t read_word(const uint8_t *s, size_t len, size_t i, pm_term *out) {
  uint64_t h = seed;
  size_t letters = 0, small = 0;
  bool capital = false;
  while (i < len) {
    while (i < len && class_of(s[i]) == LETTER) {
      h = hash_byte(h, s[i++]);
      letters++;
      small++;
    }
    if (i == len)
      break;
    uint8_t c = s[i], class = class_of(c);
    if (class == LETTER || class == DIGIT) {
      small += class == LETTER;
      letters++;
      h = hash_byte(h, c);
      i++;
    } else if (class == CAPITAL) {
      capital |= letters == 0;
      letters++;
      h = hash_byte(h, c | 0x20);
      i++;
    } else if (class == HIGH) {
      high at = high_at(s + i, len - i);
      if (at.class == APOSTROPHE) {
        class = APOSTROPHE;
      } else if (at.class != HIGH || (at.alone && letters > 0)) {
        break;
      } else {
        bool big = is_capital(s + i, at.length);
        capital |= big && letters == 0;
        small += !big;
        letters++;
        for (uint8_t k = 0; k < at.length; k++) {
          bool latin = k == 1 && s[i] == 0xc3 && big;
          h = hash_byte(h, latin ? s[i + k] | 0x20 : s[i + k]);
        }
        i += at.length;
        if (at.alone)
          break;
      }
    }
    if (class == APOSTROPHE) {
      size_t after = i + (c == '\'' ? 1 : 3);
      uint8_t next = after < len ? class_of(s[after]) : BLANK;
      if (next != LETTER && next != CAPITAL)
        break;
      h = hash_byte(h, '\'');
      i = after;
    } else if (class == BLANK || class == SIGN) {
      break;
    }
  }
  out->hash = pm_term_mix(h);
  out->shape = !capital                     ? PM_TERM_LOWER
               : small == 0 && letters >= 2 ? PM_TERM_UPPER
                                            : PM_TERM_CAPITAL;
  return i;
}

/* Reads on from a digit through "1,200.50", "10:30", "4th". */
static size_t read_number(const uint8_t *s, size_t len, size_t i) {
  while (i < len) {
    uint8_t class = class_of(s[i]);
    if (class == DIGIT || class == LETTER || class == CAPITAL)
      i++;
    else if ((s[i] == '.' || s[i] == ',' || s[i] == ':') && i + 1 < len &&
             class_of(s[i + 1]) == DIGIT)
      i += 2;
    else
      break;
  }
  return i;
}

bool pm_term_next(const char *text, size_t len, size_t *at, pm_term *out) {
  const uint8_t *s = (const uint8_t *)text;
  size_t i = *at;
  while (i < len) {
    uint8_t class = class_of(s[i]);
    high wide = {1, class, false, PM_TERM_OTHER};
    if (class == HIGH)
      wide = high_at(s + i, len - i);
    if (wide.class == BLANK) {
      i += wide.length;
      continue;
    }
    *out = (pm_term){.start = i, .kind = PM_TERM_WORD};
    if (class == DIGIT) {
      out->kind = PM_TERM_NUMBER;
      out->hash = PM_TERM_NUMBER_HASH;
      i = read_number(s, len, i);
    } else if (wide.class == APOSTROPHE) {
      out->kind = PM_TERM_QUOTE;
      i += wide.length;
    } else if (wide.class == SIGN && class == HIGH) {
      out->kind = wide.kind;
      out->hash = PM_TERM_COPYRIGHT_HASH;
      i += wide.length;
    } else if (class == SIGN) {
      out->kind = sign_of(s[i]);
      if (len - i >= 3 && s[i] == '.' && s[i + 1] == '.' && s[i + 2] == '.') {
        out->kind = PM_TERM_ELLIPSIS;
        i += 2;
      }
      i++;
    } else if ((s[i] | 0x20) == 'h' || (s[i] | 0x20) == 'w') {
      if (link_at(s + i, len - i)) {
        out->kind = PM_TERM_LINK;
        out->hash = PM_TERM_LINK_HASH;
        while (i < len && class_of(s[i]) != BLANK)
          i++;
      } else {
        i = read_word(s, len, i, out);
      }
    } else {
      i = read_word(s, len, i, out);
    }
    *at = out->end = i;
    return true;
  }
  *at = len;
  return false;
}
