/*
 * A pattern is read by recursive descent. Each part of it gives the bytes it
 * must and may match: in a sequence both add up, between alternatives `must`
 * is what they share, and a part that may be left out needs nothing.
 */
#include "text/regex_need.h"

#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define DEPTH 50

typedef struct part {
  pm_byte_set must, may;
  char best[PM_LITERAL_MOST]; /* the longest literal so far */
  size_t best_len;
  bool best_caseless;
  char one[4]; /* the character, if the part is just one */
  size_t one_len;
  bool zero; /* takes no room: \b, ^, lookaround */
} part;

typedef struct reader {
  const unsigned char *at, *end;
  bool known; /* all so far */
  int depth;
} reader;

static void add(pm_byte_set *s, unsigned c) {
  s->bits[c >> 6] |= (uint64_t)1 << (c & 63);
}

static void add_all(pm_byte_set *s, const pm_byte_set *other) {
  for (int i = 0; i < 4; i++)
    s->bits[i] |= other->bits[i];
}

static void add_range(pm_byte_set *s, unsigned from, unsigned to) {
  for (unsigned c = from; c <= to; c++)
    add(s, c);
}

static void add_beyond(pm_byte_set *s) {
  s->bits[2] = s->bits[3] = UINT64_MAX;
}

static bool alphabetic(unsigned c) {
  return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool has_next(const reader *r, size_t n) {
  return (size_t)(r->end - r->at) >= n;
}

static bool eat(reader *r, const char *text) {
  size_t n = strlen(text);
  if (!has_next(r, n) || memcmp(r->at, text, n) != 0)
    return false;
  r->at += n;
  return true;
}

static part give_up(reader *r) {
  r->known = false;
  r->at = r->end;
  return (part){0};
}

/* K and s have relatives beyond ASCII: U+212A and U+017F. */
static void close_case(pm_byte_set *s) {
  bool beyond = s->bits[2] || s->bits[3];
  for (unsigned c = 'a'; c <= 'z'; c++) {
    bool in = pm_byte_set_has(s, (unsigned char)c) ||
              pm_byte_set_has(s, (unsigned char)(c - 32));
    if (in || (beyond && (c == 'k' || c == 's'))) {
      add(s, c);
      add(s, c - 32);
      if (c == 'k' || c == 's')
        add_beyond(s);
    }
  }
}

/* One character: `len` bytes at `text`. */
static part character(const char *text, size_t len, uint32_t options) {
  part p = {0};
  unsigned char c = (unsigned char)*text;
  bool ascii = c < 0x80, caseless = options & PCRE2_CASELESS;
  if (ascii)
    add(&p.may, c);
  else
    add_beyond(&p.may);
  if (caseless)
    close_case(&p.may);
  if (ascii && !(caseless && alphabetic(c)))
    add(&p.must, c);
  bool kin = (c | 32) == 'k' || (c | 32) == 's' || !ascii;
  if (!caseless || !kin) {
    memcpy(p.one, text, len);
    p.one_len = len;
    if (caseless && alphabetic(c))
      p.one[0] = (char)(c | 32);
  }
  return p;
}

/* \d \w \s and the like, by lower-case letter; false: not a class. */
static bool class_escape(unsigned letter, uint32_t options, pm_byte_set *s) {
  pm_byte_set in = {{0}};
  switch (letter | 32) {
  case 'd': add_range(&in, '0', '9'); break;
  case 'w':
    add_range(&in, '0', '9');
    add_range(&in, 'a', 'z');
    add_range(&in, 'A', 'Z');
    add(&in, '_');
    break;
  case 's':
    add_range(&in, 9, 13);
    add(&in, ' ');
    break;
  case 'h':
    add(&in, 9);
    add(&in, ' ');
    add_beyond(&in);
    break;
  case 'v':
    add_range(&in, 10, 13);
    add_beyond(&in);
    break;
  default: return false;
  }
  if (letter < 'a') { /* the complement; beyond ASCII it may be anything */
    for (int i = 0; i < 2; i++)
      in.bits[i] = ~in.bits[i];
    add_beyond(&in);
  }
  if (options & PCRE2_UCP)
    add_beyond(&in);
  add_all(s, &in);
  return true;
}

static void add_any(pm_byte_set *s) {
  memset(s, 0xFF, sizeof *s);
}

/* A hexadecimal escape after \x; the code point, or -1. */
static long hexadecimal(reader *r) {
  long value = 0;
  bool brace = eat(r, "{");
  for (int n = 0; has_next(r, 1) && (brace || n < 2); n++) {
    unsigned c = *r->at;
    int digit = c >= '0' && c <= '9'                 ? (int)c - '0'
                : (c | 32) >= 'a' && (c | 32) <= 'f' ? (int)(c | 32) - 'a' + 10
                                                     : -1;
    if (digit < 0)
      break;
    value = value * 16 + digit;
    if (value > 0x10FFFF)
      return -1;
    r->at++;
  }
  return brace && !eat(r, "}") ? -1 : value;
}

/* The character of an escape that stands for one; -1: it does not; more than
 * 127 stands for any beyond ASCII. */
static long escaped(reader *r, unsigned c) {
  switch (c) {
  case 'n': return '\n';
  case 't': return '\t';
  case 'r': return '\r';
  case 'f': return '\f';
  case 'e': return 27;
  case 'a': return 7;
  case 'x': return hexadecimal(r);
  default:
    return c >= 0x80 || alphabetic(c) || (c >= '0' && c <= '9') ? -1 : (long)c;
  }
}

/* What comes after a backslash, outside brackets. */
static part escape(reader *r, uint32_t options) {
  part p = {0};
  if (!has_next(r, 1))
    return give_up(r);
  unsigned c = *r->at++;
  if (class_escape(c, options, &p.may))
    return p;
  switch (c) {
  case 'b':
  case 'B':
  case 'A':
  case 'z':
  case 'Z': p.zero = true; return p;
  case 'N':
    if (has_next(r, 1) && *r->at == '{')
      return give_up(r);
    add_any(&p.may);
    p.may.bits[0] &= ~((uint64_t)1 << '\n');
    return p;
  case 'R':
    add_range(&p.may, 10, 13);
    add_beyond(&p.may);
    return p;
  case 'p':
  case 'P':
    if (eat(r, "{"))
      while (has_next(r, 1) && *r->at++ != '}')
        ;
    else
      r->at += has_next(r, 1);
    add_any(&p.may);
    return p;
  default: break;
  }
  long value = escaped(r, c);
  if (value < 0)
    return give_up(r);
  if (value < 0x80) {
    char one = (char)value;
    return character(&one, 1, options);
  }
  add_any(&p.may);
  return p;
}

/* Skips [:name:], behind its first bracket. */
static bool posix_class(reader *r) {
  const unsigned char *s = r->at + 1;
  while (s < r->end && (*s == '^' || alphabetic(*s)))
    s++;
  if (*r->at != ':' || r->end - s < 2 || s[0] != ':' || s[1] != ']')
    return false;
  r->at = s + 2;
  return true;
}

/* A bracketed class, behind its [. Roughly: POSIX and \p are any byte. */
static part brackets(reader *r, uint32_t options) {
  part p = {0};
  pm_byte_set in = {{0}};
  bool negated = eat(r, "^"), rough = false, first = true;
  long before = -1; /* the last single character, which a range may start */
  for (;; first = false) {
    if (!has_next(r, 1))
      return give_up(r);
    unsigned c = *r->at++;
    if (c == ']' && !first)
      break;
    if (c == '[' && has_next(r, 1) &&
        (*r->at == ':' || *r->at == '.' || *r->at == '=')) {
      if (!posix_class(r))
        return give_up(r);
      rough = true;
      before = -1;
      continue;
    }
    long value = (long)c;
    if (c == '\\') {
      if (!has_next(r, 1))
        return give_up(r);
      c = *r->at++;
      if (class_escape(c, options, &in)) {
        rough |= negated; /* its own "may" must not be taken away */
        before = -1;
        continue;
      }
      if (c == 'p' || c == 'P') {
        r->at--;
        (void)escape(r, options);
        rough = true;
        before = -1;
        continue;
      }
      value = c == 'b' ? 8 : escaped(r, c);
      if (value < 0)
        return give_up(r);
    }
    if (value >= 0x80) {
      add_beyond(&in);
      value = 0x80;
    } else {
      add(&in, (unsigned)value);
    }
    if (before >= 0 && before <= value)
      add_range(&in, (unsigned)before, (unsigned)(value < 0x80 ? value : 0x7F));
    before = -1;
    if (has_next(r, 2) && r->at[0] == '-' && r->at[1] != ']' &&
        !(r->at[1] == '[')) {
      r->at++;
      before = value < 0x80 ? value : 0x7F;
    }
  }
  if (negated)
    for (int i = 0; i < 2; i++)
      in.bits[i] = ~in.bits[i];
  if (negated)
    add_beyond(&in);
  if (options & PCRE2_CASELESS)
    close_case(&in);
  if (rough)
    add_any(&in);
  p.may = in;
  return p;
}

/* Reads {n}, {n,} or {n,m}; false (and nothing read) when it is none. */
static bool braces(reader *r, unsigned *least, bool *one) {
  const unsigned char *s = r->at + 1;
  unsigned n[2] = {0, 0};
  int which = 0, digits = 0;
  for (; s < r->end && *s != '}'; s++) {
    if (*s == ',' && which == 0 && digits > 0) {
      which = 1;
      digits = 0;
    } else if (*s >= '0' && *s <= '9' && digits < 6) {
      n[which] = n[which] * 10 + (*s - '0');
      digits++;
    } else {
      return false;
    }
  }
  if (s == r->end || (which == 0 && digits == 0))
    return false;
  *least = n[0];
  *one = n[0] == 1 && (which == 0 || n[1] == 1) && (which == 0 || digits > 0);
  r->at = s + 1;
  return true;
}

/* Skips blanks and comments where the pattern is extended. */
static void skip_blanks(reader *r, uint32_t options) {
  while (options & PCRE2_EXTENDED && has_next(r, 1)) {
    if (strchr(" \t\n\v\f\r", *r->at) && *r->at) {
      r->at++;
    } else if (*r->at == '#') {
      while (has_next(r, 1) && *r->at++ != '\n')
        ;
    } else {
      return;
    }
  }
}

/* How often the part before may occur: at least, and whether just once. */
static void quantifier(reader *r, uint32_t options, unsigned *least,
                       bool *one) {
  *least = 1;
  *one = true;
  skip_blanks(r, options);
  if (!has_next(r, 1))
    return;
  if (*r->at == '*' || *r->at == '+' || *r->at == '?') {
    *least = *r->at++ == '+';
    *one = false;
  } else if (*r->at != '{' || !braces(r, least, one)) {
    return;
  }
  if (!eat(r, "?"))
    eat(r, "+");
}

static part alternatives(reader *r, uint32_t options);

/* Reads i, m, s, x, n, U and - behind "(?"; false when it is none of those. */
static bool inline_options(reader *r, uint32_t *options) {
  const unsigned char *s = r->at;
  bool on = true;
  uint32_t set = *options;
  for (; s < r->end && *s != ')' && *s != ':'; s++) {
    uint32_t bit = *s == 'i'   ? PCRE2_CASELESS
                   : *s == 's' ? PCRE2_DOTALL
                   : *s == 'x' ? PCRE2_EXTENDED
                               : 0;
    if (*s == '-')
      on = false;
    else if (!strchr("imsxnU", *s) || (s > r->at && s[-1] == 'x' && *s == 'x'))
      return false;
    set = on ? set | bit : set & ~bit;
  }
  if (s == r->end)
    return false;
  r->at = s;
  *options = set;
  return true;
}

static bool skip_name(reader *r, char close) {
  const unsigned char *stop = memchr(r->at, close, (size_t)(r->end - r->at));
  if (stop)
    r->at = stop + 1;
  return stop != NULL;
}

/* A group, behind its parenthesis. (?i) changes *options. */
static part group(reader *r, uint32_t *options) {
  uint32_t inner = *options;
  bool zero = false;
  if (has_next(r, 1) && *r->at == '*')
    return give_up(r);
  if (eat(r, "?#")) {
    if (!skip_name(r, ')'))
      return give_up(r);
    return (part){.zero = true};
  }
  if (eat(r, "?=") || eat(r, "?!") || eat(r, "?<=") || eat(r, "?<!")) {
    zero = true;
  } else if (eat(r, "?:") || eat(r, "?>") || eat(r, "?|")) {
    /* plain groups */
  } else if (eat(r, "?<") || eat(r, "?P<")) {
    if (!has_next(r, 1) || *r->at == '*' || !skip_name(r, '>'))
      return give_up(r);
  } else if (eat(r, "?'")) {
    if (!skip_name(r, '\''))
      return give_up(r);
  } else if (eat(r, "?")) {
    if (!inline_options(r, &inner))
      return give_up(r);
    if (eat(r, ")")) {
      *options = inner;
      return (part){.zero = true};
    }
    eat(r, ":");
  }
  if (++r->depth > DEPTH)
    return give_up(r);
  part p = alternatives(r, inner);
  r->depth--;
  if (!eat(r, ")"))
    return give_up(r);
  if (zero)
    return (part){.zero = true};
  return p;
}

static part atom(reader *r, uint32_t *options) {
  part p = {0};
  unsigned c = *r->at++;
  switch (c) {
  case '\\': return escape(r, *options);
  case '[': return brackets(r, *options);
  case '(': return group(r, options);
  case '^':
  case '$': p.zero = true; return p;
  case '.':
    add_any(&p.may);
    if (!(*options & PCRE2_DOTALL))
      p.may.bits[0] &= ~((uint64_t)1 << '\n');
    return p;
  default: break;
  }
  const char *text = (const char *)r->at - 1;
  while (c >= 0x80 && has_next(r, 1) && (*r->at & 0xC0) == 0x80)
    r->at++;
  return character(text, (size_t)((const char *)r->at - text), *options);
}

static void keep_best(part *p, const char *literal, size_t len, bool caseless) {
  if (len <= p->best_len)
    return;
  memcpy(p->best, literal, len);
  p->best_len = len;
  p->best_caseless = caseless;
}

static part sequence(reader *r, uint32_t *options) {
  part all = {0};
  char run[PM_LITERAL_MOST]; /* characters that follow each other */
  size_t len = 0;
  bool run_caseless = false;
  for (;;) {
    skip_blanks(r, *options);
    if (!has_next(r, 1) || *r->at == '|' || *r->at == ')')
      break;
    bool caseless = *options & PCRE2_CASELESS;
    part p = atom(r, options);
    unsigned least;
    bool one;
    quantifier(r, *options, &least, &one);
    if (!r->known)
      return all;
    add_all(&all.may, &p.may);
    if (least > 0)
      add_all(&all.must, &p.must);
    if (p.zero)
      continue;
    bool fits = p.one_len > 0 && least > 0 && len + p.one_len <= sizeof run &&
                (len == 0 || run_caseless == caseless);
    if (fits) {
      memcpy(run + len, p.one, p.one_len);
      len += p.one_len;
      run_caseless = caseless;
    }
    if (!fits || !one) {
      keep_best(&all, run, len, run_caseless);
      len = 0;
    }
    if (least > 0)
      keep_best(&all, p.best, p.best_len, p.best_caseless);
  }
  keep_best(&all, run, len, run_caseless);
  return all;
}

static part alternatives(reader *r, uint32_t options) {
  part all = sequence(r, &options);
  while (r->known && eat(r, "|")) {
    part other = sequence(r, &options);
    for (int i = 0; i < 4; i++)
      all.must.bits[i] &= other.must.bits[i];
    add_all(&all.may, &other.may);
    all.best_len = 0;
  }
  all.one_len = 0;
  return all;
}

int pm_regex_needs(const char *pattern, size_t len, uint32_t options,
                   pm_regex_need *need) {
  reader r = {(const unsigned char *)pattern,
              (const unsigned char *)pattern + len, true, 0};
  part all = alternatives(&r, options);
  if (!r.known || r.at != r.end)
    return 0;
  need->must = all.must;
  need->may = all.may;
  memcpy(need->literal, all.best, all.best_len);
  need->literal_len = all.best_len;
  need->caseless = all.best_caseless;
  return 1;
}

int pm_regex_rare(const pm_regex_need *need) {
  /* What prose is made of, and code that stands in it; not worth a stop. */
  static const char common[] =
      "etaoinshrdlucmfwypvbgk ,.\n-'\"0123456789TASICMBWPHDRNELFOGU";
  int best = -1;
  for (int c = 127; c >= 0; c--)
    if (pm_byte_set_has(&need->must, (unsigned char)c) &&
        !memchr(common, c, sizeof common - 1))
      best = c; /* among equals any will do */
  return best;
}
