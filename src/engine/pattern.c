/*
 * A backtracking matcher. Every item of the pattern that is tried and every
 * byte that is looked at takes a step; when none is left, or the pattern is
 * wrong, `problem` is set and all levels return NULL.
 */
#include "engine/pattern.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { DEPTH_MAX = 200, ESCAPE = '%' };

typedef unsigned char byte;

static const char *match(pm_pattern *m, const char *s, const char *p);

static const char *fail(pm_pattern *m, pm_pattern_problem problem) {
  if (!m->problem)
    m->problem = problem;
  return NULL;
}

/* Takes steps; returns whether there were so many. */
static bool spend(pm_pattern *m, int64_t steps) {
  m->steps -= steps;
  if (m->steps >= 0)
    return true;
  fail(m, PM_PATTERN_STEPS);
  return false;
}

/* Returns the end of the item at `p`, without its suffix. */
static const char *item_end(pm_pattern *m, const char *p) {
  switch (*p++) {
  case ESCAPE: return p == m->end ? fail(m, PM_PATTERN_ESCAPE) : p + 1;
  case '[':
    if (*p == '^')
      p++;
    do { /* a bracket that comes first is one of the set */
      if (p == m->end)
        return fail(m, PM_PATTERN_BRACKET);
      if (*p++ == ESCAPE && p < m->end)
        p++;
    } while (*p != ']');
    return p + 1;
  default: return p;
  }
}

static bool is_of_class(int c, int class) {
  bool is;
  switch (tolower(class)) {
  case 'a': is = isalpha(c); break;
  case 'c': is = iscntrl(c); break;
  case 'd': is = isdigit(c); break;
  case 'g': is = isgraph(c); break;
  case 'l': is = islower(c); break;
  case 'p': is = ispunct(c); break;
  case 's': is = isspace(c); break;
  case 'u': is = isupper(c); break;
  case 'w': is = isalnum(c); break;
  case 'x': is = isxdigit(c); break;
  case 'z': is = c == 0; break;
  default: return class == c;
  }
  return islower(class) ? is : !is;
}

/* Whether `c` is of the set from the bracket at `p` to the one at `last`. */
static bool is_of_set(int c, const char *p, const char *last) {
  bool in = true;
  if (p[1] == '^') {
    in = false;
    p++;
  }
  while (++p < last) {
    if (*p == ESCAPE) {
      if (is_of_class(c, (byte) * ++p))
        return in;
    } else if (p[1] == '-' && p + 2 < last) {
      p += 2;
      if ((byte)p[-2] <= c && c <= (byte)*p)
        return in;
    } else if ((byte)*p == c) {
      return in;
    }
  }
  return !in;
}

/* Whether the item from `p` to `end` is the byte at `s`. */
static bool is_one(const pm_pattern *m, const char *s, const char *p,
                   const char *end) {
  if (s >= m->text_end)
    return false;
  int c = (byte)*s;
  switch (*p) {
  case '.': return true;
  case ESCAPE: return is_of_class(c, (byte)p[1]);
  case '[': return is_of_set(c, p, end - 1);
  default: return (byte)*p == c;
  }
}

static const char *match_balance(pm_pattern *m, const char *s, const char *p) {
  if (p >= m->end - 1)
    return fail(m, PM_PATTERN_BALANCE);
  if (*s != *p)
    return NULL;
  const char *from = s;
  for (ptrdiff_t open = 1; ++s < m->text_end;) {
    if (*s == p[1]) {
      if (--open == 0)
        break;
    } else if (*s == *p) {
      open++;
    }
  }
  if (!spend(m, s - from) || s >= m->text_end)
    return NULL;
  return s + 1;
}

/* What a set costs is as much as it is long. */
static int64_t cost_of(const char *p, const char *end) {
  return *p == '[' ? end - p : 1;
}

/* As many as there are, and then fewer. */
static const char *match_most(pm_pattern *m, const char *s, const char *p,
                              const char *end) {
  int64_t cost = cost_of(p, end);
  ptrdiff_t i = 0;
  while (is_one(m, s + i, p, end)) {
    if (!spend(m, cost))
      return NULL;
    i++;
  }
  for (; i >= 0 && !m->problem; i--) {
    const char *result = match(m, s + i, end + 1);
    if (result)
      return result;
  }
  return NULL;
}

/* As few as will do. */
static const char *match_least(pm_pattern *m, const char *s, const char *p,
                               const char *end) {
  int64_t cost = cost_of(p, end);
  for (;; s++) {
    const char *result = match(m, s, end + 1);
    if (result || m->problem)
      return result;
    if (!spend(m, cost) || !is_one(m, s, p, end))
      return NULL;
  }
}

static const char *open_capture(pm_pattern *m, const char *s, const char *p,
                                ptrdiff_t what) {
  if (m->level >= PM_PATTERN_CAPTURES)
    return fail(m, PM_PATTERN_MANY);
  m->capture[m->level].first = s;
  m->capture[m->level].len = what;
  m->level++;
  const char *result = match(m, s, p);
  if (!result)
    m->level--;
  return result;
}

static const char *close_capture(pm_pattern *m, const char *s, const char *p) {
  int i = m->level - 1;
  while (i >= 0 && m->capture[i].len != PM_CAPTURE_OPEN)
    i--;
  if (i < 0)
    return fail(m, PM_PATTERN_CLOSE);
  m->capture[i].len = s - m->capture[i].first;
  const char *result = match(m, s, p);
  if (!result)
    m->capture[i].len = PM_CAPTURE_OPEN;
  return result;
}

/* What the capture with the digit held, once more. */
static const char *match_again(pm_pattern *m, const char *s, int digit) {
  int i = digit - '1';
  if (i < 0 || i >= m->level || m->capture[i].len == PM_CAPTURE_OPEN) {
    m->wrong_index = i + 1;
    return fail(m, PM_PATTERN_INDEX);
  }
  size_t len = (size_t)m->capture[i].len; /* huge if it is a position */
  if ((size_t)(m->text_end - s) < len || !spend(m, (int64_t)len) ||
      memcmp(m->capture[i].first, s, len) != 0)
    return NULL;
  return s + len;
}

/* Whether a frontier of the set at `p` is at `s`. */
static bool is_frontier(const pm_pattern *m, const char *s, const char *p,
                        const char *end) {
  int before = s == m->text ? 0 : (byte)s[-1];
  return !is_of_set(before, p, end - 1) && is_of_set((byte)*s, p, end - 1);
}

/* The items that are neither a class nor a set: the rest of the pattern is at
 * `*p` when it returns a place and `*p` has moved. */
static const char *match_special(pm_pattern *m, const char *s, const char **p) {
  const char *at = *p, *end;
  switch (at[1]) {
  case 'b':
    s = match_balance(m, s, at + 2);
    *p = at + 4;
    return s;
  case 'f':
    at += 2;
    if (*at != '[')
      return fail(m, PM_PATTERN_FRONTIER);
    end = item_end(m, at);
    *p = end;
    if (!end || !spend(m, 2 * cost_of(at, end)))
      return NULL;
    return is_frontier(m, s, at, end) ? s : NULL;
  default:
    s = match_again(m, s, (byte)at[1]);
    *p = at + 2;
    return s;
  }
}

/* A class, a set or a byte, with its suffix. As above. */
static const char *match_item(pm_pattern *m, const char *s, const char **p) {
  const char *at = *p, *end = item_end(m, at), *result;
  if (!end || !spend(m, cost_of(at, end)))
    return NULL;
  char suffix = *end;
  if (!is_one(m, s, at, end)) {
    *p = end + 1;
    return suffix == '*' || suffix == '?' || suffix == '-' ? s : NULL;
  }
  switch (suffix) {
  case '?':
    *p = end + 1;
    if (!(result = match(m, s + 1, end + 1)))
      return s;
    break;
  case '+': result = match_most(m, s + 1, at, end); break;
  case '*': result = match_most(m, s, at, end); break;
  case '-': result = match_least(m, s, at, end); break;
  default: *p = end; return s + 1;
  }
  *p = NULL;
  return result;
}

static bool is_special(const char *p) {
  return p[0] == ESCAPE && (p[1] == 'b' || p[1] == 'f' || isdigit((byte)p[1]));
}

/* `p` is NULL once all of the pattern is behind `s`. */
static const char *match(pm_pattern *m, const char *s, const char *p) {
  if (m->depth-- == 0)
    return fail(m, PM_PATTERN_DEEP);
  while (s && p && p != m->end && !m->problem) {
    if (*p == '(') {
      s = p[1] == ')' ? open_capture(m, s, p + 2, PM_CAPTURE_POSITION)
                      : open_capture(m, s, p + 1, PM_CAPTURE_OPEN);
      p = NULL;
    } else if (*p == ')') {
      s = close_capture(m, s, p + 1);
      p = NULL;
    } else if (*p == '$' && p + 1 == m->end) {
      s = s == m->text_end ? s : NULL;
      p = NULL;
    } else if (is_special(p)) {
      s = match_special(m, s, &p);
    } else {
      s = match_item(m, s, &p);
    }
  }
  m->depth++;
  return m->problem ? NULL : s;
}

void pm_pattern_init(pm_pattern *m, const char *text, size_t len,
                     const char *end) {
  m->text = text;
  m->text_end = text + len;
  m->end = end;
}

const char *pm_pattern_match(pm_pattern *m, const char *at,
                             const char *pattern) {
  m->depth = DEPTH_MAX;
  m->level = 0;
  m->problem = PM_PATTERN_FINE;
  return match(m, at, pattern);
}
