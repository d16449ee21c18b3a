/*
 * Property: the occurrences come in order, lie inside the text, hold the
 * phrase they are said to hold and do not overlap; and where any phrase stands
 * in the text (bytes as they are), one is found that is not later; all this on
 * every path that the processor has, with the same answers.
 *
 * Input: a byte of options, phrases one a line, an empty line, the text.
 * Without regard to case they are mostly taken as ASCII: a table for more takes
 * longer to make than all else.
 */
#include "fuzz.h"
#include "text/phrases.h"

#define MOST 200

static size_t read_phrases(const char **at, const char *end, pm_phrase *out) {
  size_t count = 0;
  const char *line;
  while (count < MOST && *at < end &&
         (line = memchr(*at, '\n', (size_t)(end - *at))) && line > *at) {
    out[count++] = (pm_phrase){*at, (size_t)(line - *at)};
    *at = line + 1;
  }
  *at += *at < end;
  return count;
}

/* The start of the first occurrence of any phrase as it is, or len. */
static size_t first_plain(const pm_phrase *list, size_t count, const char *text,
                          size_t len) {
  size_t best = len;
  for (size_t i = 0; i < count; i++) {
    const char *hit = memmem(text, len, list[i].text, list[i].len);
    if (hit && (size_t)(hit - text) < best)
      best = (size_t)(hit - text);
  }
  return best;
}

/* Returns a hash of what is found. */
static uint64_t look(const pm_phrases *p, const pm_phrase *list, size_t count,
                     const char *text, size_t len) {
  pm_phrases_walk w;
  pm_phrases_begin(&w, p, text, len);
  pm_span span;
  uint32_t number, last = 0;
  size_t first = len;
  uint64_t found = 0;
  int all = p->options & PM_PHRASES_OVERLAP;
  for (int n = 0; pm_phrases_next(&w, &span, &number, 1) > 0; n++) {
    if (span.start < last || span.end <= span.start || span.end > len)
      abort();
    if (number >= count || list[number].len != span.end - span.start)
      abort();
    if (!(p->options & PM_PHRASES_CASELESS) &&
        memcmp(text + span.start, list[number].text, list[number].len) != 0)
      abort();
    found = (found + span.start + ((uint64_t)span.end << 32) + number) *
            0x9E3779B97F4A7C15u;
    if (n == 0)
      first = span.start;
    last = all ? span.start : span.end;
  }
  if (!(p->options & PM_PHRASES_WORDS) &&
      first > first_plain(list, count, text, len))
    abort();
  return found;
}

static void look_all_ways(pm_phrases *p, const pm_phrase *list, size_t count,
                          const char *text, size_t len) {
  uint64_t best = look(p, list, count, text, len);
  p->path = &pm_phrases_portable;
  if (look(p, list, count, text, len) != best)
    abort();
#ifdef PM_PHRASES_X86
  p->path = &pm_phrases_avx2;
  if (pm_phrases_have_avx2() && look(p, list, count, text, len) != best)
    abort();
#endif
}

static void check(const char *at, const char *end, int options) {
  pm_phrase list[MOST];
  size_t count = read_phrases(&at, end, list), len = (size_t)(end - at);
  pm_phrases p = {0};
  require(pm_phrases_open(&p, list, count, options) == 0);
  char *text = fuzz_copy(at, len);
  if (pm_phrases_must_fold(&p)) {
    pm_phrases_fold(&p, at, len, text);
    char *bytes = malloc((size_t)(end - list[0].text)), *to = bytes;
    require(bytes != NULL);
    for (size_t i = 0; i < count; i++) {
      pm_phrases_fold(&p, list[i].text, list[i].len, to);
      list[i].text = to;
      to += list[i].len;
    }
    look_all_ways(&p, list, count, text, len);
    free(bytes);
  } else {
    look_all_ways(&p, list, count, text, len);
  }
  pm_phrases_close(&p);
  free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  unsigned choice = fuzz_choice(&data, &size);
  char *bytes = fuzz_copy(data, size);
  if (choice & PM_PHRASES_CASELESS && choice & 0xF0)
    for (size_t i = 0; i < size; i++)
      bytes[i] &= 0x7F;
  check(bytes, bytes + size, choice & 7);
  free(bytes);
  return 0;
}
