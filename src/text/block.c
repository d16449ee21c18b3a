#include "text/block.h"

#include <string.h>

#include "text/utf8.h"

/* A line: where its text starts and ends without blanks, where it is over. */
typedef struct line {
  size_t start, end, over;
  size_t width; /* in characters, from the margin to `end` */
  size_t word;  /* characters of its first word */
  bool spaced;  /* has a blank inside */
  bool listed;  /* starts as an item of a list or a link note */
} line;

static bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t characters(const char *s, size_t from, size_t to) {
  size_t n = 0;
  for (size_t i = from; i < to; i++)
    n += !pm_utf8_is_tail(s[i]);
  return n;
}

/* Bytes of the line end at `s[i]`, 0 when there is none. */
static size_t line_end(const char *s, size_t len, size_t i) {
  if (s[i] == '\n')
    return 1;
  if (s[i] == '\r')
    return i + 1 < len && s[i + 1] == '\n' ? 2 : 1;
  return 0;
}

static line read_line(const char *s, size_t len, size_t at, size_t limit) {
  line l = {.start = at};
  size_t stop = at;
  while (stop < len && s[stop] != '\n' && s[stop] != '\r')
    stop++;
  l.over = stop < len ? stop + line_end(s, len, stop) : len;
  while (l.start < stop && is_blank(s[l.start]))
    l.start++;
  while (stop > l.start && is_blank(s[stop - 1]))
    stop--;
  l.end = stop;
  if (stop - at > limit) { /* too long to have been wrapped: not measured */
    l.width = limit + 1;
    return l;
  }
  size_t word = l.start;
  while (word < stop && !is_blank(s[word]))
    word++;
  l.spaced = word < stop;
  l.word = characters(s, l.start, word);
  l.width = characters(s, at, stop);
  l.listed =
      l.start < stop &&
      ((strchr("*-+>#|", s[l.start]) && l.spaced && word - l.start == 1) ||
       (s[l.start] == '[' && memchr(s + l.start, ':', word - l.start)));
  return l;
}

/* Wrapped text is between these widths, in characters. */
enum { NARROW = 40, WIDE = 140 };

/* A line of `width` characters can take 4 bytes for each. */
static const size_t line_bytes = 4 * WIDE;

/* Was `a` broken because the first word of `b` did not fit into `width`? */
static bool broken_by(const line *a, const line *b, size_t width) {
  return a->end > a->start && b->end > b->start && !b->listed &&
         a->width <= width && a->width + 1 + b->word > width;
}

size_t pm_block_wrap(const char *text, size_t len) {
  size_t width = 0;
  for (size_t at = 0; at < len;) {
    line l = read_line(text, len, at, line_bytes);
    if (l.width > WIDE && (l.spaced || l.width > line_bytes))
      return 0;
    if (l.spaced && l.width > width)
      width = l.width;
    at = l.over;
  }
  if (width < NARROW)
    return 0;
  size_t full = 0, all = 0;
  line last = {0};
  for (size_t at = 0; at < len;) {
    line l = read_line(text, len, at, line_bytes);
    if (last.end > last.start && l.end > l.start && !l.listed) {
      all++;
      full += broken_by(&last, &l, width);
    }
    last = l;
    at = l.over;
  }
  return full >= 4 && full * 3 >= all * 2 ? width : 0;
}

/* A full stop ends a sentence after a word in small letters, not in "U.S.". */
static bool ends_sentence(const char *s, size_t end, const pm_term *stop,
                          const pm_term *word) {
  size_t next = stop->end;
  while (next < end && strchr("\"')]", s[next]))
    next++;
  if (next < end && !is_blank(s[next]) && (uint8_t)s[next] < 0x80)
    return false;
  size_t length = word->end - word->start;
  return length > 2 || word->kind == PM_TERM_NUMBER ||
         (length == 2 && word->shape == PM_TERM_LOWER);
}

static bool is_note(const char *s, size_t len) {
  size_t i = 1;
  while (i < len && s[i] >= '0' && s[i] <= '9')
    i++;
  return len > i + 1 && i > 1 && s[0] == '[' && s[i] == ']' && s[i + 1] == ':';
}

static void measure(const char *s, pm_block *b, const pm_lexicon *lexicon) {
  pm_lexicon_walk walk;
  pm_lexicon_begin(lexicon, &walk);
  pm_term t, word = {0};
  bool broken = false, hidden = false;
  const size_t first = b->start;
  size_t at = first;
  while (pm_term_next(s, b->end, &at, &t)) {
    if (t.kind > PM_TERM_COPYRIGHT) {
      switch (t.kind) {
      case PM_TERM_STOP:
        b->ending = PM_BLOCK_STOP;
        b->sentences += (b->words > 1 || (b->words && !b->numbers)) &&
                        ends_sentence(s, b->end, &t, &word);
        break;
      case PM_TERM_ELLIPSIS: b->ending = PM_BLOCK_ELLIPSIS; break;
      case PM_TERM_COLON: b->ending = PM_BLOCK_COLON; break;
      case PM_TERM_COMMA:
        b->ending = PM_BLOCK_COMMA;
        b->commas++;
        break;
      case PM_TERM_QUOTE:
        b->quotes++;
        if (t.start == first)
          b->opening = PM_BLOCK_QUOTE;
        break;
      case PM_TERM_SEPARATOR: b->separators++; break;
      case PM_TERM_BRACKET: b->brackets++; break;
      case PM_TERM_AT: b->ats++; break;
      default: break;
      }
      broken |= t.kind != PM_TERM_DASH && t.kind != PM_TERM_QUOTE &&
                t.kind != PM_TERM_OTHER;
      continue;
    }
    if (t.kind == PM_TERM_COPYRIGHT) {
      pm_lexicon_word(lexicon, &walk, t.hash, broken);
      continue;
    }
    if (t.start == first)
      b->opening = t.kind == PM_TERM_NUMBER   ? PM_BLOCK_DIGIT
                   : t.shape == PM_TERM_LOWER ? PM_BLOCK_SMALL
                                              : PM_BLOCK_BIG;
    bool name =
        t.kind != PM_TERM_WORD || (t.shape != PM_TERM_LOWER && b->words > 0);
    b->lower += t.kind == PM_TERM_WORD && t.shape == PM_TERM_LOWER;
    b->capital += t.kind == PM_TERM_WORD && t.shape == PM_TERM_CAPITAL;
    b->upper += t.kind == PM_TERM_WORD && t.shape == PM_TERM_UPPER;
    b->numbers += t.kind == PM_TERM_NUMBER;
    b->links += t.kind == PM_TERM_LINK;
    b->characters += (uint32_t)(t.end - t.start);
    b->words++;
    b->exact = pm_term_mix(b->exact * 31 + t.hash);
    if (!name || !hidden)
      b->masked = pm_term_mix(b->masked * 31 + (name ? 1 : t.hash));
    b->plain += !name;
    hidden = name;
    pm_lexicon_word(lexicon, &walk, t.hash, broken);
    broken = false;
    word = t;
    b->ending = PM_BLOCK_BARE;
  }
  pm_lexicon_end(lexicon, &walk);
  if (is_note(s + b->start, b->end - b->start))
    b->opening = PM_BLOCK_NOTE;
  b->mask = walk.mask;
  b->common = walk.count;
  b->covered = walk.covered;
}

bool pm_block_next(const char *text, size_t len, size_t width,
                   const pm_lexicon *lexicon, size_t *at, pm_block *out) {
  *out = (pm_block){.opening = PM_BLOCK_SIGN};
  while (*at < len) {
    line l = read_line(text, len, *at, line_bytes);
    *at = l.over;
    if (l.start == l.end) {
      out->gap++;
      continue;
    }
    out->start = l.start;
    out->end = l.end;
    while (width && *at < len) {
      line more = read_line(text, len, *at, line_bytes);
      if (!broken_by(&l, &more, width))
        break;
      out->end = more.end;
      *at = more.over;
      l = more;
    }
    measure(text, out, lexicon);
    return true;
  }
  return false;
}

size_t pm_block_sketch(const char *text, size_t len, uint64_t *out,
                       size_t room) {
  uint64_t a = 0, b = 0;
  size_t at = 0, words = 0, count = 0;
  pm_term t;
  while (pm_term_next(text, len, &at, &t)) {
    if (t.kind > PM_TERM_LINK)
      continue;
    uint64_t h = pm_term_mix(pm_term_mix(a * 31 + b) * 31 + t.hash);
    a = b;
    b = t.hash;
    if (++words < 3)
      continue;
    size_t i = count;
    while (i > 0 && out[i - 1] > h)
      i--;
    if (i == room || (i > 0 && out[i - 1] == h))
      continue;
    count += count < room;
    memmove(out + i + 1, out + i, (count - i - 1) * sizeof *out);
    out[i] = h;
  }
  return count;
}
