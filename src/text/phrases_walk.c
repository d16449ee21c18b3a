/*
 * Searching. The text is looked at in blocks; what the filters say of a block
 * becomes a bit for each place where a phrase may start. A window tells of a
 * start up to PM_PHRASES_BACK bytes before it, so the last places of a block
 * wait for the next one.
 */
#include <string.h>

#include <utf8proc.h>

#include "text/phrases.h"
#include "text/phrases_fold.h"
#include "text/utf8.h"

enum { BLOCK = PM_PHRASES_BLOCK, WORDS = BLOCK / 64 };

/* A letter, mark, digit or underscore. */
static bool in_word(uint32_t c) {
  if (c < 0x80)
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
           c == '_';
  utf8proc_category_t category = utf8proc_category((int32_t)c);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

/* Whether a word goes on over the border at `at`. */
static bool goes_on(const pm_phrases_walk *w, size_t at) {
  if (at == 0 || at == w->len)
    return false;
  const char *end = w->text + w->len, *before = w->text + at - 1;
  uint32_t c;
  if (pm_utf8_read(w->text + at, end, &c) < 0 || !in_word(c))
    return false;
  for (int n = 0; n < 3 && before > w->text && pm_utf8_is_tail(*before); n++)
    before--;
  int length = pm_utf8_read(before, end, &c);
  return length == w->text + at - before && in_word(c);
}

/* Narrows *from, *to to the phrases whose byte `d` is `c`. */
static void narrow(const pm_phrases_one *list, uint32_t *from, uint32_t *to,
                   size_t d, unsigned char c) {
  uint32_t low = *from, high = *to;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if ((unsigned char)list[middle].text[d] < c)
      low = middle + 1;
    else
      high = middle;
  }
  *from = low;
  high = *to;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if ((unsigned char)list[middle].text[d] <= c)
      low = middle + 1;
    else
      high = middle;
  }
  *to = low;
}

/* What is found at one place. */
typedef struct finds {
  pm_span *out;
  uint32_t *number;
  size_t room, count; /* `count` may be more than there was room for */
} finds;

static void note(const pm_phrases_walk *w, finds *f, size_t len,
                 uint32_t number) {
  bool all = w->phrases->options & PM_PHRASES_OVERLAP;
  size_t row = all ? f->count - w->passed : 0;
  if (!all || (f->count >= w->passed && row < f->room)) {
    f->out[row] = (pm_span){(uint32_t)w->at, (uint32_t)(w->at + len)};
    f->number[row] = number;
  }
  f->count++;
}

/* Notes which phrases of a table occur at w->at: all of them, or the longest
 * in the first row. */
static void look_in(const pm_phrases_walk *w, const pm_phrases_table *t,
                    finds *f) {
  const pm_phrases *p = w->phrases;
  size_t left = w->len - w->at;
  if (t->count == 0 || left < t->width)
    return;
  const char *text = w->text + w->at;
  bool words = p->options & PM_PHRASES_WORDS;
  bool fold = p->options & PM_PHRASES_CASELESS && !p->fold;
  uint32_t from, to;
  if (left >= 8) {
    pm_phrases_table_range(t, text, &from, &to);
  } else {
    char first[8] = {0};
    memcpy(first, text, left);
    pm_phrases_table_range(t, first, &from, &to);
  }
  for (size_t d = 0; from < to; d++) {
    if (t->list[from].len == d) {
      if (!words || !goes_on(w, w->at + d))
        note(w, f, d, t->list[from].number);
      if (++from == to)
        break;
    }
    if (d == left)
      break;
    unsigned char c =
        (unsigned char)(fold ? pm_phrases_fold_ascii(text[d]) : text[d]);
    if ((unsigned char)t->list[from].text[d] != c ||
        (unsigned char)t->list[to - 1].text[d] != c)
      narrow(t->list, &from, &to, d, c);
  }
}

/* Notes which phrases occur at w->at. Returns how many. */
static size_t look_at(const pm_phrases_walk *w, pm_span *out, uint32_t *number,
                      size_t room) {
  const pm_phrases *p = w->phrases;
  bool all = p->options & PM_PHRASES_OVERLAP;
  finds f = {out, number, room, 0};
  if (p->options & PM_PHRASES_WORDS && goes_on(w, w->at))
    return 0;
  unsigned tables = w->tables[w->at + 64 - w->base];
  while (tables && (all || f.count == 0)) { /* the longest first, or last */
    int i = all ? __builtin_ctz(tables) : 31 - __builtin_clz(tables);
    look_in(w, p->table + i, &f);
    tables &= ~(1u << i);
  }
  return f.count;
}

/* Writes the numbers of the bits in `hits` [words]; returns how many. */
static size_t places_of(const uint64_t *hits, size_t words, uint16_t *out) {
  size_t count = 0;
  for (size_t i = 0; i < words; i++)
    for (uint64_t hit = hits[i]; hit; hit &= hit - 1)
      out[count++] = (uint16_t)(64 * i + (size_t)__builtin_ctzll(hit));
  return count;
}

/* Marks where a phrase of table `k` may start if its window may be at `place`
 * of the block. Most often there is one such place, or none. */
static inline void mark_start(pm_phrases_walk *w, int k, const char *text,
                              size_t place) {
  const pm_phrases_table *t = w->phrases->table + k;
  uint32_t hash = pm_phrases_hash(&t->filter, text + place);
  uint32_t offsets = *pm_phrases_table_offsets(t, hash);
  do {
    size_t start = 64 + place - (size_t)__builtin_ctz(offsets | 1u << 16);
    unsigned any = offsets != 0;
    w->starts[start >> 6] |= (uint64_t)any << (start & 63);
    w->tables[start] |= (uint8_t)(any << k);
    offsets &= offsets - any;
  } while (offsets);
}

/* The same by what the filter of table `k` says of the block. */
static void mark_many(pm_phrases_walk *w, int k, const char *text, size_t words,
                      const uint64_t *hits) {
  uint16_t place[BLOCK];
  size_t count = places_of(hits, words, place);
  for (size_t i = 0; i < count; i++)
    mark_start(w, k, text, place[i]);
}

/* The same by what the buckets say, for the tables that share them. */
static void mark_few(pm_phrases_walk *w, const char *text, size_t words,
                     const uint64_t *hits) {
  const pm_phrases *p = w->phrases;
  uint16_t place[BLOCK];
  size_t count = places_of(hits, words, place);
  for (size_t i = 0; i < count; i++) {
    unsigned in = pm_phrases_buckets_of(&p->buckets, text + place[i]);
    unsigned tables = p->in_buckets[in];
    do {
      mark_start(w, __builtin_ctz(tables), text, place[i]);
      tables &= tables - 1;
    } while (tables);
  }
}

/* Makes room for the next block, and keeps what waits. */
static void shift_starts(pm_phrases_walk *w, bool follows) {
  uint64_t before = follows ? w->starts[WORDS] : 0;
  memset(w->starts, 0, sizeof w->starts);
  w->starts[0] = before;
  memcpy(w->tables, w->tables + BLOCK, 64);
  memset(w->tables + 64, 0, BLOCK);
}

/* Looks at the next block; passes over those that w->at has left behind. */
static void next_block(pm_phrases_walk *w) {
  const pm_phrases *p = w->phrases;
  bool follows = w->at < w->end + BLOCK;
  w->base = follows ? w->end : w->at & ~(size_t)(BLOCK - 1);
  size_t left = w->len - w->base, places = left < BLOCK ? left : BLOCK;
  size_t words = (places + 63) / 64;
  const char *text = w->text + w->base;
  char copy[BLOCK + PM_PHRASES_SLACK];
  if (left < 64 * words + PM_PHRASES_SLACK) {
    memcpy(copy, text, left);
    memset(copy + left, 0, 64 * words + PM_PHRASES_SLACK - left);
    text = copy;
  }
  shift_starts(w, follows);
  uint64_t hits[WORDS];
  if (p->few) {
    p->path->few(&p->buckets, text, words, hits);
    mark_few(w, text, words, hits);
  }
  for (int i = 0; i < PM_PHRASES_TABLES; i++) {
    if (p->table[i].count == 0 || p->few >> i & 1)
      continue;
    p->path->many(&p->table[i].filter, text, words, hits);
    mark_many(w, i, text, words, hits);
  }
  w->end = w->base + places;
}

/* The first place at or after w->at where a phrase may start, or the end. */
static size_t candidate(pm_phrases_walk *w) {
  for (;;) {
    /* Up to here the block looked at last says all. */
    size_t known = w->end == w->len           ? w->len
                   : w->end > PM_PHRASES_BACK ? w->end - PM_PHRASES_BACK
                                              : 0;
    for (size_t at = w->at; at < known; at = (at | 63) + 1) {
      size_t i = at + 64 - w->base;
      uint64_t starts = w->starts[i >> 6] >> (i & 63);
      if (starts) {
        at += (size_t)__builtin_ctzll(starts);
        if (at < known)
          return at;
      }
    }
    if (w->end == w->len)
      return w->len;
    if (w->at < known)
      w->at = known;
    next_block(w);
  }
}

void pm_phrases_begin(pm_phrases_walk *w, const pm_phrases *p, const char *text,
                      size_t len) {
  w->phrases = p;
  w->text = text;
  w->len = len;
  w->at = w->passed = w->base = w->end = 0;
  memset(w->starts, 0, sizeof w->starts);
  memset(w->tables, 0, sizeof w->tables);
}

size_t pm_phrases_next(pm_phrases_walk *w, pm_span *out, uint32_t *number,
                       size_t room) {
  bool all = w->phrases->options & PM_PHRASES_OVERLAP;
  size_t rows = 0;
  while (rows < room && w->phrases->count > 0) {
    w->at = candidate(w);
    if (w->at >= w->len)
      break;
    size_t found = look_at(w, out + rows, number + rows, room - rows);
    if (found == 0) {
      w->at++;
    } else if (!all) {
      w->at = out[rows++].end;
    } else if (found - w->passed > room - rows) {
      w->passed += room - rows; /* the rest next time */
      rows = room;
    } else {
      rows += found - w->passed;
      w->passed = 0;
      w->at++;
    }
  }
  return rows;
}
