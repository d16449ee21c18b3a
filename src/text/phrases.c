/* Building: the phrases are folded and dealt out to the tables by length. */
#include "text/phrases.h"

#include <stdlib.h>
#include <string.h>

#include "text/phrases_fold.h"
#include "text/utf8.h"

/* So many phrases fit in the eight buckets. */
#define FEW 48

static bool any_beyond_ascii(const pm_phrase *phrases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const char *end = phrases[i].text + phrases[i].len;
    if (pm_utf8_skip_ascii(phrases[i].text, end) < end)
      return true;
  }
  return false;
}

bool pm_phrases_must_fold(const pm_phrases *p) {
  return p->fold != NULL;
}

void pm_phrases_fold(const pm_phrases *p, const char *text, size_t len,
                     char *out) {
  pm_phrases_fold_text(p->fold, text, len, out);
}

static int table_of(size_t len) {
  return (int)(len < PM_PHRASES_TABLES ? len : PM_PHRASES_TABLES) - 1;
}

/* Counts the phrases for each table, and tells which tables are small. */
static void deal(pm_phrases *p, const pm_phrase *phrases, size_t count) {
  for (size_t i = 0; i < count; i++)
    p->table[table_of(phrases[i].len)].count++;
  size_t few = 0;
  for (int i = 0; i < PM_PHRASES_TABLES; i++) {
    size_t here = p->table[i].count;
    if (here > 0 && few + here <= FEW) {
      few += here;
      p->few |= 1u << i;
    }
  }
}

/* Copies the phrases of one table, folded, to *to. */
static int fill(pm_phrases *p, int which, const pm_phrase *phrases,
                size_t count, char **to) {
  pm_phrases_table *t = p->table + which;
  if (t->count == 0)
    return 0;
  t->list = malloc(t->count * sizeof *t->list);
  if (!t->list)
    return -1;
  size_t row = 0, shortest = SIZE_MAX;
  for (size_t i = 0; i < count; i++) {
    size_t len = phrases[i].len;
    if (table_of(len) != which)
      continue;
    if (p->options & PM_PHRASES_CASELESS)
      pm_phrases_fold(p, phrases[i].text, len, *to);
    else
      memcpy(*to, phrases[i].text, len);
    t->list[row++] = (pm_phrases_one){*to, 0, (uint32_t)len, (uint32_t)i};
    *to += len;
    if (len < shortest)
      shortest = len;
  }
  bool in_passing = p->options & PM_PHRASES_CASELESS && !p->fold;
  return pm_phrases_table_make(t, shortest, in_passing, p->few >> which & 1);
}

typedef struct few_window {
  const char *text;
  size_t len;
  int table;
} few_window;

/* Very short ones, which say little, apart; then by their bytes. */
static int by_bytes(const void *a, const void *b) {
  const few_window *x = a, *y = b;
  if ((x->len < 4) != (y->len < 4))
    return x->len < 4 ? -1 : 1;
  int order = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
  return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* Lets a window into a bucket, with letters in either case. Bytes that it does
 * not have may be any. */
static void put(pm_phrases_buckets *b, const few_window *w, unsigned fold,
                uint8_t bucket) {
  for (unsigned i = 0; i < PM_PHRASES_NIBBLES; i++) {
    for (unsigned any = 0; any < 16 && i >= w->len; any++) {
      b->low[i][any] |= bucket;
      b->high[i][any] |= bucket;
    }
    if (i >= w->len)
      continue;
    unsigned c = (unsigned char)w->text[i];
    b->low[i][c & 15] |= bucket;
    b->high[i][(c | fold) >> 4] |= bucket;
    b->high[i][(c & ~fold) >> 4] |= bucket;
  }
}

/* How much of the buckets a window takes: a short one lets much through even
 * when it has few neighbours. */
static size_t weight(const few_window *w) {
  return w->len < 4 ? 4 : 1;
}

/* Puts the windows of the small tables into buckets, alike ones together. */
static void fill_buckets(pm_phrases *p) {
  few_window all[FEW];
  size_t count = 0, sum = 0, before = 0;
  for (int i = 0; i < PM_PHRASES_TABLES; i++) {
    const pm_phrases_table *t = p->table + i;
    for (size_t n = 0; p->few >> i & 1 && n < t->count; n++) {
      all[count] = (few_window){pm_phrases_table_window(t, n), t->window, i};
      sum += weight(all + count++);
    }
  }
  if (count > 0)
    qsort(all, count, sizeof *all, by_bytes);
  for (size_t n = 0; n < count; n++) {
    size_t k = before * 8 / sum;
    before += weight(all + n);
    const pm_phrases_table *t = p->table + all[n].table;
    put(&p->buckets, all + n, (unsigned)(t->fold & 0xFF), (uint8_t)(1u << k));
    for (size_t in = 0; in < 256; in++)
      if (in >> k & 1)
        p->in_buckets[in] |= (uint8_t)(1u << all[n].table);
  }
}

int pm_phrases_open(pm_phrases *p, const pm_phrase *phrases, size_t count,
                    int options) {
  p->options = options;
  p->given = count;
  p->path = pm_phrases_best_path();
  size_t total = 0;
  for (size_t i = 0; i < count; i++)
    total += phrases[i].len;
  if (options & PM_PHRASES_CASELESS && any_beyond_ascii(phrases, count) &&
      !(p->fold = pm_phrases_fold_table()))
    return -1;
  char *to = p->bytes = malloc(total + 1);
  if (!to)
    return -1;
  deal(p, phrases, count);
  for (int i = 0; i < PM_PHRASES_TABLES; i++) {
    if (fill(p, i, phrases, count, &to) != 0)
      return -1;
    p->count += p->table[i].count;
  }
  fill_buckets(p);
  return 0;
}

void pm_phrases_close(pm_phrases *p) {
  for (int i = 0; i < PM_PHRASES_TABLES; i++)
    pm_phrases_table_free(p->table + i);
  free(p->bytes);
  free(p->fold);
  memset(p, 0, sizeof *p);
}
