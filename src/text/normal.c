/*
 * A text is mostly characters that a form leaves alone (or, when folding,
 * maps one to one) and that nothing before them composes with: the form bits
 * of chars.h say so. Between them lie runs that need work:
 *
 *     i n e r t  e  ´ ¸  i n e r t
 *                |-----|  a run starts one inert character early, since a
 *                         mark may compose with it, and ends before the next
 */
#include "text/normal.h"

#include "text/canon.h"
#include "text/chars.h"
#include "text/utf8.h"

/* A run longer than this is handed on at the next place where it can be cut,
 * so that scratch memory stays small however long the run. */
enum { RUN = 1024 };

static const struct form {
  unsigned work;  /* the form bit */
  unsigned drop;  /* form bits of characters to leave out */
  unsigned canon; /* options for pm_canon_add */
  int compose;
} forms[] = {
    [PM_NFC] = {PM_WORK_NFC, 0, 0, 1},
    [PM_NFD] = {PM_WORK_NFD, 0, 0, 0},
    [PM_NFKC] = {PM_WORK_NFKC, 0, PM_CANON_COMPAT, 1},
    [PM_NFKD] = {PM_WORK_NFKD, 0, PM_CANON_COMPAT, 0},
    [PM_FOLD] = {PM_WORK_FOLD, PM_IGNORABLE, PM_CANON_COMPAT | PM_CANON_FOLD,
                 1},
};

/* The first character that needs work, or `end`. */
static const char *find_work(const char *p, const char *end, unsigned work) {
  for (;;) {
    p = pm_utf8_skip_ascii(p, end);
    do {
      if (p == end)
        return end;
      const char *next = p;
      if (pm_char_form(pm_utf8_next(&next)) & work)
        return p;
      p = next;
    } while (p < end && *p & 0x80);
  }
}

/* The end of the characters that need work. */
static const char *skip_work(const char *p, const char *end, unsigned work) {
  while (p < end && *p & 0x80) {
    const char *next = p;
    if (!(pm_char_form(pm_utf8_next(&next)) & work))
      break;
    p = next;
  }
  return p;
}

/* Writes the first `n` code points of `wide` and takes them off. */
static int flush(pm_buffer *out, pm_buffer *wide, size_t n, int compose) {
  ptrdiff_t left = pm_canon_finish(wide, n, compose);
  if (left < 0 || pm_buffer_room(out, 4 * (size_t)left) != 0)
    return -1;
  const int32_t *at = pm_canon_at(wide);
  for (ptrdiff_t i = 0; i < left; i++)
    out->len += pm_utf8_write(out->at + out->len, (uint32_t)at[i]);
  pm_canon_shift(wide, n);
  return 0;
}

/* Whether `c`, decomposed, is never moved nor composed with what is before. */
static int is_cut(int32_t c) {
  return !(pm_char_form((uint32_t)c) & PM_WORK_NFC);
}

static int do_run(const char *p, const char *end, const struct form *form,
                  pm_buffer *out, pm_buffer *wide) {
  wide->len = 0;
  while (p < end) {
    size_t before = pm_canon_count(wide);
    uint32_t c = pm_utf8_next(&p);
    if (pm_char_form(c) & form->drop)
      continue;
    if (pm_canon_add(wide, c, form->canon) != 0)
      return -1;
    if (before >= RUN && is_cut(pm_canon_at(wide)[before]) &&
        flush(out, wide, before, form->compose) != 0)
      return -1;
  }
  return flush(out, wide, pm_canon_count(wide), form->compose);
}

static int normalize(const char *p, const char *end, const struct form *form,
                     pm_buffer *out, pm_buffer *wide) {
  while (p < end) {
    const char *work = find_work(p, end, form->work);
    const char *run = work > p && work < end ? pm_utf8_back(work) : work;
    if (pm_buffer_add(out, p, (size_t)(run - p)) != 0)
      return -1;
    p = skip_work(work, end, form->work);
    if (do_run(run, p, form, out, wide) != 0)
      return -1;
  }
  return 0;
}

static char lower(char c) {
  return (char)((unsigned char)(c - 'A') < 26 ? c | 0x20 : c);
}

/*
 * Copies and lower-cases 32 bytes if they are ASCII. A constant count, so that
 * compilers make vectors of it.
 */
static int fold_block(char *to, const char *from) {
  char copy[32];
  unsigned char any = 0;
  for (int i = 0; i < 32; i++)
    any |= (unsigned char)from[i];
  if (any & 0x80)
    return 0;
  for (int i = 0; i < 32; i++)
    copy[i] = lower(from[i]);
  memcpy(to, copy, 32);
  return 1;
}

static int32_t delta(unsigned form, int simple) {
  const pm_mapping *map = pm_char_mapping(form);
  return simple ? map->simple : map->fold;
}

static int fold(const char *p, const char *end, int simple, pm_buffer *out,
                pm_buffer *wide) {
  unsigned work = simple ? 0 : PM_WORK_FOLD;
  const char *start = p;
  while (p < end) {
    /* At most 35 bytes are read below, and a character of two bytes maps to
     * one of three at most. */
    if (pm_buffer_room(out, 64) != 0)
      return -1;
    char *o = out->at + out->len;
    const char *stop = end;
    if (end - p >= 32) {
      if (fold_block(o, p)) {
        out->len += 32;
        p += 32;
        continue;
      }
      stop = p + 32;
    }
    unsigned form = 0;
    while (p < stop) {
      if (!(*p & 0x80)) {
        *o++ = lower(*p++);
        continue;
      }
      const char *next = p;
      uint32_t c = pm_utf8_next(&next);
      form = pm_char_form(c);
      if (form & work)
        break;
      p = next;
      o += pm_utf8_write(o, c + (uint32_t)delta(form, simple));
    }
    out->len = (size_t)(o - out->at);
    if (form & work) {
      /* The character before belongs to the run: take it back. */
      const char *run = p;
      if (p > start) {
        run = pm_utf8_back(p);
        out->len = (size_t)(pm_utf8_back(o) - out->at);
      }
      p = skip_work(p, end, work);
      if (do_run(run, p, &forms[PM_FOLD], out, wide) != 0)
        return -1;
    }
  }
  return 0;
}

/* The offset of the run whose first character that needs work is at `p`. */
static size_t start_of_run(const char *text, const char *p) {
  return p > text ? (size_t)(pm_utf8_back(p) - text) : 0;
}

static size_t fold_span(const char *text, size_t len, int simple) {
  const char *p = text, *end = text + len;
  unsigned work = simple ? 0 : PM_WORK_FOLD;
  while (p < end) {
    char block[32];
    while (end - p >= 32 && fold_block(block, p) && memcmp(block, p, 32) == 0)
      p += 32;
    for (const char *stop = end - p < 32 ? end : p + 32; p < stop;) {
      const char *next = p;
      uint32_t c = pm_utf8_next(&next);
      unsigned form = pm_char_form(c);
      if (form & work)
        return start_of_run(text, p);
      if (delta(form, simple) != 0)
        return (size_t)(p - text);
      p = next;
    }
  }
  return len;
}

size_t pm_normal_span(const char *text, size_t len, pm_form form) {
  if (form >= PM_FOLD)
    return fold_span(text, len, form == PM_FOLD_SIMPLE);
  const char *p = find_work(text, text + len, forms[form].work);
  return p == text + len ? len : start_of_run(text, p);
}

int pm_normalize(const char *text, size_t len, pm_form form, pm_buffer *out,
                 pm_buffer *wide) {
  if (len == 0)
    return 0;
  if (pm_buffer_room(out, len) != 0)
    return -1;
  const char *end = text + len;
  if (form >= PM_FOLD)
    return fold(text, end, form == PM_FOLD_SIMPLE, out, wide);
  return normalize(text, end, &forms[form], out, wide);
}
