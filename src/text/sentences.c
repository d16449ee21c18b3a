/*
 * The sentence rules. A boundary can stand only after a terminator (with its
 * closing marks and blanks) or after a paragraph separator, so the text is
 * scanned for those alone, and the whole decision is made there:
 *
 *   ... letter  terminator  Close*  Sp*  | next ...
 *       `before`                         `after_blanks`
 *
 * Rule numbers are those of UAX #29.
 */
#include "text/sentences.h"

#include "text/sentence_scan.h"

/* The class of the character before `at` that SB5 does not skip. */
static unsigned class_before(const unsigned char *s, size_t first, size_t at) {
  while (at > first) {
    unsigned c = pm_sentence_class_before(s, first, at, &at);
    if (!pm_sentence_is_skipped(c))
      return c;
  }
  return PM_SENTENCE_OTHER;
}

/* SB8: does the sentence go on in lower case? */
static int goes_on_lower(const unsigned char *s, size_t len, size_t at) {
  while (at < len) {
    unsigned size, c = pm_sentence_class(s + at, len - at, &size);
    switch (c) {
    case PM_SENTENCE_LOWER: return 1;
    case PM_SENTENCE_LETTER:
    case PM_SENTENCE_UPPER:
    case PM_SENTENCE_ATERM:
    case PM_SENTENCE_STERM:
    case PM_SENTENCE_SEP:
    case PM_SENTENCE_CR:
    case PM_SENTENCE_LF: return 0;
    default: at += size;
    }
  }
  return 0;
}

/* The first terminator or separator from `at` on, or len. */
static size_t find_candidate(const unsigned char *s, size_t len, size_t at,
                             unsigned *class, unsigned *size) {
  for (; (at = pm_sentence_skip_plain(s, len, at)) < len; at += *size) {
    *class = pm_sentence_class(s + at, len - at, size);
    if (*class >= PM_SENTENCE_ATERM)
      break;
  }
  return at;
}

size_t pm_sentence_end(const unsigned char *s, size_t len, size_t at) {
  size_t first = at;
  unsigned c, size;
  while ((at = find_candidate(s, len, at, &c, &size)) < len) {
    if (pm_sentence_is_separator(c)) /* SB4 */
      return pm_sentence_after_separator(s, len, at, c, size);

    size_t after_term = pm_sentence_skip_attached(s, len, at + size);
    size_t after_close =
        pm_sentence_skip_run(s, len, after_term, PM_SENTENCE_CLOSE);
    size_t after_blanks =
        pm_sentence_skip_run(s, len, after_close, PM_SENTENCE_SPACE);
    if (after_blanks == len)
      return len;
    unsigned next =
        pm_sentence_class(s + after_blanks, len - after_blanks, &size);
    if (pm_sentence_is_separator(next)) /* SB9, SB10 */
      return pm_sentence_after_separator(s, len, after_blanks, next, size);
    if (c == PM_SENTENCE_ATERM) {
      unsigned before = class_before(s, first, at);
      if (after_blanks == after_term &&
          (next == PM_SENTENCE_NUMERIC || /* SB6 */
           (next == PM_SENTENCE_UPPER &&  /* SB7 */
            (before == PM_SENTENCE_UPPER || before == PM_SENTENCE_LOWER)))) {
        at = after_blanks;
        continue;
      }
      if (goes_on_lower(s, len, after_blanks)) {
        at = after_blanks;
        continue;
      }
    }
    if (next == PM_SENTENCE_CONTINUE ||
        pm_sentence_is_terminator(next)) { /* SB8a */
      at = after_blanks;
      continue;
    }
    return after_blanks; /* SB11 */
  }
  return len;
}

/* ASCII that is to be seen: what most sentences begin and end with. */
static int is_graphic(unsigned char c) {
  return c > ' ' && c < 0x7F;
}

pm_span pm_span_trim(const unsigned char *text, pm_span span) {
  unsigned size;
  while (span.start < span.end && !is_graphic(text[span.start]) &&
         pm_sentence_is_space(pm_sentence_class(text + span.start,
                                                span.end - span.start, &size)))
    span.start += size;
  while (span.start < span.end && !is_graphic(text[span.end - 1])) {
    size = pm_class_before(text, span.start, span.end);
    unsigned one;
    if (!pm_sentence_is_space(
            pm_sentence_class(text + span.end - size, size, &one)))
      break;
    span.end -= size;
  }
  return span;
}

size_t pm_sentences_next(pm_sentences *it, pm_span *out, size_t room) {
  size_t count = 0;
  while (count < room && it->at < it->len) {
    size_t end = it->rules ? pm_sentence_end_by(it->rules, &it->wrapping,
                                                it->text, it->len, it->at)
                           : pm_sentence_end(it->text, it->len, it->at);
    pm_span span = {(uint32_t)it->at, (uint32_t)end};
    if (!it->all)
      span = pm_span_trim(it->text, span);
    if (span.start < span.end)
      out[count++] = span;
    it->at = end;
  }
  return count;
}
