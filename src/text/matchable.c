/*
 * One walk over the text. ASCII goes through a table made for the options;
 * classes of typography become one ASCII character; other characters are
 * inert, mapped one to one, or part of a run that needs work (see normal.c).
 * A run is cut wherever nothing can compose, so that each block of the map is
 * as small as the forms allow.
 */
#include "text/matchable.h"

#include "text/canon.h"
#include "text/chars.h"
#include "text/utf8.h"
#include "text/vector.h"

/* What `unify` and the ASCII table say besides a character. */
enum { AS_IT_IS = -1, DROPPED = 0x80, BLANK, NOT_ASCII };

/* ASCII makes no piece of its own that had to be taken back. */
#define NOT_SAVED SIZE_MAX

typedef struct maker {
  const char *text, *end;
  unsigned options, work, canon;
  uint8_t ascii[256]; /* the character it becomes, or one of the above */
  int blockwise;      /* the options are those of copy_block */
  pm_buffer *out, *map, *wide;
  /* How to take the last character back when a mark follows it. */
  int plain;     /* it was neither dropped nor unified */
  size_t pieces; /* length of the map before it, and its last piece */
  pm_piece piece;
} maker;

/* What class of typography `c` is made one with: an ASCII character, DROPPED,
 * BLANK, or AS_IT_IS. */
static int unify(unsigned options, uint32_t c) {
  unsigned kind = pm_char_kind(c), type = kind & PM_TYPE_MASK;
  if (!(kind & (PM_TYPE_MASK | PM_BLANK | PM_PUNCTUATION | PM_DIGIT)))
    return AS_IT_IS;
  int is_quote = type == PM_QUOTE_SINGLE || type == PM_QUOTE_DOUBLE;
  if (kind & PM_BLANK) {
    if (options & PM_MATCH_SQUEEZE)
      return BLANK;
    return type == PM_SPACE && options & PM_MATCH_SPACES ? ' ' : AS_IT_IS;
  }
  if (kind & PM_PUNCTUATION || is_quote) {
    if (options & PM_MATCH_DROP_PUNCT)
      return DROPPED;
    if (options & PM_MATCH_BLANK_PUNCT)
      return options & PM_MATCH_SQUEEZE ? BLANK : ' ';
  }
  if (is_quote && options & PM_MATCH_QUOTES)
    return type == PM_QUOTE_SINGLE ? '\'' : '"';
  if ((type == PM_DASH || type == PM_DASH_LONG) && options & PM_MATCH_DASHES)
    return '-';
  if (kind & PM_DIGIT && options & PM_MATCH_DIGITS)
    return '0';
  return AS_IT_IS;
}

/* Adds a blank made from the bytes `p` up to `next`, or makes the blank before
 * it hold these and what was dropped between. */
static int add_blank(maker *m, const char *p, const char *next) {
  pm_buffer *out = m->out;
  size_t from = (size_t)(p - m->text), n = (size_t)(next - p);
  m->plain = 0;
  if (out->len > 0 && out->at[out->len - 1] == ' ')
    return pm_offsets_widen(m->map, out->len, from + n);
  if (n == 1 ? pm_offsets_even(m->map, out->len, from)
             : pm_offsets_block(m->map, out->len, 1, from, n))
    return -1;
  return pm_buffer_add(out, " ", 1);
}

/*
 * Copies a block with case and blanks made one, if it is ASCII and no blank
 * stands by another, the byte after the block included.
 */
static int copy_block(char *to, const char *from, int after_blank) {
  pm_vector v = pm_vector_load(from), blank = pm_vector_blanks(v);
  pm_vector next = pm_vector_blanks(pm_vector_load(from + 1));
  if (pm_vector_any((v & 0x80) | (blank & next)) || (after_blank && blank[0]))
    return 0;
  pm_vector upper = (pm_vector)((v - 'A') < 26);
  v = ((v | (upper & 32)) & ~blank) | (blank & ' ');
  memcpy(to, &v, sizeof v);
  return 1;
}

/*
 * Adds ASCII from `*p` on, as far as it goes. `out` has room for as many bytes
 * as are left of the text. A blank after something else is like any other
 * character; only the next one makes a block of them.
 */
static int add_ascii(maker *m, const char **p) {
  const char *s = *p, *end = m->end;
  pm_buffer *out = m->out;
  while (s < end && !(*s & 0x80)) {
    char *first = out->at, *o = first + out->len;
    uint8_t to = m->ascii[(unsigned char)*s];
    if (to == DROPPED) {
      m->plain = 0;
      s++;
      continue;
    }
    if (to == BLANK && o > first && o[-1] == ' ') {
      if (add_blank(m, s, s + 1) != 0)
        return -1;
      s++;
      continue;
    }
    if (pm_offsets_even(m->map, out->len, (size_t)(s - m->text)) != 0)
      return -1;
    for (;;) {
      while (m->blockwise && end - s > PM_VECTOR &&
             copy_block(o, s, o > first && o[-1] == ' ')) {
        s += PM_VECTOR;
        o += PM_VECTOR;
      }
      const char *stop = end - s < PM_VECTOR ? end : s + PM_VECTOR;
      for (int after = o > first && o[-1] == ' '; s < stop; s++) {
        to = m->ascii[(unsigned char)*s];
        int is_blank = to == BLANK; /* often, at no regular distance */
        if ((to > BLANK) | (to == DROPPED) | (is_blank & after))
          break;
        *o++ = (char)(is_blank ? ' ' : to);
        after = is_blank;
      }
      if (s < stop || s == end)
        break;
    }
    out->len = (size_t)(o - first);
    m->plain = 1;
    m->pieces = NOT_SAVED;
  }
  *p = s;
  return 0;
}

/* Adds the `n` bytes `made` from the source `p` up to `next`. `even`: one
 * character from one. */
static int add(maker *m, const char *made, size_t n, const char *p,
               const char *next, int even) {
  size_t from = (size_t)(p - m->text), from_len = (size_t)(next - p);
  if (n == 0)
    return 0;
  if (even && n == from_len
          ? pm_offsets_even(m->map, m->out->len, from)
          : pm_offsets_block(m->map, m->out->len, n, from, from_len))
    return -1;
  return pm_buffer_add(m->out, made, n);
}

/* Adds the first `n` code points of `wide`, made from `p` up to `next`. */
static int add_segment(maker *m, size_t n, const char *p, const char *next) {
  if (n == 0)
    return 0;
  ptrdiff_t left = pm_canon_finish(m->wide, n, 1);
  if (left < 0)
    return -1;
  /* The text is written behind the code points, then added from there. */
  if (pm_buffer_room(m->wide, 4 * (size_t)left) != 0)
    return -1;
  const int32_t *at = pm_canon_at(m->wide);
  char *made = m->wide->at + m->wide->len, *o = made;
  int blanks = 0;
  int after = m->out->len > 0 && m->out->at[m->out->len - 1] == ' ';
  for (ptrdiff_t i = 0; i < left; i++) {
    int to = unify(m->options, (uint32_t)at[i]);
    int is_blank = to == BLANK; /* U+00AF is one, with a mark */
    blanks += is_blank;
    if (to == DROPPED || (is_blank && after))
      continue;
    if (to == AS_IT_IS)
      o += pm_utf8_write(o, (uint32_t)at[i]);
    else
      *o++ = (char)(is_blank ? ' ' : to);
    after = is_blank;
  }
  size_t len = (size_t)(o - made);
  int only_blank = blanks > 0 && (len == 0 || (len == 1 && *made == ' '));
  int failed =
      only_blank
          ? add_blank(m, p, next)
          : add(m, made, len, p, next,
                left == 1 && next == p + pm_utf8_length((unsigned char)*p));
  pm_canon_shift(m->wide, n);
  return failed;
}

/* Adds the run that starts at `*p`, whose first `sure` characters are part of
 * it whatever they are. */
static int add_run(maker *m, const char **p, int sure) {
  const char *s = *p, *start = s;
  m->wide->len = 0;
  while (s < m->end && (sure > 0 || *s & 0x80)) {
    const char *next = s;
    uint32_t c = pm_utf8_next(&next);
    unsigned form = pm_char_form(c);
    if (sure-- <= 0 && (!(form & m->work) || unify(m->options, c) != AS_IT_IS))
      break;
    size_t before = pm_canon_count(m->wide);
    if (!(form & PM_IGNORABLE) && pm_canon_add(m->wide, c, m->canon) != 0)
      return -1;
    if (m->options & PM_MATCH_MARKS)
      pm_canon_strip(m->wide, before);
    if (before > 0 && pm_canon_is_cut(m->wide, before)) {
      if (add_segment(m, before, start, s) != 0)
        return -1;
      start = s;
    }
    s = next;
  }
  *p = s;
  m->plain = 0;
  return add_segment(m, pm_canon_count(m->wide), start, s);
}

/* Takes back the character before `p` and returns where it starts. */
static const char *take_back(maker *m, const char *p) {
  m->out->len = (size_t)(pm_utf8_back(m->out->at + m->out->len) - m->out->at);
  if (m->pieces != NOT_SAVED) {
    m->map->len = m->pieces;
    if (m->pieces > 0)
      memcpy(m->map->at + m->pieces - sizeof m->piece, &m->piece,
             sizeof m->piece);
  }
  return pm_utf8_back(p);
}

/* What the inert character `c` maps to. */
static uint32_t map_inert(unsigned options, uint32_t c, unsigned form) {
  if (form >> PM_MAPPING_SHIFT && options & PM_MATCH_CASE) {
    c += (uint32_t)pm_char_mapping(form)->fold;
    form = pm_char_form(c);
  }
  if (form >> PM_MAPPING_SHIFT && options & PM_MATCH_MARKS)
    c += (uint32_t)pm_char_mapping(form)->base;
  return c;
}

/* Adds inert characters that are not ASCII from `*p` on, as long as they keep
 * their lengths. `out` has room for them as in add_ascii, and 4 bytes more. */
static int add_even(maker *m, const char **p) {
  const char *s = *p;
  char *start = m->out->at + m->out->len, *o = start;
  while (s < m->end && *s & 0x80) {
    const char *next = s;
    uint32_t c = pm_utf8_next(&next);
    unsigned form = pm_char_form(c);
    if (form & m->work || unify(m->options, c) != AS_IT_IS)
      break;
    uint32_t made = map_inert(m->options, c, form);
    if (made != c && unify(m->options, made) != AS_IT_IS)
      break;
    size_t n = pm_utf8_write(o, made);
    if (n != (size_t)(next - s))
      break;
    o += n;
    s = next;
  }
  if (o == start)
    return 0;
  if (pm_offsets_even(m->map, m->out->len, (size_t)(*p - m->text)) != 0)
    return -1;
  m->out->len += (size_t)(o - start);
  m->plain = 1;
  m->pieces = NOT_SAVED;
  *p = s;
  return 0;
}

/* Adds the character at `*p`, which is not ASCII and not even. */
static int add_other(maker *m, const char **p) {
  const char *at = *p;
  uint32_t c = pm_utf8_next(p);
  unsigned form = pm_char_form(c);
  int to = unify(m->options, c);
  if (to == AS_IT_IS && !(form & m->work)) {
    c = map_inert(m->options, c, form); /* a circled digit is one, too */
    to = unify(m->options, c);
  }
  if (to != AS_IT_IS) {
    m->plain = 0;
    char one = (char)to;
    return to == DROPPED ? 0
           : to == BLANK ? add_blank(m, at, *p)
                         : add(m, &one, 1, at, *p, 1);
  }
  if (form & m->work) {
    int sure = 1 + m->plain;
    *p = m->plain ? take_back(m, at) : at;
    return add_run(m, p, sure);
  }
  m->plain = 1;
  m->pieces = m->map->len;
  if (m->pieces > 0)
    memcpy(&m->piece, m->map->at + m->pieces - sizeof m->piece,
           sizeof m->piece);
  char made[4];
  return add(m, made, pm_utf8_write(made, c), at, *p, 0);
}

static void make_ascii(maker *m) {
  const unsigned with = PM_MATCH_CASE | PM_MATCH_SQUEEZE;
  const unsigned without =
      PM_MATCH_DIGITS | PM_MATCH_DROP_PUNCT | PM_MATCH_BLANK_PUNCT;
  m->blockwise = (m->options & (with | without)) == with;
  memset(m->ascii, NOT_ASCII, sizeof m->ascii);
  for (uint32_t c = 0; c < 128; c++) {
    int to = unify(m->options, c);
    int is_upper = m->options & PM_MATCH_CASE && c >= 'A' && c <= 'Z';
    m->ascii[c] = (uint8_t)(to != AS_IT_IS ? to
                            : is_upper     ? (int)(c | 32)
                                           : (int)c);
  }
}

int pm_matchable_make(const char *text, size_t len, unsigned options,
                      pm_buffer *out, pm_buffer *map, pm_buffer *wide) {
  maker m = {.text = text,
             .end = text + len,
             .options = options,
             .out = out,
             .map = map,
             .wide = wide};
  m.work = options & PM_MATCH_CASE ? PM_WORK_FOLD : PM_WORK_NFKC | PM_IGNORABLE;
  m.canon = PM_CANON_COMPAT | (options & PM_MATCH_CASE ? PM_CANON_FOLD : 0);
  if (options & PM_MATCH_MARKS)
    m.work |= PM_WORK_STRIP;
  make_ascii(&m);
  for (const char *p = text; p < m.end;) {
    if (pm_buffer_room(out, (size_t)(m.end - p) + 4) != 0)
      return -1;
    const char *before = p;
    if (!(*p & 0x80) ? add_ascii(&m, &p) : add_even(&m, &p))
      return -1;
    if (p == before && add_other(&m, &p) != 0)
      return -1;
  }
  return pm_offsets_end(map, out->len, len);
}
