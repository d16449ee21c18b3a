/*
 * A phrase list is sorted by key (the first `width` bytes), then by its bytes,
 * so that the phrases that begin with the same bytes stand together.
 */
#include "text/phrases.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "text/utf8.h"

/* Bits of the filter: 16 for each phrase, between 8 KiB and 512 KiB. */
#define FILTER_LEAST 16
#define FILTER_MOST 22

typedef struct pm_phrases_one {
  const char *text;
  uint32_t key, len, number;
} one;

static uint32_t hash(uint32_t key) {
  return key * 0x9E3779B1u;
}

/* Letters of either case look the same; so do a few other bytes, which the
 * comparison tells apart. */
static uint32_t case_mask(const pm_phrases *p) {
  return p->options & PM_PHRASES_CASELESS && !p->fold ? 0x20202020u : 0;
}

static uint32_t key_of(const pm_phrases *p, const char *text) {
  uint32_t key = 0;
  memcpy(&key, text, p->width);
  uint32_t used = 0;
  memset(&used, 0xFF, p->width);
  return key | (case_mask(p) & used);
}

static int by_key(const void *a, const void *b) {
  const one *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  size_t shared = x->len < y->len ? x->len : y->len;
  int order = memcmp(x->text, y->text, shared);
  if (order != 0)
    return order;
  if (x->len != y->len)
    return x->len < y->len ? -1 : 1;
  return x->number < y->number ? -1 : 1;
}

/* Folded simply, if the result is as long in UTF-8; else `c` itself. */
static uint32_t fold_one(uint32_t c) {
  if (c >= 0x3040 && c < 0xA640) /* scripts without case, and slow to ask */
    return c;
  uint32_t folded = (uint32_t)utf8proc_tolower(utf8proc_toupper((int32_t)c));
  char spare[4];
  return pm_utf8_write(spare, c) == pm_utf8_write(spare, folded) ? folded : c;
}

static bool any_beyond_ascii(const pm_phrase *phrases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const char *end = phrases[i].text + phrases[i].len;
    if (pm_utf8_skip_ascii(phrases[i].text, end) < end)
      return true;
  }
  return false;
}

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

bool pm_phrases_must_fold(const pm_phrases *p) {
  return p->fold != NULL;
}

void pm_phrases_fold(const pm_phrases *p, const char *text, size_t len,
                     char *out) {
  const char *end = text + len;
  while (text < end) {
    const char *stop = pm_utf8_skip_ascii(text, end);
    while (text < stop)
      *out++ = lower(*text++);
    if (text == end)
      break;
    uint32_t c;
    int n = pm_utf8_read(text, end, &c);
    size_t step = (size_t)(n < 0 ? -n : n);
    if (n < 0 || !p->fold)
      memcpy(out, text, step);
    else
      pm_utf8_write(out, c < 0x800 ? p->fold[c] : fold_one(c));
    text += step;
    out += step;
  }
}

/* Copies the phrases, folded; sorts them; drops those that are there twice. */
static int take(pm_phrases *p, const pm_phrase *phrases, size_t count) {
  size_t total = 0;
  for (size_t i = 0; i < count; i++)
    total += phrases[i].len;
  p->bytes = malloc(total + 1);
  p->list = malloc((count + 1) * sizeof *p->list);
  if (!p->bytes || !p->list)
    return -1;
  char *to = p->bytes;
  for (size_t i = 0; i < count; i++) {
    size_t len = phrases[i].len;
    if (p->options & PM_PHRASES_CASELESS)
      pm_phrases_fold(p, phrases[i].text, len, to);
    else
      memcpy(to, phrases[i].text, len);
    p->list[i] = (one){to, key_of(p, to), (uint32_t)len, (uint32_t)i};
    to += len;
  }
  qsort(p->list, count, sizeof *p->list, by_key);
  p->count = 0;
  for (size_t i = 0; i < count; i++) {
    const one *last = p->list + p->count - 1, *next = p->list + i;
    if (p->count > 0 && last->len == next->len &&
        memcmp(last->text, next->text, next->len) == 0)
      continue;
    p->list[p->count++] = *next;
  }
  return 0;
}

static pm_phrases_slot *slot_of(const pm_phrases *p, uint32_t key) {
  uint32_t i = hash(key) >> p->slot_shift;
  while (p->slots[i].from < p->slots[i].to && p->slots[i].key != key)
    i = (i + 1) & p->slot_mask;
  return p->slots + i;
}

/* Files the range of each key, and marks it in the filter. */
static int file(pm_phrases *p) {
  unsigned slot_bits = 4, filter_bits = FILTER_LEAST;
  while (((size_t)1 << slot_bits) < 2 * p->count)
    slot_bits++;
  while (filter_bits < FILTER_MOST &&
         ((size_t)1 << filter_bits) < 16 * p->count)
    filter_bits++;
  p->slot_shift = 32 - slot_bits;
  p->slot_mask = (uint32_t)(((uint64_t)1 << slot_bits) - 1);
  p->filter_shift = 32 - filter_bits;
  p->slots = calloc((size_t)1 << slot_bits, sizeof *p->slots);
  p->filter = calloc((size_t)1 << (filter_bits - 6), sizeof *p->filter);
  if (!p->slots || !p->filter)
    return -1;
  for (uint32_t i = 0; i < p->count; i++) {
    uint32_t key = p->list[i].key, bit = hash(key) >> p->filter_shift;
    pm_phrases_slot *s = slot_of(p, key);
    if (s->from == s->to)
      *s = (pm_phrases_slot){key, i, i};
    s->to = i + 1;
    p->filter[bit >> 6] |= (uint64_t)1 << (bit & 63);
  }
  return 0;
}

static int make_fold(pm_phrases *p) {
  p->fold = malloc(0x800 * sizeof *p->fold);
  if (!p->fold)
    return -1;
  for (uint32_t c = 0; c < 0x800; c++)
    p->fold[c] = (uint16_t)(c < 0x80 ? c : fold_one(c));
  return 0;
}

int pm_phrases_open(pm_phrases *p, const pm_phrase *phrases, size_t count,
                    int options) {
  p->options = options;
  p->given = count;
  p->width = 4;
  for (size_t i = 0; i < count; i++)
    if (phrases[i].len < p->width)
      p->width = (unsigned)phrases[i].len;
  if (options & PM_PHRASES_CASELESS && any_beyond_ascii(phrases, count) &&
      make_fold(p) != 0)
    return -1;
  return take(p, phrases, count) != 0 || file(p) != 0 ? -1 : 0;
}

void pm_phrases_close(pm_phrases *p) {
  free(p->bytes);
  free(p->list);
  free(p->slots);
  free(p->filter);
  free(p->fold);
  memset(p, 0, sizeof *p);
}

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
  for (int n = 0; n < 3 && before > w->text && (*before & 0xC0) == 0x80; n++)
    before--;
  int length = pm_utf8_read(before, end, &c);
  return length == w->text + at - before && in_word(c);
}

/* Narrows *from, *to to the phrases whose byte `d` is `c`. */
static void narrow(const one *list, uint32_t *from, uint32_t *to, size_t d,
                   unsigned char c) {
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

/*
 * Looks at the phrases from..to at w->at. Returns how many occur there; those
 * after the first w->passed go to `out`, at most `room` of them (overlapping),
 * or the longest alone.
 */
static size_t occurrences(const pm_phrases_walk *w, uint32_t from, uint32_t to,
                          pm_span *out, uint32_t *number, size_t room) {
  const pm_phrases *p = w->phrases;
  bool words = p->options & PM_PHRASES_WORDS;
  bool all = p->options & PM_PHRASES_OVERLAP;
  bool fold = p->options & PM_PHRASES_CASELESS && !p->fold;
  const char *text = w->text + w->at;
  size_t left = w->len - w->at, found = 0;
  for (size_t d = 0; from < to; d++) {
    if (p->list[from].len == d) {
      if (!words || !goes_on(w, w->at + d)) {
        size_t row = all ? found - w->passed : 0;
        if (!all || (found >= w->passed && row < room)) {
          out[row] = (pm_span){(uint32_t)w->at, (uint32_t)(w->at + d)};
          number[row] = p->list[from].number;
        }
        found++;
      }
      if (++from == to)
        break;
    }
    if (d == left)
      break;
    unsigned char c = (unsigned char)(fold ? lower(text[d]) : text[d]);
    if ((unsigned char)p->list[from].text[d] != c ||
        (unsigned char)p->list[to - 1].text[d] != c)
      narrow(p->list, &from, &to, d, c);
  }
  return found;
}

/* The first place at or after `at` where a phrase may start, or the end. */
static size_t candidate(const pm_phrases_walk *w, size_t at) {
  const pm_phrases *p = w->phrases;
  const uint64_t *filter = p->filter;
  unsigned shift = p->filter_shift;
  uint32_t used = 0;
  memset(&used, 0xFF, p->width);
  uint32_t set = case_mask(p) & used;
  for (; w->len - at >= 4; at++) {
    uint32_t key;
    memcpy(&key, w->text + at, 4);
    uint32_t bit = hash((key & used) | set) >> shift;
    if (filter[bit >> 6] >> (bit & 63) & 1)
      return at;
  }
  for (; w->len - at >= p->width; at++) {
    uint32_t bit = hash(key_of(p, w->text + at)) >> shift;
    if (filter[bit >> 6] >> (bit & 63) & 1)
      return at;
  }
  return w->len;
}

size_t pm_phrases_next(pm_phrases_walk *w, pm_span *out, uint32_t *number,
                       size_t room) {
  const pm_phrases *p = w->phrases;
  bool all = p->options & PM_PHRASES_OVERLAP;
  size_t rows = 0;
  while (rows < room && p->count > 0) {
    w->at = candidate(w, w->at);
    if (w->at >= w->len)
      break;
    const pm_phrases_slot *s = slot_of(p, key_of(p, w->text + w->at));
    size_t found = 0;
    if (s->from < s->to &&
        !(p->options & PM_PHRASES_WORDS && goes_on(w, w->at)))
      found = occurrences(w, s->from, s->to, out + rows, number + rows,
                          room - rows);
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
