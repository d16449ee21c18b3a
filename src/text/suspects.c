#include "text/suspects.h"

#include "text/chars.h"
#include "text/repair.h"
#include "text/script.h"
#include "text/utf8.h"

/*
 * Letters of other scripts with the shape of a Latin one in common typefaces,
 * as pairs; the capitals of each are listed beside them. Made by looking.
 */
static const struct {
  uint16_t other, latin;
} lookalikes[] = {
    /* Greek */
    {0x391, 'A'},
    {0x392, 'B'},
    {0x395, 'E'},
    {0x396, 'Z'},
    {0x397, 'H'},
    {0x399, 'I'},
    {0x39A, 'K'},
    {0x39C, 'M'},
    {0x39D, 'N'},
    {0x39F, 'O'},
    {0x3A1, 'P'},
    {0x3A4, 'T'},
    {0x3A5, 'Y'},
    {0x3A7, 'X'},
    {0x3B1, 'a'},
    {0x3B3, 'y'},
    {0x3B9, 'i'},
    {0x3BD, 'v'},
    {0x3BF, 'o'},
    {0x3C1, 'p'},
    {0x3C5, 'u'},
    {0x3F2, 'c'},
    {0x3F3, 'j'},
    {0x3F9, 'C'},
    /* Cyrillic */
    {0x405, 'S'},
    {0x406, 'I'},
    {0x408, 'J'},
    {0x410, 'A'},
    {0x412, 'B'},
    {0x415, 'E'},
    {0x41A, 'K'},
    {0x41C, 'M'},
    {0x41D, 'H'},
    {0x41E, 'O'},
    {0x420, 'P'},
    {0x421, 'C'},
    {0x422, 'T'},
    {0x423, 'Y'},
    {0x425, 'X'},
    {0x430, 'a'},
    {0x435, 'e'},
    {0x43E, 'o'},
    {0x440, 'p'},
    {0x441, 'c'},
    {0x443, 'y'},
    {0x445, 'x'},
    {0x455, 's'},
    {0x456, 'i'},
    {0x458, 'j'},
    {0x4AE, 'Y'},
    {0x4BB, 'h'},
    {0x4C0, 'I'},
    {0x4CF, 'l'},
    {0x501, 'd'},
    {0x51A, 'Q'},
    {0x51B, 'q'},
    {0x51C, 'W'},
    {0x51D, 'w'},
    /* Armenian */
    {0x54D, 'U'},
    {0x54F, 'S'},
    {0x555, 'O'},
    {0x566, 'q'},
    {0x570, 'h'},
    {0x578, 'n'},
    {0x57D, 'u'},
    {0x581, 'g'},
    {0x585, 'o'},
};

enum { LOOKALIKES = sizeof lookalikes / sizeof *lookalikes };

uint32_t pm_lookalike(uint32_t c) {
  for (int i = 0; i < LOOKALIKES; i++) {
    if (c < 0x80 ? lookalikes[i].latin == c && lookalikes[i].other >= 0x400 &&
                       lookalikes[i].other < 0x530
                 : lookalikes[i].other == c)
      return c < 0x80 ? lookalikes[i].other : lookalikes[i].latin;
  }
  return 0;
}

/* The scripts of a word and its letters that have look-alikes. */
typedef struct word {
  size_t letters, latin, cyrillic;
  size_t strange_like; /* not Latin, look Latin */
  size_t latin_like;   /* Latin, look Cyrillic */
  unsigned scripts[4]; /* different ones, in order of appearance */
  int n;               /* how many; more than 4 count as 5 */
} word;

static void add_letter(word *w, uint32_t c) {
  unsigned script = pm_script_of(c);
  pm_script_known known = pm_script_is(script);
  if (known == PM_SCRIPT_NONE)
    return;
  w->letters++;
  if (known == PM_SCRIPT_LATIN) {
    w->latin++;
    w->latin_like += pm_lookalike(c) != 0;
  } else {
    w->cyrillic += known == PM_SCRIPT_CYRILLIC;
    w->strange_like += pm_lookalike(c) != 0;
  }
  for (int i = 0; i < w->n && i < 4; i++)
    if (w->scripts[i] == script)
      return;
  if (w->n < 4)
    w->scripts[w->n] = script;
  w->n += w->n < 5;
}

/* Chinese, Japanese and Korean write Latin letters, and each its own, between
 * ideographs. */
static int go_together(const word *w) {
  unsigned seen = 0;
  for (int i = 0; i < w->n && i < 4; i++)
    switch (pm_script_is(w->scripts[i])) {
    case PM_SCRIPT_LATIN:
    case PM_SCRIPT_HAN: break;
    case PM_SCRIPT_KANA: seen |= 1; break;
    case PM_SCRIPT_BOPOMOFO: seen |= 2; break;
    case PM_SCRIPT_HANGUL: seen |= 4; break;
    default: return 0;
    }
  return w->n < 5 && (seen & (seen - 1)) == 0;
}

static int judge(const word *w, unsigned main, pm_suspect *s) {
  size_t strange = w->letters - w->latin;
  s->kind = PM_SUSPECT_CONFUSABLE;
  s->to_latin = 1;
  if (w->n == 1)
    return pm_script_is(main) == PM_SCRIPT_LATIN && w->letters >= 3 &&
           w->strange_like == w->letters;
  if (w->n == 0 || go_together(w))
    return 0;
  if (w->latin > 0 && w->strange_like == strange &&
      (w->latin >= strange || w->latin_like < w->latin))
    return 1;
  s->to_latin = 0;
  if (w->cyrillic == strange && w->latin_like == w->latin)
    return 1;
  s->kind = PM_SUSPECT_MIXED;
  return 1;
}

static int is_ascii_letter(char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Letters and marks that have no shape. */
static int is_filler(uint32_t c) {
  return c == 0x34F || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
}

static int is_in_word(uint32_t c) {
  return (pm_char_kind(c) & (PM_LETTER | PM_ACCENT)) != 0 && !is_filler(c);
}

/* Whether `c`, from `at` on to `next`, has no shape and no meaning there. */
static int is_invisible(const char *text, const char *at, const char *next,
                        const char *end, uint32_t c) {
  if (pm_repair_step_of(c) == PM_REPAIR_ZERO_WIDTH) {
    uint32_t before = 0, after = 0;
    if (next < end)
      after = pm_utf8_next(&next);
    if (at > text) {
      const char *last = pm_utf8_back(at);
      before = pm_utf8_next(&last);
    }
    return !pm_repair_is_needed(c, before, after);
  }
  return is_filler(c) || c == 0xFEFF || (c >= 0xE0000 && c < 0xE0020);
}

static int add(pm_buffer *out, const pm_suspect *s) {
  return pm_buffer_add(out, s, sizeof *s);
}

/* Reads the word at `*p` and steps over it. */
static int read_word(const char *text, const char **p, const char *end,
                     unsigned main, pm_buffer *out) {
  const char *start = *p, *next = *p;
  word w = {0};
  while (start > text && is_ascii_letter(start[-1]))
    start--;
  for (const char *q = start; q < *p; q++)
    add_letter(&w, (unsigned char)*q);
  while (next < end) {
    uint32_t c = pm_utf8_next(&next);
    if (!is_in_word(c))
      break;
    add_letter(&w, c);
    *p = next;
  }
  pm_suspect s = {PM_SUSPECT_MIXED, (size_t)(start - text), (size_t)(*p - text),
                  0};
  return judge(&w, main, &s) ? add(out, &s) : 0;
}

int pm_suspects(const char *text, size_t len, unsigned main, pm_buffer *out) {
  const char *p = text, *end = text + len;
  while ((p = pm_utf8_skip_ascii(p, end)) < end) {
    const char *next = p;
    uint32_t c = pm_utf8_next(&next);
    pm_suspect s = {PM_SUSPECT_INVISIBLE, (size_t)(p - text),
                    (size_t)(next - text), 0};
    if (is_in_word(c)) {
      if (read_word(text, &p, end, main, out) != 0)
        return -1;
      continue;
    }
    int odd = is_invisible(text, p, next, end, c);
    if (!odd && pm_repair_step_of(c) == PM_REPAIR_BIDI) {
      s.kind = PM_SUSPECT_BIDI;
      odd = 1;
    }
    if (odd && add(out, &s) != 0)
      return -1;
    p = next;
  }
  return 0;
}
