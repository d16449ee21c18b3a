/*
 * A text is mostly characters that a form leaves alone or maps one to one and
 * that nothing before them composes with: the form bits of chars.h say so.
 * Between them lie runs that need work:
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

enum map { NONE, FOLD, SIMPLE, BASE };

static const struct form {
  unsigned work;  /* form bits of characters that need it */
  unsigned drop;  /* form bits of characters to leave out */
  unsigned canon; /* options for pm_canon_add */
  int compose, strip;
  enum map map; /* how the others are mapped, one to one */
} forms[] = {
    [PM_NFC] = {.work = PM_WORK_NFC, .compose = 1},
    [PM_NFD] = {.work = PM_WORK_NFD},
    [PM_NFKC] = {.work = PM_WORK_NFKC, .canon = PM_CANON_COMPAT, .compose = 1},
    [PM_NFKD] = {.work = PM_WORK_NFKD, .canon = PM_CANON_COMPAT},
    [PM_FOLD] = {.work = PM_WORK_FOLD,
                 .drop = PM_IGNORABLE,
                 .canon = PM_CANON_COMPAT | PM_CANON_FOLD,
                 .compose = 1,
                 .map = FOLD},
    [PM_FOLD_SIMPLE] = {.map = SIMPLE},
    [PM_STRIP] = {.work = PM_WORK_STRIP, .compose = 1, .strip = 1, .map = BASE},
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
  if (n == 0)
    return 0;
  ptrdiff_t left = pm_canon_finish(wide, n, compose);
  if (left < 0 || pm_buffer_room(out, 4 * (size_t)left) != 0)
    return -1;
  const int32_t *at = pm_canon_at(wide);
  for (ptrdiff_t i = 0; i < left; i++)
    out->len += pm_utf8_write(out->at + out->len, (uint32_t)at[i]);
  pm_canon_shift(wide, n);
  return 0;
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
    if (form->strip)
      pm_canon_strip(wide, before);
    if (before >= RUN && pm_canon_is_cut(wide, before) &&
        flush(out, wide, before, form->compose) != 0)
      return -1;
  }
  return flush(out, wide, pm_canon_count(wide), form->compose);
}

static int copy_inert(const char *p, const char *end, const struct form *form,
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

static char map_ascii(char c, enum map map) {
  return (char)(map != BASE && (unsigned char)(c - 'A') < 26 ? c | 0x20 : c);
}

static int32_t delta(unsigned form, enum map map) {
  const pm_mapping *to = pm_char_mapping(form);
  return map == FOLD ? to->fold : map == SIMPLE ? to->simple : to->base;
}

/* Maps 32 bytes if they are ASCII. A constant count, so that compilers make
 * vectors of it. */
static inline int map_block(char *to, const char *from, enum map map) {
  char copy[32];
  unsigned char any = 0;
  for (int i = 0; i < 32; i++)
    any |= (unsigned char)from[i];
  if (any & 0x80)
    return 0;
  for (int i = 0; i < 32; i++)
    copy[i] = map_ascii(from[i], map);
  memcpy(to, copy, 32);
  return 1;
}

/* Inlined with a constant `map`, so that the loops have no choice to make. */
static inline int map_inert(const char *p, const char *end,
                            const struct form *form, enum map map,
                            pm_buffer *out, pm_buffer *wide) {
  const char *start = p;
  while (p < end) {
    /* At most 35 bytes are read below, and a character of two bytes maps to
     * one of three at most. */
    if (pm_buffer_room(out, 64) != 0)
      return -1;
    char *o = out->at + out->len;
    const char *stop = end;
    if (end - p >= 32) {
      if (map_block(o, p, map)) {
        out->len += 32;
        p += 32;
        continue;
      }
      stop = p + 32;
    }
    unsigned bits = 0;
    while (p < stop) {
      if (!(*p & 0x80)) {
        *o++ = map_ascii(*p++, map);
        continue;
      }
      const char *next = p;
      uint32_t c = pm_utf8_next(&next);
      bits = pm_char_form(c);
      if (bits & form->work)
        break;
      if (bits >> PM_MAPPING_SHIFT) {
        o += pm_utf8_write(o, c + (uint32_t)delta(bits, map));
        p = next;
      } else {
        while (p < next)
          *o++ = *p++;
      }
    }
    out->len = (size_t)(o - out->at);
    if (bits & form->work) {
      /* The character before belongs to the run: take it back. */
      const char *run = p;
      if (p > start) {
        run = pm_utf8_back(p);
        out->len = (size_t)(pm_utf8_back(o) - out->at);
      }
      p = skip_work(p, end, form->work);
      if (do_run(run, p, form, out, wide) != 0)
        return -1;
    }
  }
  return 0;
}

/* The offset of the run whose first character that needs work is at `p`. */
static size_t start_of_run(const char *text, const char *p) {
  return p > text ? (size_t)(pm_utf8_back(p) - text) : 0;
}

static inline size_t map_span(const char *text, size_t len, unsigned work,
                              enum map map) {
  const char *p = text, *end = text + len;
  while (p < end) {
    char block[32];
    while (end - p >= 32 && map_block(block, p, map) &&
           memcmp(block, p, 32) == 0)
      p += 32;
    for (const char *stop = end - p < 32 ? end : p + 32; p < stop;) {
      const char *next = p;
      unsigned bits = pm_char_form(pm_utf8_next(&next));
      if (bits & work)
        return start_of_run(text, p);
      if (delta(bits, map) != 0)
        return (size_t)(p - text);
      p = next;
    }
  }
  return len;
}

size_t pm_normal_span(const char *text, size_t len, pm_form form) {
  unsigned work = forms[form].work;
  switch (forms[form].map) {
  case FOLD: return map_span(text, len, work, FOLD);
  case SIMPLE: return map_span(text, len, work, SIMPLE);
  case BASE: return map_span(text, len, work, BASE);
  case NONE: break;
  }
  const char *p = find_work(text, text + len, work);
  return p == text + len ? len : start_of_run(text, p);
}

int pm_normal_extend(const char *text, size_t len, pm_form form, size_t *span,
                     pm_buffer *out, pm_buffer *wide) {
  const struct form *f = &forms[form];
  const char *p = text + *span, *end = text + len;
  while (f->map == NONE && p < end) {
    const char *work = find_work(p, end, f->work);
    const char *run = work > p && work < end ? pm_utf8_back(work) : work;
    p = skip_work(work, end, f->work);
    if (do_run(run, p, f, out, wide) != 0)
      return -1;
    size_t wrote = out->len;
    out->len = 0;
    *span = (size_t)(run - text);
    if (wrote != (size_t)(p - run) ||
        (wrote > 0 && memcmp(out->at, run, wrote) != 0))
      return 0;
    *span = (size_t)(p - text);
  }
  return 0;
}

int pm_normalize(const char *text, size_t len, pm_form form, pm_buffer *out,
                 pm_buffer *wide) {
  const char *end = text + len;
  const struct form *f = &forms[form];
  if (len == 0)
    return 0;
  if (pm_buffer_room(out, len) != 0)
    return -1;
  switch (f->map) {
  case FOLD: return map_inert(text, end, f, FOLD, out, wide);
  case SIMPLE: return map_inert(text, end, f, SIMPLE, out, wide);
  case BASE: return map_inert(text, end, f, BASE, out, wide);
  case NONE: break;
  }
  return copy_inert(text, end, f, out, wide);
}
