/*
 * The text is walked in stretches of valid UTF-8, and those in stretches where
 * no byte can start one of the characters in question.
 */
#include "text/repair.h"

#include "text/chars.h"
#include "text/utf8.h"

uint32_t pm_cp1252(unsigned char byte) {
  static const uint16_t high[32] = {
      0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
  return byte < 0xA0 ? high[byte - 0x80] : byte;
}

/* 1: the byte may start a character to look at. */
static const uint8_t odd[256] = {
    1,          1,          1,          1,          1,          1,
    1,          1,          1,          0,          0,          1,
    1,          1,          1,          1, /* not tab and LF */
    1,          1,          1,          1,          1,          1,
    1,          1,          1,          1,          1,          1,
    1,          1,          1,          1,          [0x7F] = 1, [0xC2] = 1,
    [0xD8] = 1, [0xE1] = 1, [0xE2] = 1, [0xEF] = 1,
};

pm_repair_step pm_repair_step_of(uint32_t c) {
  switch (c) {
  case '\t':
  case '\n': return PM_REPAIR_STEPS;
  case '\r': return PM_REPAIR_LINE_ENDS;
  case '\v':
  case '\f':
  case 0x2028:
  case 0x2029: return PM_REPAIR_SEPARATORS;
  case 0xFEFF: return PM_REPAIR_BOM;
  case 0xAD:
  case 0x180E: return PM_REPAIR_ZERO_WIDTH;
  case 0x61C:
  case 0x200E:
  case 0x200F: return PM_REPAIR_BIDI;
  }
  if (c < 0x20 || c == 0x7F)
    return PM_REPAIR_CONTROLS;
  if (c >= 0x80 && c <= 0x9F)
    return pm_cp1252((unsigned char)c) ? PM_REPAIR_C1 : PM_REPAIR_CONTROLS;
  if ((c >= 0x200B && c <= 0x200D) || (c >= 0x2060 && c <= 0x2064))
    return PM_REPAIR_ZERO_WIDTH;
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
    return PM_REPAIR_BIDI;
  return PM_REPAIR_STEPS;
}

/* The end of what a terminal takes as one command: ESC [ parameters final. */
static const char *skip_escape(const char *p, const char *end) {
  const char *q = p + 1;
  if (*p != 0x1B || q == end || *q != '[')
    return p + 1;
  for (q++; q < end && *q >= 0x20 && *q <= 0x3F; q++)
    ;
  return q < end && *q >= 0x40 && *q <= 0x7E ? q + 1 : p + 1;
}

int pm_repair_is_needed(uint32_t c, uint32_t before, uint32_t after) {
  unsigned a = pm_char_kind(before), b = pm_char_kind(after);
  switch (c) {
  case 0x200B: return (a & b & PM_UNSPACED) != 0;
  case 0x200C:
  case 0x180E: return a & PM_VIRAMA || a & b & PM_JOINING;
  case 0x200D: return a & PM_VIRAMA || a & b & (PM_JOINING | PM_EMOJI);
  }
  return 0;
}

const char *pm_repair_skip(const char *p, const char *end) {
  while (p < end && !odd[(unsigned char)*p])
    p++;
  return p;
}

/* The first character of valid text that one of the steps is for, or `end`. */
static const char *find(const char *p, const char *end, unsigned steps,
                        pm_repair_step *step) {
  for (;; p += pm_utf8_length((unsigned char)*p)) {
    p = pm_repair_skip(p, end);
    if (p == end)
      return end;
    const char *next = p;
    *step = pm_repair_step_of(pm_utf8_next(&next));
    if (*step < PM_REPAIR_STEPS && steps >> *step & 1)
      return p;
  }
}

size_t pm_repair_span(const char *text, size_t len, unsigned steps) {
  pm_repair_step step;
  const char *end = text + pm_utf8_check(text, len);
  return (size_t)(find(text, end, steps, &step) - text);
}

static int put(pm_buffer *out, uint32_t c) {
  if (pm_buffer_room(out, 4) != 0)
    return -1;
  out->len += pm_utf8_write(out->at + out->len, c);
  return 0;
}

static int repair_valid(const char *p, const char *end, unsigned steps,
                        pm_buffer *out, size_t *counts) {
  while (p < end) {
    pm_repair_step step;
    const char *at = find(p, end, steps, &step);
    if (pm_buffer_add(out, p, (size_t)(at - p)) != 0)
      return -1;
    if (at == end)
      return 0;
    p = at;
    uint32_t c = pm_utf8_next(&p);
    int failed = 0;
    switch (step) {
    case PM_REPAIR_C1: failed = put(out, pm_cp1252((unsigned char)c)); break;
    case PM_REPAIR_CONTROLS:
      if (c < 0x80)
        p = skip_escape(at, end);
      break;
    case PM_REPAIR_LINE_ENDS:
      if (p < end && *p == '\n')
        p++;
      failed = put(out, '\n');
      break;
    case PM_REPAIR_SEPARATORS:
      failed = put(out, '\n');
      if (!failed && c == 0x2029)
        failed = put(out, '\n');
      break;
    case PM_REPAIR_ZERO_WIDTH: {
      const char *next = p;
      uint32_t after = p < end ? pm_utf8_next(&next) : 0, before = 0;
      if (out->len > 0) {
        const char *last = pm_utf8_back(out->at + out->len);
        before = pm_utf8_next(&last);
      }
      if (pm_repair_is_needed(c, before, after)) {
        failed = pm_buffer_add(out, at, (size_t)(p - at));
        counts[step]--;
      }
      break;
    }
    default: break; /* BOM, BIDI: it goes */
    }
    if (failed)
      return -1;
    counts[step]++;
  }
  return 0;
}

/* The character of a CESU-8 pair at `p`, or 0. */
static uint32_t surrogate_pair(const char *p, const char *end) {
  const unsigned char *s = (const unsigned char *)p;
  if (end - p < 6 || s[0] != 0xED || (s[1] & 0xF0) != 0xA0 ||
      (s[2] & 0xC0) != 0x80 || s[3] != 0xED || (s[4] & 0xF0) != 0xB0 ||
      (s[5] & 0xC0) != 0x80)
    return 0;
  uint32_t high = (s[1] & 0xFu) << 6 | (s[2] & 0x3Fu);
  uint32_t low = (s[4] & 0xFu) << 6 | (s[5] & 0x3Fu);
  return 0x10000 + (high << 10 | low);
}

/* Marks that stand side by side in cp1252: quotes, dashes, ellipsis, no-break
 * space. */
static int is_mark(unsigned char byte) {
  return byte == 0x82 || byte == 0x84 || byte == 0x85 || byte == 0x8B ||
         (byte >= 0x91 && byte <= 0x97) || byte == 0x9B || byte == 0xA0 ||
         byte == 0xAB || byte == 0xB4 || byte == 0xBB;
}

/*
 * The end of the invalid bytes at `p`. Sets `*stray` when they look like
 * cp1252 that got into UTF-8: a single byte, or two or three of which all but
 * one are marks; never the start of a longer character.
 */
static const char *skip_invalid(const char *p, const char *end, int *stray) {
  int bytes = 0, letters = 0;
  uint32_t c;
  *stray = 1;
  for (int n; p < end && (n = pm_utf8_read(p, end, &c)) < 0; p -= n) {
    unsigned char byte = (unsigned char)*p;
    if (surrogate_pair(p, end)) {
      if (bytes == 0)
        *stray = 0;
      break;
    }
    bytes++;
    letters += !is_mark(byte);
    if (n != -1 || pm_cp1252(byte) == 0 || bytes > 3 || letters > 1)
      *stray = 0;
  }
  return p;
}

/* Whether at least half of the invalid bytes are stray: then the text is UTF-8
 * with some cp1252 in it, and not of another charset. */
static int is_mixed(const char *p, const char *end) {
  size_t stray_bytes = 0, others = 0;
  while (p < end) {
    p += pm_utf8_check(p, (size_t)(end - p));
    if (p == end)
      break;
    int stray;
    const char *next = skip_invalid(p, end, &stray);
    *(stray ? &stray_bytes : &others) += (size_t)(next - p);
    p = next > p ? next : p + 6;
  }
  return stray_bytes > 0 && stray_bytes >= others;
}

static int repair_invalid(const char *p, const char *end, int stray,
                          pm_buffer *out, size_t *counts) {
  while (p < end) {
    uint32_t c;
    int n = pm_utf8_read(p, end, &c);
    if (stray)
      c = pm_cp1252((unsigned char)*p);
    if (put(out, c) != 0)
      return -1;
    counts[stray ? PM_REPAIR_STRAY : PM_REPAIR_INVALID]++;
    p -= n;
  }
  return 0;
}

int pm_repair(const char *text, size_t len, unsigned steps, pm_buffer *out,
              size_t *counts) {
  const char *p = text, *end = text + len;
  memset(counts, 0, PM_REPAIR_STEPS * sizeof *counts);
  int mixed = -1; /* not known yet */
  while (p < end) {
    size_t good = pm_utf8_check(p, (size_t)(end - p));
    if (repair_valid(p, p + good, steps, out, counts) != 0)
      return -1;
    p += good;
    if (p == end)
      break;
    uint32_t pair = surrogate_pair(p, end);
    if (pair) {
      if (put(out, pair) != 0)
        return -1;
      counts[PM_REPAIR_SURROGATES]++;
      p += 6;
      continue;
    }
    if (mixed < 0)
      mixed = steps >> PM_REPAIR_STRAY & 1 && is_mixed(p, end);
    int stray;
    const char *next = skip_invalid(p, end, &stray);
    if (repair_invalid(p, next, stray && mixed, out, counts) != 0)
      return -1;
    p = next;
  }
  return 0;
}
