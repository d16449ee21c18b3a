/* What stands between the parts of a pattern: blanks, comments, quantifiers. */
#include <limits.h>

#include "text/regex_part.h"

bool pm_regex_eat(pm_regex_reader *r, const char *text) {
  size_t n = strlen(text);
  if (!pm_regex_has_next(r, n) || memcmp(r->at, text, n) != 0)
    return false;
  r->at += n;
  return true;
}

pm_regex_part pm_regex_give_up(pm_regex_reader *r) {
  r->known = false;
  r->at = r->end;
  return (pm_regex_part){0};
}

/* A number in braces; PCRE2 takes none above 65535, but any number of zeros. */
static unsigned with_digit(unsigned n, unsigned char digit) {
  return n > 65535 ? n : n * 10 + (digit - '0');
}

/* Reads {n}, {n,} or {n,m}; false (and nothing read) when it is none. */
static bool braces(pm_regex_reader *r, pm_regex_times *times) {
  const unsigned char *s = r->at + 1;
  unsigned n[2] = {0, 0};
  int which = 0;
  bool digits = false;
  for (; s < r->end && *s != '}'; s++) {
    if (*s == ',' && which == 0 && digits) {
      which = 1;
      digits = false;
    } else if (*s >= '0' && *s <= '9') {
      n[which] = with_digit(n[which], *s);
      digits = true;
    } else {
      return false;
    }
  }
  if (s == r->end || (which == 0 && !digits))
    return false;
  times->least = n[0];
  times->most = which == 0 ? n[0] : digits ? n[1] : UINT_MAX;
  r->at = s + 1;
  return true;
}

bool pm_regex_skip_past(pm_regex_reader *r, char close) {
  const unsigned char *stop = memchr(r->at, close, (size_t)(r->end - r->at));
  if (stop)
    r->at = stop + 1;
  return stop != NULL;
}

/* Unicode's Pattern_White_Space, which an extended pattern may have anywhere.
 */
static bool blank(pm_regex_reader *r) {
  static const char *const beyond[] = {"\xC2\x85", "\xE2\x80\x8E",
                                       "\xE2\x80\x8F", "\xE2\x80\xA8",
                                       "\xE2\x80\xA9"};
  if (strchr(" \t\n\v\f\r", *r->at) && *r->at) {
    r->at++;
    return true;
  }
  for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
    if (pm_regex_eat(r, beyond[i]))
      return true;
  return false;
}

void pm_regex_skip_blanks(pm_regex_reader *r, uint32_t options) {
  while (pm_regex_has_next(r, 1)) {
    bool extended = options & PCRE2_EXTENDED;
    if (extended && blank(r))
      continue;
    if (extended && *r->at == '#') {
      while (pm_regex_has_next(r, 1) && *r->at++ != '\n')
        ;
    } else if (!pm_regex_eat(r, "(?#")) {
      return;
    } else if (!pm_regex_skip_past(r, ')')) {
      (void)pm_regex_give_up(r);
    }
  }
}

pm_regex_times pm_regex_quantifier(pm_regex_reader *r, uint32_t options) {
  pm_regex_times times = {1, 1, false, false};
  pm_regex_skip_blanks(r, options);
  if (!pm_regex_has_next(r, 1))
    return times;
  if (*r->at == '*' || *r->at == '+' || *r->at == '?') {
    times.least = *r->at == '+';
    times.most = *r->at == '?' ? 1 : UINT_MAX;
    r->at++;
  } else if (*r->at != '{' || !braces(r, &times)) {
    return times;
  }
  pm_regex_skip_blanks(r, options);
  times.lazy = pm_regex_eat(r, "?");
  times.owned = !times.lazy && pm_regex_eat(r, "+");
  return times;
}
