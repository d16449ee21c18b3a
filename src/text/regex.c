/*
 * The engine proper: compile, run under limits, walk over all matches.
 *
 * Matching goes straight to the machine code. When that runs out of its stack
 * the interpreter tries once more, with memory of its own that is given back
 * at once, so one greedy match does not keep 64 MiB for good.
 */
#include "text/regex.h"

#include <string.h>

#include "text/utf8.h"

/* Compiling once more for ASCII pays after this much ASCII. */
#define ASCII_WORTH ((size_t)64 << 10)
#define STACK_LEAST ((size_t)32 << 10)
#define STACK_MOST ((size_t)1 << 20)

int pm_regex_stack_open(pm_regex_stack *s) {
  s->stack = pcre2_jit_stack_create(STACK_LEAST, STACK_MOST, NULL);
  return s->stack ? 0 : -1;
}

void pm_regex_stack_close(pm_regex_stack *s) {
  if (s->stack)
    pcre2_jit_stack_free(s->stack);
  s->stack = NULL;
}

/* PCRE2 asks at each match; NULL means 32 KiB of the machine's own stack. */
static pcre2_jit_stack *stack_now(void *s) {
  return ((pm_regex_stack *)s)->stack;
}

/* The pattern for one kind of subject, or NULL with *error and *offset. */
static pcre2_code *compile(const pm_regex *re, pm_regex_kind kind, int *error,
                           size_t *offset) {
  uint32_t options = re->options | PCRE2_NEVER_BACKSLASH_C;
  if (kind != PM_REGEX_ASCII)
    options |= PCRE2_UTF;
  if (re->rare >= 0)
    options |= PCRE2_USE_OFFSET_LIMIT;
  pcre2_compile_context *how = pcre2_compile_context_create(NULL);
  if (!how) {
    *error = PCRE2_ERROR_NOMEMORY;
    return NULL;
  }
  /* The same everywhere, however the library was built. */
  pcre2_set_newline(how, PCRE2_NEWLINE_LF);
  pcre2_set_bsr(how, PCRE2_BSR_UNICODE);
  pcre2_code *code = pcre2_compile((PCRE2_SPTR)re->pattern, re->pattern_len,
                                   options, error, offset, how);
  pcre2_compile_context_free(how);
  return code;
}

static void keep(pm_regex *re, pm_regex_kind kind, pcre2_code *code) {
  size_t size = 0; /* stays 0 for (*NO_JIT) and what is too large */
  if (code && pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0)
    pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size);
  re->code[kind] = code;
  re->fast[kind] = size > 0;
}

/*
 * Whether to look for the rare byte first. Not where PCRE2 itself looks for a
 * first byte, which is as fast, or tries but one place.
 */
static bool rare_helps(const pcre2_code *code) {
  uint32_t first = 0, options = 0;
  pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &first);
  pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
  return first != 1 && !(options & PCRE2_ANCHORED);
}

/* Compiles for UTF-8, a second time if there is a rare byte to look for. */
static pcre2_code *compile_first(pm_regex *re, int *error, size_t *offset) {
  re->rare = -1;
  pcre2_code *code = compile(re, PM_REGEX_UTF8, error, offset);
  if (!code)
    return NULL;
  re->known =
      pm_regex_needs(re->pattern, re->pattern_len, re->options, &re->need) == 1;
  int rare = re->known ? pm_regex_rare(&re->need) : -1;
  if (rare < 0 || !rare_helps(code))
    return code;
  pcre2_code_free(code);
  re->rare = rare;
  return compile(re, PM_REGEX_UTF8, error, offset);
}

int pm_regex_compile(pm_regex *re, const char *pattern, size_t len,
                     uint32_t options, pm_regex_limits limits,
                     pm_regex_stack *stack, size_t *offset) {
  int error = 0;
  *offset = 0;
  re->pattern = pattern;
  re->pattern_len = len;
  re->options = options;
  pcre2_code *code = compile_first(re, &error, offset);
  if (!code)
    return error;
  keep(re, PM_REGEX_UTF8, code);
  re->data = pcre2_match_data_create_from_pattern(code, NULL);
  re->rules = pcre2_match_context_create(NULL);
  if (!re->data || !re->rules)
    return PCRE2_ERROR_NOMEMORY;
  re->ranges = pcre2_get_ovector_pointer(re->data);
  pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &re->groups);
  pcre2_set_match_limit(re->rules, limits.match);
  pcre2_set_depth_limit(re->rules, limits.depth);
  pcre2_set_heap_limit(re->rules, limits.heap_kib);
  pcre2_jit_stack_assign(re->rules, stack_now, stack);
  return 0;
}

void pm_regex_close(pm_regex *re) {
  for (int kind = 0; kind < 2; kind++)
    pcre2_code_free(re->code[kind]);
  pcre2_match_data_free(re->data);
  pcre2_match_context_free(re->rules);
  memset(re, 0, sizeof *re);
}

const char *pm_regex_message(int code, char *out, size_t room) {
  switch (code) {
  case PCRE2_ERROR_MATCHLIMIT: return "match limit";
  case PCRE2_ERROR_DEPTHLIMIT: return "depth limit";
  case PCRE2_ERROR_HEAPLIMIT: return "heap limit";
  default: pcre2_get_error_message(code, (PCRE2_UCHAR *)out, room); return out;
  }
}

pm_regex_kind pm_regex_kind_of(const char *text, size_t len) {
  size_t ascii = (size_t)(pm_utf8_skip_ascii(text, text + len) - text);
  if (ascii == len)
    return PM_REGEX_ASCII;
  len -= ascii;
  return pm_utf8_check(text + ascii, len) == len ? PM_REGEX_UTF8
                                                 : PM_REGEX_BROKEN;
}

/*
 * Byte mode means the same on ASCII text when the pattern itself is ASCII: a
 * letter beyond takes two bytes there, so `é*` would need the first of them.
 * (Escapes beyond \xff do not compile in byte mode.)
 */
static bool plain(const pm_regex *re) {
  return !(re->options & PCRE2_UCP) &&
         pm_regex_kind_of(re->pattern, re->pattern_len) == PM_REGEX_ASCII;
}

/* Compiles for ASCII, if that is to be had. */
static void make_ascii_form(pm_regex *re) {
  int error;
  size_t offset;
  re->ascii_tried = true;
  if (plain(re))
    keep(re, PM_REGEX_ASCII, compile(re, PM_REGEX_ASCII, &error, &offset));
}

/* With match data of its own, given back at once: what the interpreter needs
 * stays with the match data, up to the heap limit. */
static int interpret(pm_regex *re, const pcre2_code *code, const char *text,
                     size_t len, size_t from, uint32_t options) {
  pcre2_match_data *data = pcre2_match_data_create(re->groups + 1, NULL);
  if (!data)
    return PCRE2_ERROR_NOMEMORY;
  options |= PCRE2_NO_JIT | PCRE2_NO_UTF_CHECK;
  int found =
      pcre2_match(code, (PCRE2_SPTR)text, len, from, options, data, re->rules);
  if (found > 0)
    memcpy(re->ranges, pcre2_get_ovector_pointer(data),
           2 * ((size_t)re->groups + 1) * sizeof(size_t));
  pcre2_match_data_free(data);
  return found;
}

static inline int run(pm_regex *re, pm_regex_kind kind, const char *text,
                      size_t len, size_t from, uint32_t options) {
  int found = PCRE2_ERROR_JIT_STACKLIMIT;
  if (re->fast[kind])
    found = pcre2_jit_match(re->code[kind], (PCRE2_SPTR)text, len, from,
                            options, re->data, re->rules);
  if (found == PCRE2_ERROR_JIT_STACKLIMIT)
    found = interpret(re, re->code[kind], text, len, from, options);
  return found;
}

/*
 * Stops at each rare byte only. A match has one, and around the first one at
 * or after `from` it reaches back no further than the bytes it may hold; so it
 * starts between there and the rare byte, or later than that.
 */
static int run_near_rare(pm_regex *re, pm_regex_kind kind, const char *text,
                         size_t len, size_t from, uint32_t options) {
  const char *hit;
  while ((hit = memchr(text + from, re->rare, len - from))) {
    size_t at = (size_t)(hit - text), start = at;
    while (start > from &&
           pm_byte_set_has(&re->need.may, (unsigned char)text[start - 1]))
      start--;
    pcre2_set_offset_limit(re->rules, at);
    int found = run(re, kind, text, len, start, options);
    if (found != PCRE2_ERROR_NOMATCH)
      return found;
    from = at + 1;
  }
  return PCRE2_ERROR_NOMATCH;
}

/* As pm_regex_match, on valid text and from the start of a character. */
static inline int match_valid(pm_regex *re, pm_regex_kind kind,
                              const char *text, size_t len, size_t from,
                              uint32_t options) {
  int found = re->rare < 0 ? run(re, kind, text, len, from, options)
                           : run_near_rare(re, kind, text, len, from, options);
  if (found <= 0)
    return found == PCRE2_ERROR_NOMATCH ? 0 : found;

  size_t *ranges = re->ranges;
  if (ranges[0] < from) /* by \K in a group that a lookbehind called */
    ranges[0] = from;
  if (ranges[0] > ranges[1]) /* the same, lookahead */
    ranges[0] = ranges[1];
  if ((uint32_t)found <= re->groups)
    for (size_t i = 2 * (size_t)found; i < 2 * ((size_t)re->groups + 1); i++)
      ranges[i] = PCRE2_UNSET;
  return 1;
}

/* Sets start and end of the first stretch of valid text that ends at `from`
 * or later. It is empty only where the text starts or ends. */
static void seek(pm_regex_subject *s, size_t from) {
  size_t at = s->start <= from ? s->start : 0;
  size_t end = s->start <= from ? s->end : 0;
  if (end == 0)
    end = pm_utf8_check(s->text, s->len);
  while (end < s->len && (end < from || (at == end && at > 0))) {
    uint32_t c;
    at = end - (size_t)pm_utf8_read(s->text + end, s->text + s->len, &c);
    end = at + pm_utf8_check(s->text + at, s->len - at);
  }
  s->start = at;
  s->end = end;
}

static int match_broken(pm_regex *re, pm_regex_subject *s, size_t from) {
  for (; from <= s->len; from = s->end + 1) {
    seek(s, from);
    uint32_t options = (s->start > 0 ? PCRE2_NOTBOL : 0u) |
                       (s->end < s->len ? PCRE2_NOTEOL : 0u);
    int found =
        match_valid(re, PM_REGEX_UTF8, s->text + s->start, s->end - s->start,
                    from > s->start ? from - s->start : 0, options);
    if (found < 0)
      return found;
    if (found > 0) {
      size_t *ranges = re->ranges;
      for (size_t i = 0; i < 2 * ((size_t)re->groups + 1); i++)
        if (ranges[i] != PCRE2_UNSET)
          ranges[i] += s->start;
      return 1;
    }
  }
  return 0;
}

/* The start of the next character at `at` or after it, or the end. */
static inline size_t align(const pm_regex_subject *s, size_t at) {
  while (at < s->len && ((unsigned char)s->text[at] & 0xC0) == 0x80)
    at++;
  return at;
}

static int match_ascii(pm_regex *re, const pm_regex_subject *s, size_t from) {
  pm_regex_kind form =
      re->code[PM_REGEX_ASCII] ? PM_REGEX_ASCII : PM_REGEX_UTF8;
  int found = match_valid(re, form, s->text, s->len, from, 0);
  if (!re->ascii_tried) {
    size_t end = found > 0 ? re->ranges[1] : s->len;
    re->ascii_seen += end - from;
    if (re->ascii_seen >= ASCII_WORTH)
      make_ascii_form(re);
  }
  return found;
}

static inline int match(pm_regex *re, pm_regex_subject *s, size_t from) {
  from = align(s, from);
  switch (s->kind) {
  case PM_REGEX_UTF8:
    return match_valid(re, PM_REGEX_UTF8, s->text, s->len, from, 0);
  case PM_REGEX_ASCII: return match_ascii(re, s, from);
  default: return match_broken(re, s, from);
  }
}

int pm_regex_match(pm_regex *re, pm_regex_subject *s, size_t from) {
  return match(re, s, from);
}

void pm_regex_ranges(const pm_regex *re, size_t *out) {
  memcpy(out, re->ranges, 2 * ((size_t)re->groups + 1) * sizeof *out);
}

int pm_regex_next(pm_regex_walk *w, size_t *first, size_t *end) {
  while (w->at <= w->subject.len) {
    int code = match(w->re, &w->subject, w->at);
    if (code <= 0) {
      w->at = w->subject.len + 1;
      return code;
    }
    const size_t *ranges = w->re->ranges;
    *first = ranges[0];
    *end = ranges[1];
    bool again = *first == *end && *end == w->last;
    w->at = *first == *end ? align(&w->subject, *end + 1) : *end;
    w->last = *end;
    if (!again)
      return 1;
  }
  return 0;
}

uint32_t pm_regex_names(const pm_regex *re) {
  uint32_t count = 0;
  pcre2_pattern_info(re->code[PM_REGEX_UTF8], PCRE2_INFO_NAMECOUNT, &count);
  return count;
}

const char *pm_regex_name(const pm_regex *re, uint32_t i, int *group) {
  PCRE2_SPTR table = NULL;
  uint32_t size = 0;
  pcre2_pattern_info(re->code[PM_REGEX_UTF8], PCRE2_INFO_NAMETABLE, &table);
  pcre2_pattern_info(re->code[PM_REGEX_UTF8], PCRE2_INFO_NAMEENTRYSIZE, &size);
  PCRE2_SPTR entry = table + (size_t)i * size; /* number, name, NUL */
  *group = entry[0] << 8 | entry[1];
  return (const char *)entry + 2;
}

int pm_regex_group(const pm_regex *re, const char *name, size_t len,
                   const size_t *ranges) {
  int found = -1;
  uint32_t count = pm_regex_names(re);
  for (uint32_t i = 0; i < count; i++) {
    int group;
    const char *known = pm_regex_name(re, i, &group);
    if (strlen(known) != len || memcmp(known, name, len) != 0)
      continue;
    if (ranges && ranges[2 * group] != PCRE2_UNSET)
      return group;
    if (found < 0)
      found = group;
  }
  return found;
}
