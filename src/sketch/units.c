/*
 * The plain way: ASCII words are folded through a table into 16 bytes that are
 * hashed when they are full and when the word ends. The first other byte of a
 * word switches to code points until the word is over.
 */
#include "sketch/units.h"

#include <utf8proc.h>

#include "sketch/units_path.h"
#include "text/word_hash.h"
#include "text/words_path.h"

/* What a byte folds to: 0 ends a word, HIGH begins a character of several
 * bytes. */
#define HIGH 0xFF
#define HIGHS8 HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH
#define HIGHS32 HIGHS8, HIGHS8, HIGHS8, HIGHS8
#define LETTERS                                                                \
  'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o',   \
      'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'
static const uint8_t ascii[256] = {
    ['0'] = '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    ['A'] = LETTERS,
    ['a'] = LETTERS,
    [128] = HIGHS32,
    HIGHS32,
    HIGHS32,
    HIGHS32,
};

typedef struct fold {
  uint64_t hash; /* of the blocks so far */
  size_t count;
  uint8_t bytes[16];
} fold;

static inline void put(fold *f, uint8_t byte) {
  if (f->count == sizeof f->bytes) {
    f->hash = word_mix(f->hash, word_load(f->bytes), word_load(f->bytes + 8));
    f->count = 0;
  }
  f->bytes[f->count++] = byte;
}

static inline uint64_t take(fold *f) {
  uint64_t hash = word_last(f->hash, f->bytes, f->count, 0);
  f->hash = 0;
  f->count = 0;
  return hash;
}

static void put_code(fold *f, int32_t code) {
  uint8_t utf8[4] = {0xC0, 0x80}; /* stands for 0, which a word may not have */
  utf8proc_ssize_t n = code ? utf8proc_encode_char(code, utf8) : 2;
  for (utf8proc_ssize_t i = 0; i < n; i++)
    put(f, utf8[i]);
}

enum kind { BREAK, LETTER, ALONE, MARK, HIDDEN };

/* Letters of scripts that put no spaces between words. */
static bool stands_alone(int32_t c) {
  return c >= 0x0E00 &&
         ((c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
          (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3005 && c <= 0x3007) ||
          (c >= 0x3041 && c <= 0x309F) || (c >= 0x3400 && c <= 0x9FFF) ||
          (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF));
}

static enum kind kind_of(int32_t c) {
  enum { APOSTROPHE_LETTER = 0x02BC, TATWEEL = 0x0640 };
  const utf8proc_property_t *p = utf8proc_get_property(c);
  if (p->ignorable || c == TATWEEL)
    return HIDDEN;
  switch (p->category) {
  case UTF8PROC_CATEGORY_LU:
  case UTF8PROC_CATEGORY_LL:
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
  case UTF8PROC_CATEGORY_ND:
  case UTF8PROC_CATEGORY_NL:
  case UTF8PROC_CATEGORY_NO:
    if (c == APOSTROPHE_LETTER)
      return BREAK;
    return stands_alone(c) ? ALONE : LETTER;
  case UTF8PROC_CATEGORY_MN:
  case UTF8PROC_CATEGORY_MC:
  case UTF8PROC_CATEGORY_ME: return MARK;
  default: return BREAK;
  }
}

/* Decodes one character; a wrong byte counts as one that breaks words. */
static size_t decode(const char *s, size_t len, int32_t *code,
                     enum kind *kind) {
  enum { LONGEST = 4 };
  utf8proc_ssize_t n =
      utf8proc_iterate((const uint8_t *)s,
                       len < LONGEST ? (utf8proc_ssize_t)len : LONGEST, code);
  if (n <= 0) {
    *code = 0xFFFD;
    *kind = BREAK;
    return 1;
  }
  *kind = kind_of(*code);
  return (size_t)n;
}

/* Folds a character to `out` [PM_UNITS_ROOM]; returns how many it became. */
static size_t fold_code(int32_t c, int32_t *out) {
  enum { VOICING = 8 };
  int boundary = 0;
  utf8proc_ssize_t n =
      utf8proc_decompose_char(c, out, PM_UNITS_ROOM,
                              UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                                  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
                              &boundary);
  size_t count = 0;
  for (utf8proc_ssize_t i = 0; i < n && i < PM_UNITS_ROOM; i++) {
    int kind = utf8proc_get_property(out[i])->combining_class;
    if (kind == 0 || kind == VOICING)
      out[count++] = out[i];
  }
  return count;
}

static void put_folded(fold *f, int32_t c) {
  int32_t codes[PM_UNITS_ROOM];
  size_t n = fold_code(c, codes);
  for (size_t i = 0; i < n; i++)
    put_code(f, codes[i]);
}

/* Reads on in a word of which `f` holds the beginning, `end` its end so far.
 * Returns where reading stopped. */
static size_t finish_word(const pm_units *u, size_t at, fold *f, bool begun,
                          size_t *end) {
  while (at < u->len) {
    int32_t code;
    enum kind kind;
    size_t n = decode(u->text + at, u->len - at, &code, &kind);
    if (kind == BREAK || (kind == ALONE && begun))
      break;
    if (kind != HIDDEN)
      put_folded(f, code);
    at += n;
    if (kind != HIDDEN)
      *end = at;
    begun = true;
    if (kind == ALONE) { /* and the marks on it */
      while (at < u->len) {
        n = decode(u->text + at, u->len - at, &code, &kind);
        if (kind != MARK && kind != HIDDEN)
          break;
        at += n;
        if (kind == MARK) {
          put_folded(f, code);
          *end = at;
        }
      }
      break;
    }
  }
  return at;
}

/* Returns where the next word begins, or the length of the text. */
static size_t find_word(const pm_units *u, size_t at) {
  const uint8_t *text = (const uint8_t *)u->text;
  while (at < u->len) {
    uint8_t f = ascii[text[at]];
    if (f == HIGH) {
      int32_t code;
      enum kind kind;
      size_t n = decode(u->text + at, u->len - at, &code, &kind);
      if (kind == LETTER || kind == ALONE)
        return at;
      at += n;
    } else if (f) {
      return at;
    } else {
      at++;
    }
  }
  return at;
}

size_t pm_units_words_plain(pm_units *u, pm_unit *out, size_t room) {
  const uint8_t *text = (const uint8_t *)u->text;
  size_t count = 0, at = u->at;
  fold f = {0};
  while (count < room) {
    size_t start = at = find_word(u, at);
    if (at == u->len)
      break;
    uint8_t byte = 0;
    while (at < u->len && (byte = ascii[text[at]]) != 0 && byte != HIGH) {
      put(&f, byte);
      at++;
    }
    size_t end = at;
    if (at < u->len && byte == HIGH)
      at = finish_word(u, at, &f, at > start, &end);
    out[count++] = (pm_unit){take(&f), (uint32_t)start, (uint32_t)end};
  }
  u->at = at;
  return count;
}

size_t pm_units_gap(const pm_units *u, size_t at, bool joined) {
  const char *s = u->text + at;
  size_t left = u->len - at;
  if (left >= 3 && memcmp(s, "\xE2\x80", 2) == 0 && (uint8_t)s[2] >= 0x90 &&
      (uint8_t)s[2] <= 0xA6)
    return 3; /* dashes, quotes, the ellipsis: most of what English has */
  int32_t code;
  enum kind kind;
  size_t n = decode(s, left, &code, &kind);
  bool skipped = kind == MARK || kind == HIDDEN;
  return kind == BREAK || (skipped && !joined) ? n : 0;
}

size_t pm_units_words(pm_units *u, pm_unit *out, size_t room) {
#ifdef PM_WORDS_X86
  if (pm_words_have_avx512())
    return pm_units_words_avx512(u, out, room);
  if (pm_words_have_avx2())
    return pm_units_words_avx2(u, out, room);
#endif
  return pm_units_words_portable(u, out, room);
}

static uint64_t hash_code(int32_t code) {
  fold f = {0};
  put_code(&f, code);
  return take(&f);
}

size_t pm_units_chars(pm_units *u, pm_unit *out, size_t room) {
  size_t count = 0;
  while (u->at < u->len && room - count >= PM_UNITS_ROOM) {
    int32_t code;
    enum kind kind;
    size_t start = u->at;
    uint32_t from = (uint32_t)start;
    u->at += decode(u->text + start, u->len - start, &code, &kind);
    if (kind == BREAK) {
      u->in_word = false;
      continue;
    }
    if (kind == HIDDEN || (kind == MARK && !u->in_word))
      continue;
    if (!u->in_word && u->any)
      out[count++] = (pm_unit){hash_code(' '), (uint32_t)u->end, from};
    int32_t codes[PM_UNITS_ROOM];
    size_t n = fold_code(code, codes);
    for (size_t i = 0; i < n && count < room; i++)
      out[count++] = (pm_unit){hash_code(codes[i]), from, (uint32_t)u->at};
    u->end = u->at;
    u->in_word = u->any = true;
  }
  return count;
}

uint64_t pm_unit_hash(const char *token, size_t len) {
  fold f = {0};
  bool any = false;
  for (int pass = 0; pass < 2 && !any; pass++) {
    for (size_t at = 0; at < len;) {
      int32_t code;
      enum kind kind;
      at += decode(token + at, len - at, &code, &kind);
      bool letter = kind == LETTER || kind == ALONE;
      if (letter || pass == 1 || (kind == MARK && any))
        put_folded(&f, code);
      any |= letter;
    }
  }
  return take(&f);
}
