#include "text/mojibake.h"

#include <limits.h>
#include <string.h>

#include "text/mojibake_read.h"
#include "text/mojibake_way.h"
#include "text/utf8.h"

/* Bits for going over to a charset and back, and for each character beyond
 * ASCII that is not UTF-8 in it; and how much worse than starting anew a way
 * may be that still can win by what stood before. */
enum { ENTER = 8, LEAVE = 8, UNREAD = 5, SLACK = 6 };

/* Bits against a word being something else. */
enum { WORD = 16 };

enum {
  STATES = 1 + PM_CHARSETS, /* 0: as written */
  AHEAD = 8,                /* characters looked at, >= PM_MISREAD_MAX */
  NEVER = INT_MAX / 2,
  LONGEST = 1 << 16, /* restored characters that wait for a decision */
};

/* A character that was restored, and the one before it on the same way. */
typedef struct step {
  size_t start, end; /* bytes of the text */
  uint32_t c;
  uint32_t charset;
  uint32_t before; /* index + 1, 0 for none */
} step;

typedef struct search {
  const char *text, *end, *copied;
  pm_buffer *out, *steps;
  size_t *counts, restored;
  int spaces; /* what a space after the first byte of U+00E0 is: -1 unknown */
  /* A ring: the character at place i, where it starts, the ways to it. */
  uint32_t c[AHEAD];
  const char *at[AHEAD], *loaded;
  pm_way nodes[AHEAD][STATES];
  unsigned alive;  /* charsets with a way to a place from here on */
  size_t furthest; /* the last place that a sequence leads to */
  unsigned state;  /* where the next search starts */
} search;

static unsigned ring(size_t i) {
  return (unsigned)(i % AHEAD);
}

/* Where a sequence may start, or `end`; `*charsets` it may be read in. */
static const char *find(const char *p, const char *end, unsigned *charsets) {
  while (p < end &&
         (!(*p & 0x80) ? (p = pm_utf8_skip_ascii(p, end)) < end : 1)) {
    const char *next = p;
    const pm_misread *row = pm_misread_of(pm_utf8_next(&next));
    if (row->leads && next < end) {
      const char *after = next;
      uint32_t c = pm_utf8_next(&after);
      *charsets = c == ' ' || c == '?' || c == 0xFFFD
                      ? row->leads
                      : row->leads & pm_misread_of(c)->continues;
      if (*charsets)
        return p;
    }
    p = next;
  }
  return end;
}

static void load(search *s, size_t i) {
  s->at[ring(i)] = s->loaded;
  s->c[ring(i)] = s->loaded < s->end ? pm_utf8_next(&s->loaded) : 0;
}

/* The lowest charset of a set, and the set without it. */
static unsigned take_lowest(unsigned *set) {
  unsigned x = (unsigned)__builtin_ctz(*set);
  *set &= *set - 1;
  return x;
}

static void offer(search *s, size_t i, unsigned state, pm_way n) {
  pm_way *to = &s->nodes[ring(i)][state];
  if (n.bits < to->bits)
    *to = n;
}

/* Whether a space after the first byte of U+00E0 stays a space: it does where
 * spaces were squeezed, and not where the text has two of them (the second
 * being the space), or is Vietnamese, which has the letter inside words. */
static int spaces_stay(search *s) {
  if (s->spaces < 0) {
    static const char *const signs[] = {"\xC3\x83  ", "\xC3\xA1\xC2\xBB",
                                        "\xC3\xA1\xC2\xBA"};
    size_t len = (size_t)(s->end - s->text);
    s->spaces = 1;
    for (int i = 0; i < 3; i++)
      if (memmem(s->text, len, signs[i], 4))
        s->spaces = 0;
  }
  return s->spaces;
}

static int keeps_space(search *s, const uint32_t *c) {
  if (c[1] != ' ' || pm_kind_script[pm_kind_of(c[2])] == 0)
    return 0;
  /* Portuguese contractions: àquele, àquela, àquilo, às */
  if (c[2] == 's' && c[3] == ' ')
    return 0;
  if (c[2] == 'q' && c[3] == 'u' && (c[4] == 'e' || c[4] == 'i') && c[5] == 'l')
    return 0;
  return spaces_stay(s);
}

/* Whether what is read as `r` at place `i`, where `from` leads as it is
 * written, is a word: U+0412 alone is "in" in Russian, whatever language
 * follows, and windows-1251 has a no-break space for it; or a letter in quotes,
 * of which one would be part of a letter. */
static int is_word(const search *s, size_t i, const pm_way *from,
                   pm_reading r) {
  const char *p = s->at[ring(i)];
  if (r.c == 0xA0 && s->c[ring(i)] == 0x412)
    return p == s->text || memchr(" \n\t\r([\"'", p[-1], 8);
  return r.length == 2 && from->open && !pm_kind_script[from->kind] &&
         pm_quote_closers[from->open] >> pm_quote_of(s->c[ring(i + 1)]) & 1;
}

/* Offers the way `n` that has read `r` at place `i`. */
static int offer_step(search *s, size_t i, unsigned charset, pm_reading r,
                      pm_way n) {
  size_t place = i + (size_t)r.length;
  pm_way *to = &s->nodes[ring(place)][1 + charset];
  if (n.bits >= to->bits)
    return 0;
  step made = {.start = (size_t)(s->at[ring(i)] - s->text),
               .end = (size_t)(s->at[ring(place)] - s->text),
               .c = r.c,
               .charset = charset,
               .before = n.way};
  if (pm_buffer_add(s->steps, &made, sizeof made) != 0)
    return -1;
  n.way = (uint32_t)(s->steps->len / sizeof made);
  *to = n;
  s->alive |= 1u << charset;
  if (place > s->furthest)
    s->furthest = place;
  return 0;
}

/* Takes all ways one character on from place `i`. */
static int advance(search *s, size_t i, unsigned starts) {
  pm_way *from = s->nodes[ring(i)];
  uint32_t c = s->c[ring(i)];
  uint32_t ahead[AHEAD] = {0};
  if (starts)
    for (size_t k = 0; k < AHEAD - 1; k++)
      ahead[k] = s->c[ring(i + k)];
  int keeps = starts && ahead[1] == ' ' ? keeps_space(s, ahead) : 0;
  unsigned kind = pm_kind_of(c);
  offer(s, i + 1, 0, pm_way_after(from[0], c, kind));
  for (unsigned set = s->alive | starts; set;) {
    unsigned x = take_lowest(&set);
    pm_way n = from[1 + x];
    pm_reading r = {0, 0, 0};
    if (starts >> x & 1)
      r = pm_mojibake_read(ahead, x, keeps);
    if (r.length > 0) {
      unsigned read = pm_kind_of(r.c);
      pm_way to = pm_way_after(from[0], r.c, read);
      to.bits += ENTER;
      if (n.bits < NEVER) {
        pm_way on = pm_way_after(n, r.c, read);
        to = on.bits <= to.bits ? on : to;
      }
      to.bits += r.bits + (is_word(s, i, &from[0], r) ? WORD : 0);
      if (offer_step(s, i, x, r, to) != 0)
        return -1;
    }
    if (n.bits < NEVER) {
      n = pm_way_after(n, c, kind);
      n.bits += c >= 0x80 ? UNREAD : 0;
      offer(s, i + 1, 1 + x, n);
    }
  }
  return 0;
}

/* Lets charsets go that are no better than starting anew, and ends what has
 * cost more than coming back. Returns the charsets that stay at place `i`. */
static unsigned prune(search *s, size_t i) {
  pm_way *n = s->nodes[ring(i)];
  unsigned stay = 0;
  for (unsigned set = s->alive; set;) {
    unsigned x = take_lowest(&set);
    if (n[1 + x].bits < NEVER && n[1 + x].bits + LEAVE < n[0].bits) {
      n[0] = n[1 + x];
      n[0].bits += LEAVE;
    }
  }
  for (unsigned set = s->alive; set;) {
    unsigned x = take_lowest(&set);
    if (n[1 + x].bits >= n[0].bits + ENTER + SLACK)
      n[1 + x].bits = NEVER;
    else
      stay |= 1u << x;
  }
  return stay;
}

/* Writes the steps on the way to `last`, the text between them as it is. */
static int write_way(search *s, uint32_t last) {
  step *steps = (step *)(void *)s->steps->at;
  uint32_t first = 0; /* turn the chain around */
  for (uint32_t at = last; at;) {
    uint32_t before = steps[at - 1].before;
    steps[at - 1].before = first;
    first = at;
    at = before;
  }
  for (uint32_t at = first; at; at = steps[at - 1].before) {
    const step *t = &steps[at - 1];
    size_t same = (size_t)(s->text + t->start - s->copied);
    if (pm_buffer_add(s->out, s->copied, same) != 0 ||
        pm_buffer_room(s->out, 4) != 0)
      return -1;
    s->out->len += pm_utf8_write(s->out->at + s->out->len, t->c);
    s->copied = s->text + t->end;
    s->counts[t->charset]++;
    s->restored++;
  }
  s->steps->len = 0;
  return 0;
}

/* Long stretches of ASCII cost the same in all states: from place `i`, where
 * two ASCII characters have just been read, goes on to the last one. */
static void skip_ascii(search *s, size_t i) {
  const char *p = s->at[ring(i)];
  const char *stop = pm_utf8_skip_ascii(p, s->end);
  if (stop - p < 2 * AHEAD)
    return;
  int letters = 0;
  for (const char *q = p; q < stop - 1 && !letters; q++)
    letters = pm_kind_script[pm_kind_of((unsigned char)*q)] != 0;
  pm_way last = pm_way_letters(s->text, stop - 1);
  for (int state = 0; state < STATES; state++) {
    pm_way *n = &s->nodes[ring(i)][state];
    if (letters && n->bits < NEVER)
      n->bits += pm_script_bits[n->script][1];
    n->script = letters ? 1 : n->script;
    n->kind = last.kind;
    n->capitals = last.capitals;
  }
  s->loaded = stop - 1;
  for (size_t k = 0; k < AHEAD - 1; k++)
    load(s, i + k);
}

static void start(search *s, const char *p) {
  s->loaded = p;
  s->furthest = 0;
  for (unsigned k = 0; k < AHEAD; k++)
    for (unsigned state = 0; state < STATES; state++)
      s->nodes[k][state].bits = NEVER;
  for (size_t k = 0; k < AHEAD - 1; k++)
    load(s, k);
  pm_way *first = s->nodes[0];
  first[0] = pm_way_to(s->text, p);
  first[s->state] = first[0];
  s->alive = 0;
  if (s->state) {
    first[0].bits = LEAVE;
    s->alive = 1u << (s->state - 1);
  }
}

static unsigned best_state(const pm_way *n) {
  unsigned best = 0;
  for (unsigned state = 1; state < STATES; state++)
    if (n[state].bits < n[best].bits)
      best = state;
  return best;
}

/* Searches from `p` until only the way that is as written is left, or a
 * decision is due. Returns where, or NULL when memory is short. */
static const char *explore(search *s, const char *p) {
  start(s, p);
  int ascii = 0;
  for (size_t i = 0;; i++) {
    pm_way *here = s->nodes[ring(i)];
    const char *at = s->at[ring(i)];
    unsigned stay = prune(s, i);
    if (s->furthest <= i)
      s->alive = stay;
    uint32_t c = s->c[ring(i)];
    unsigned starts = at < s->end ? pm_misread_starts(c, s->c[ring(i + 1)]) : 0;
    if (at == s->end || (!s->alive && !starts) ||
        s->steps->len > LONGEST * sizeof(step)) {
      s->state = best_state(here);
      return write_way(s, here[s->state].way) == 0 ? at : NULL;
    }
    ascii = c < 0x80 ? ascii + 1 : 0;
    if (ascii > 2 && s->furthest <= i) {
      skip_ascii(s, i);
      c = s->c[ring(i)];
    }
    if (advance(s, i, starts) != 0)
      return NULL;
    here[0].bits = NEVER;
    for (unsigned set = s->alive; set;)
      here[1 + take_lowest(&set)].bits = NEVER;
    load(s, i + AHEAD - 1);
  }
}

size_t pm_mojibake_undo(const char *text, size_t len, pm_buffer *out,
                        pm_buffer *work, size_t *counts) {
  search s = {.text = text,
              .end = text + len,
              .copied = text,
              .out = out,
              .steps = work,
              .counts = counts,
              .spaces = -1};
  unsigned charsets;
  work->len = 0;
  const char *p = text;
  while (s.state || (p = find(p, s.end, &charsets)) < s.end) {
    if (!(p = explore(&s, p)))
      return (size_t)-1;
    if (p == s.end)
      break;
  }
  if (s.restored > 0 &&
      pm_buffer_add(out, s.copied, (size_t)(s.end - s.copied)) != 0)
    return (size_t)-1;
  return s.restored;
}
