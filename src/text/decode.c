#include "text/decode.h"

#include <errno.h>
#include <iconv.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <uchardet/uchardet.h>

#include "text/mojibake_table.h"
#include "text/prescan.h"
#include "text/utf8.h"

static int add_replacement(pm_buffer *out) {
  return pm_buffer_add(out, "\xEF\xBF\xBD", 3);
}

static size_t decode_utf8(const char *p, const char *end, pm_buffer *out) {
  size_t invalid = 0;
  while (p < end) {
    size_t good = pm_utf8_check(p, (size_t)(end - p));
    if (pm_buffer_add(out, p, good) != 0)
      return (size_t)-1;
    p += good;
    if (p == end)
      break;
    uint32_t c;
    p -= pm_utf8_read(p, end, &c);
    if (add_replacement(out) != 0)
      return (size_t)-1;
    invalid++;
  }
  return invalid;
}

/* What one byte, two or four of an invalid place are left out. */
static size_t unit_of(const pm_charset *charset) {
  if (strncmp(charset->name, "utf-16", 6) == 0)
    return 2;
  return strncmp(charset->name, "utf-32", 6) == 0 ? 4 : 1;
}

/* Windows-936 had a euro sign there, and so has the web's gb18030. */
static bool is_euro(const pm_charset *charset, char byte) {
  return byte == '\x80' && strcmp(charset->name, "gb18030") == 0;
}

static size_t convert(iconv_t way, const char *text, size_t len,
                      const pm_charset *charset, pm_buffer *out) {
  size_t unit = unit_of(charset);
  char *from = (char *)(uintptr_t)text; /* iconv only reads it */
  size_t left = len, invalid = 0;
  for (int flush = 0; flush < 2;) {
    if (pm_buffer_room(out, left + left / 2 + 64) != 0)
      return (size_t)-1;
    char *to = out->at + out->len;
    size_t room = out->room - out->len;
    size_t done = iconv(way, flush ? NULL : &from, &left, &to, &room);
    int error = errno;
    out->len = (size_t)(to - out->at);
    if (done != (size_t)-1) {
      flush++;
    } else if (error != E2BIG && left > 0 && is_euro(charset, *from)) {
      from++;
      left--;
      if (pm_buffer_add(out, "\xE2\x82\xAC", 3) != 0)
        return (size_t)-1;
    } else if (error != E2BIG) {
      size_t skip = error == EINVAL || left < unit ? left : unit;
      from += skip;
      left -= skip;
      invalid++;
      if (add_replacement(out) != 0)
        return (size_t)-1;
    }
  }
  return invalid;
}

size_t pm_decode(const char *text, size_t len, const pm_charset *charset,
                 pm_buffer *out) {
  if (strcmp(charset->name, "utf-8") == 0)
    return decode_utf8(text, text + len, out);
  iconv_t way = iconv_open("UTF-8", charset->iconv);
  if (way == (iconv_t)-1)
    return (size_t)-1;
  size_t invalid = convert(way, text, len, charset, out);
  iconv_close(way);
  return invalid;
}

/* What part of a text is looked at, from its first byte beyond ASCII on. */
enum { SAMPLE = 1 << 14 };

/* Bits to a byte beyond ASCII that text in the right charset stays below. */
enum { PLAIN = 8 };

/* Bits that the characters beyond ASCII cost, as in mojibake_table.h. */
static double bits_of(const char *p, const char *end) {
  unsigned before = 0, script = 0;
  int was_high = 0;
  double bits = 0;
  while (p < end) {
    uint32_t c = pm_utf8_next(&p);
    unsigned kind = pm_kind_of(c), is = pm_kind_script[kind];
    if (c >= 0x80 || was_high)
      bits += pm_kind_bits[before][kind] + pm_script_bits[script][is];
    was_high = c >= 0x80;
    before = kind;
    script = is ? is : script;
  }
  return bits;
}

/* The same for the sample as it would be in `charset`; INFINITY when iconv
 * does not know it. */
static int bits_in(const pm_charset *charset, const char *text, size_t len,
                   pm_buffer *work, double *bits) {
  work->len = 0;
  *bits = INFINITY;
  size_t invalid = pm_decode(text, len, charset, work);
  if (invalid == (size_t)-1)
    return work->room - work->len < 3 ? -1 : 0;
  *bits = bits_of(work->at, work->at + work->len) + 12.0 * (double)invalid;
  return 0;
}

/* Charsets that are in use, and what it takes in bits to believe in one that
 * is rare or was of the time before the web. */
static const struct {
  char name[14];
  uint8_t doubt;
} usual[] = {
    {"windows-1252", 0}, {"windows-1250", 2}, {"windows-1251", 0},
    {"windows-1253", 2}, {"windows-1254", 3}, {"windows-1255", 2},
    {"windows-1256", 2}, {"windows-1257", 4}, {"windows-874", 2},
    {"iso-8859-2", 3},   {"iso-8859-5", 6},   {"iso-8859-6", 6},
    {"iso-8859-7", 3},   {"koi8-r", 3},       {"ibm866", 6},
    {"mac-cyrillic", 8}, {"macintosh", 8},    {"gb18030", 2},
    {"big5", 2},         {"shift_jis", 2},    {"euc-jp", 2},
    {"euc-kr", 2},       {"johab", 6},        {"utf-8", 0},
};

_Static_assert(sizeof usual / sizeof *usual <= PM_HELD, "one for each");

void pm_held_open(pm_held *held) {
  held->count = 0;
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
    iconv_t way = iconv_open("UTF-8", pm_charset_named(usual[i].name)->iconv);
    if (way != (iconv_t)-1)
      held->ways[held->count++] = way;
  }
}

void pm_held_close(pm_held *held) {
  while (held->count > 0)
    iconv_close(held->ways[--held->count]);
}

/* Charsets that uchardet takes for their Windows forms, which have the same
 * letters and are what people use. */
static const char *const instead[][2] = {
    {"iso-8859-9", "windows-1254"},  {"iso-8859-16", "windows-1250"},
    {"iso-8859-10", "windows-1257"}, {"iso-8859-4", "windows-1257"},
    {"iso-8859-13", "windows-1257"}, {"iso-8859-3", "windows-1254"},
    {"iso-8859-15", "windows-1252"}, {"iso-8859-8", "windows-1255"},
};

static const pm_charset *ask_uchardet(const char *text, size_t len) {
  uchardet_t detector = uchardet_new();
  const pm_charset *found = NULL;
  if (uchardet_handle_data(detector, text, len) == 0) {
    uchardet_data_end(detector);
    found = pm_charset_named(uchardet_get_charset(detector));
  }
  uchardet_delete(detector);
  for (size_t i = 0; found && i < sizeof instead / sizeof *instead; i++)
    if (strcmp(found->name, instead[i][0]) == 0)
      return pm_charset_named(instead[i][1]);
  return found;
}

/* Charsets that differ in a few letters, which uchardet mixes up. */
static const char *const twins[][2] = {
    {"windows-1253", "iso-8859-7"}, {"iso-8859-7", "windows-1253"},
    {"windows-1250", "iso-8859-2"}, {"iso-8859-2", "windows-1250"},
    {"koi8-r", "koi8-u"},           {"mac-ce", "macintosh"},
};

static const pm_charset *twin_of(const pm_charset *charset) {
  for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
    if (strcmp(charset->name, twins[i][0]) == 0)
      return pm_charset_named(twins[i][1]);
  return NULL;
}

/* How much better another charset has to be than the one that was named. */
static const double better = 0.85;

typedef struct sample {
  const char *text;
  size_t len, high; /* bytes beyond ASCII */
} sample;

static sample take_sample(const char *text, size_t len) {
  const char *first = pm_utf8_skip_ascii(text, text + len);
  while (first > text && first[-1] != '\n' && (first[-1] & 0x80) == 0)
    first--;
  sample s = {first, (size_t)(text + len - first), 0};
  if (s.len > SAMPLE)
    s.len = SAMPLE;
  for (size_t i = 0; i < s.len; i++)
    s.high += (unsigned char)s.text[i] >= 0x80;
  return s;
}

/* What the bytes speak for: `named` (may be NULL), or one of the usual. */
static int best_of(const sample *s, const pm_charset *named, pm_buffer *work,
                   const pm_charset **best, double *least) {
  double bits;
  *best = named;
  *least = INFINITY;
  if (named) {
    const pm_charset *twin = twin_of(named);
    if (bits_in(named, s->text, s->len, work, least) != 0 ||
        (twin && bits_in(twin, s->text, s->len, work, &bits) != 0))
      return -1;
    if (twin && bits < *least) {
      *least = bits;
      *best = twin;
    }
    if (*least <= PLAIN * (double)s->high)
      return 0;
    *least *= better;
  }
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
    const pm_charset *charset = pm_charset_named(usual[i].name);
    if (bits_in(charset, s->text, s->len, work, &bits) != 0)
      return -1;
    bits += usual[i].doubt;
    if (bits < *least) {
      *least = bits;
      *best = charset;
    }
  }
  return 0;
}

static void set(pm_decoded *found, const pm_charset *charset, pm_decode_by by,
                double confidence) {
  found->charset = charset;
  found->by = by;
  found->confidence = confidence;
}

/* Whether seven bits are in use to say more than ASCII: ISO 2022. */
static int has_escapes(const char *text, size_t len) {
  const char *p = memchr(text, 0x1B, len);
  return p && text + len - p > 2 && (p[1] == '$' || p[1] == '(');
}

int pm_decode_detect(const char *text, size_t len, const pm_charset *hint,
                     pm_buffer *work, pm_decoded *found) {
  *found = (pm_decoded){0};
  const pm_charset *said = pm_charset_marked(text, len, &found->mark);
  if (said)
    return set(found, said, PM_BY_MARK, 1), 0;
  if ((said = pm_charset_wide(text, len)))
    return set(found, said, PM_BY_BYTES, 0.95), 0;
  sample s = take_sample(text, len);
  if (s.high == 0) {
    if (has_escapes(text, len) && (said = ask_uchardet(text, len)))
      return set(found, said, PM_BY_BYTES, 0.95), 0;
    return set(found, pm_charset_named("utf-8"), PM_BY_VALIDITY, 1), 0;
  }
  /* Other charsets form a sequence of UTF-8 by chance now and then. */
  if (pm_utf8_check(text, len) == len)
    return set(found, pm_charset_named("utf-8"), PM_BY_VALIDITY,
               1 - 1 / (8.0 + 8.0 * (double)s.high)),
           0;

  double sure = (double)s.high / (double)(s.high + 32);
  const pm_charset *named = ask_uchardet(text, len), *best;
  pm_decode_by by = hint ? PM_BY_HINT : PM_BY_DECLARED;
  said = hint ? hint : pm_charset_declared(text, len);
  double least, bits;
  if (said && said == named)
    return set(found, said, by, 0.99), 0;
  if (best_of(&s, named, work, &best, &least) != 0)
    return -1;
  if (said) {
    if (bits_in(said, s.text, s.len, work, &bits) != 0)
      return -1;
    if (bits * better * better <= least)
      return set(found, said, by, 0.95), 0;
  }
  set(found, best, PM_BY_BYTES, best == named ? 0.5 + 0.45 * sure : 0.5 * sure);
  return 0;
}
