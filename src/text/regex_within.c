#include "text/regex_within.h"

#include "text/regex_part.h"

/* Can no match take this byte, and does \b see no more in it than an end? */
static inline bool is_edge(const pm_regex *re, char byte) {
  unsigned char c = (unsigned char)byte;
  return c < 0x80 && !pm_byte_set_has(&re->need.may, c) &&
         !pm_regex_is_letter(c) && !(c >= '0' && c <= '9') && c != '_';
}

static inline bool is_apart(const pm_regex *re, const pm_regex_subject *s,
                            pm_span span) {
  return (span.start == 0 || is_edge(re, s->text[span.start - 1])) &&
         (span.end == s->len || is_edge(re, s->text[span.end]));
}

pm_regex_within pm_regex_within_begin(pm_regex *re, const char *text,
                                      size_t len) {
  pm_regex_subject s = {.text = text, .len = len};
  bool whole = re->known && re->in_parts && !re->need.looks;
  if (whole && !pm_regex_takes_any(re))
    s.kind = pm_regex_kind_of(text, len);
  return (pm_regex_within){.walk = pm_regex_begin(re, s, 0),
                           .whole = whole && s.kind != PM_REGEX_BROKEN,
                           .from = SIZE_MAX};
}

static int has_alone(pm_regex_within *w, pm_span span) {
  pm_regex_subject s = {.text = w->walk.subject.text + span.start,
                        .len = span.end - span.start};
  if (pm_regex_excludes(w->walk.re, &s, 0))
    return 0;
  if (!pm_regex_takes_any(w->walk.re))
    s.kind = pm_regex_kind_of(s.text, s.len);
  return pm_regex_match(w->walk.re, &s, 0);
}

int pm_regex_within_has(pm_regex_within *w, pm_span span) {
  if (!w->whole || !is_apart(w->walk.re, &w->walk.subject, span))
    return has_alone(w, span);
  if (span.start < w->from || span.start > w->first) {
    size_t end;
    if (w->from == SIZE_MAX || span.start < w->from)
      w->walk.look = (pm_runs_look){0};
    w->walk.at = w->from = span.start;
    w->walk.last = SIZE_MAX;
    w->first = SIZE_MAX;
    int code = pm_regex_next(&w->walk, &w->first, &end);
    if (code < 0) {
      w->from = SIZE_MAX;
      return code;
    }
    if (code == 0)
      w->first = SIZE_MAX;
  }
  return w->first <= span.end;
}
