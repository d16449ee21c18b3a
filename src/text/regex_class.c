/*
 * Characters and classes of a pattern, as sets of bytes. What is known only
 * roughly counts as any byte.
 */
#include "text/regex_part.h"

static void add(pm_byte_set *s, unsigned c) {
  s->bits[c >> 6] |= (uint64_t)1 << (c & 63);
}

static void add_range(pm_byte_set *s, unsigned from, unsigned to) {
  for (unsigned c = from; c <= to; c++)
    add(s, c);
}

static void add_beyond(pm_byte_set *s) {
  s->bits[2] = s->bits[3] = UINT64_MAX;
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

pm_regex_part pm_regex_character(const char *text, size_t len,
                                 uint32_t options) {
  pm_regex_part p = {0};
  unsigned char c = (unsigned char)*text;
  bool ascii = c < 0x80, caseless = options & PCRE2_CASELESS;
  p.exact = ascii && !caseless;
  if (ascii)
    add(&p.may, c);
  else
    add_beyond(&p.may);
  if (caseless)
    close_case(&p.may);
  if (ascii && !(caseless && pm_regex_is_letter(c)))
    add(&p.must, c);
  bool kin = (c | 32) == 'k' || (c | 32) == 's' || !ascii;
  if (!caseless || !kin) {
    memcpy(p.one, text, len);
    p.one_len = len;
    if (caseless && pm_regex_is_letter(c))
      p.one[0] = (char)(c | 32);
  }
  return p;
}

/* \d \w \s and the like, by lower-case letter; false: not a class. `*exact`
 * stays as it is where just these bytes are meant. */
static bool class_escape(unsigned letter, uint32_t options, pm_byte_set *s,
                         bool *exact) {
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
  *exact &= !(options & PCRE2_UCP) && strchr("dws", (int)letter | 32);
  pm_byte_set_add_all(s, &in);
  return true;
}

void pm_byte_set_add_any(pm_byte_set *s) {
  memset(s, 0xFF, sizeof *s);
}

/* A hexadecimal escape after \x; the code point, or -1. */
static long hexadecimal(pm_regex_reader *r) {
  long value = 0;
  bool brace = pm_regex_eat(r, "{");
  for (int n = 0; pm_regex_has_next(r, 1) && (brace || n < 2); n++) {
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
  return brace && !pm_regex_eat(r, "}") ? -1 : value;
}

/* The character of an escape that stands for one; -1: it does not; more than
 * 127 stands for any beyond ASCII. */
static long escaped(pm_regex_reader *r, unsigned c) {
  switch (c) {
  case 'n': return '\n';
  case 't': return '\t';
  case 'r': return '\r';
  case 'f': return '\f';
  case 'e': return 27;
  case 'a': return 7;
  case 'x': return hexadecimal(r);
  default:
    return c >= 0x80 || pm_regex_is_letter(c) || (c >= '0' && c <= '9')
               ? -1
               : (long)c;
  }
}

pm_regex_part pm_regex_escape(pm_regex_reader *r, uint32_t options) {
  pm_regex_part p = {0};
  if (!pm_regex_has_next(r, 1))
    return pm_regex_give_up(r);
  unsigned c = *r->at++;
  p.exact = true;
  if (class_escape(c, options, &p.may, &p.exact))
    return p;
  p.exact = c == 'N';
  switch (c) {
  case 'b':
  case 'B': p.zero = true; return p;
  case 'A':
  case 'z':
  case 'Z': p.zero = r->looks = true; return p;
  case 'N':
    if (pm_regex_has_next(r, 1) && *r->at == '{')
      return pm_regex_give_up(r);
    pm_byte_set_add_any(&p.may);
    p.may.bits[0] &= ~((uint64_t)1 << '\n');
    return p;
  case 'R':
    add_range(&p.may, 10, 13);
    add_beyond(&p.may);
    return p;
  case 'p':
  case 'P':
    if (pm_regex_eat(r, "{"))
      while (pm_regex_has_next(r, 1) && *r->at++ != '}')
        ;
    else
      r->at += pm_regex_has_next(r, 1);
    pm_byte_set_add_any(&p.may);
    return p;
  default: break;
  }
  long value = escaped(r, c);
  if (value < 0)
    return pm_regex_give_up(r);
  if (value < 0x80) {
    char one = (char)value;
    return pm_regex_character(&one, 1, options);
  }
  pm_byte_set_add_any(&p.may);
  return p;
}

/* Skips [:name:], behind its first bracket. */
static bool posix_class(pm_regex_reader *r) {
  const unsigned char *s = r->at + 1;
  while (s < r->end && (*s == '^' || pm_regex_is_letter(*s)))
    s++;
  if (*r->at != ':' || r->end - s < 2 || s[0] != ':' || s[1] != ']')
    return false;
  r->at = s + 2;
  return true;
}

pm_regex_part pm_regex_brackets(pm_regex_reader *r, uint32_t options) {
  pm_regex_part p = {0};
  pm_byte_set in = {{0}};
  bool negated = pm_regex_eat(r, "^"), rough = false, first = true;
  bool exact = !(options & PCRE2_CASELESS);
  long before = -1; /* the last single character, which a range may start */
  for (;; first = false) {
    if (!pm_regex_has_next(r, 1))
      return pm_regex_give_up(r);
    unsigned c = *r->at++;
    if (c == ']' && !first)
      break;
    if (c == '[' && pm_regex_has_next(r, 1) &&
        (*r->at == ':' || *r->at == '.' || *r->at == '=')) {
      if (!posix_class(r))
        return pm_regex_give_up(r);
      rough = true;
      before = -1;
      continue;
    }
    long value = (long)c;
    pm_regex_end_character(r, c);
    if (c == '\\') {
      if (!pm_regex_has_next(r, 1))
        return pm_regex_give_up(r);
      c = *r->at++;
      bool known = true;
      if (class_escape(c, options, &in, &known)) {
        rough |= negated && !known; /* what it may be must not be taken away */
        exact &= known;
        before = -1;
        continue;
      }
      if (c == 'p' || c == 'P') {
        r->at--;
        (void)pm_regex_escape(r, options);
        rough = true;
        before = -1;
        continue;
      }
      value = c == 'b' ? 8 : escaped(r, c);
      if (value < 0)
        return pm_regex_give_up(r);
    }
    if (value >= 0x80) {
      add_beyond(&in);
      value = 0x80;
      exact = false;
    } else {
      add(&in, (unsigned)value);
    }
    if (before >= 0) { /* a hyphen behind a range is only that */
      if (before <= value)
        add_range(&in, (unsigned)before,
                  (unsigned)(value < 0x80 ? value : 0x7F));
      before = -1;
    } else if (pm_regex_has_next(r, 2) && r->at[0] == '-' && r->at[1] != ']') {
      r->at++;
      before = value < 0x80 ? value : 0x7F;
    }
  }
  p.exact = exact && !rough;
  if (negated)
    for (int i = 0; i < 4; i++)
      in.bits[i] = ~in.bits[i];
  if (negated && !p.exact)
    add_beyond(&in);
  if (options & PCRE2_CASELESS)
    close_case(&in);
  if (rough)
    pm_byte_set_add_any(&in);
  p.may = in;
  return p;
}
