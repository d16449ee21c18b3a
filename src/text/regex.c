/*
 * Compiling. PCRE2's code for UTF-8 comes first; other forms of a pattern are
 * made when a search asks for them (regex_run.c).
 */
#include "text/regex.h"

#include <string.h>

#include "text/regex_form.h"
#include "text/regex_part.h"
#include "text/utf8.h"

#define STACK_LEAST ((size_t)32 << 10)
#define STACK_MOST ((size_t)1 << 20)

/* Steps of a start. So many at each byte would take about as long as the time
 * limit allows; they are a bound, and seldom come near it. */
#define BRIEF_MOST 4000

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

/* The pattern with further options, or NULL with *error and *offset. */
static pcre2_code *compile(const pm_regex *re, uint32_t options, int *error,
                           size_t *offset) {
  options |= re->options | PCRE2_NEVER_BACKSLASH_C;
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

static void keep(pm_regex_form *form, pcre2_code *code) {
  size_t size = 0; /* stays 0 for (*NO_JIT) and what is too large */
  if (code && pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0)
    pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size);
  form->code = code;
  form->fast = size > 0;
  form->tried = true;
}

/*
 * Byte by byte a pattern means the same on ASCII text when it is ASCII itself:
 * a letter beyond takes two bytes there, so `é*` would need the first of them.
 * (Escapes beyond \xff do not compile in byte mode.)
 */
static bool plain(const pm_regex *re) {
  return !(re->options & PCRE2_UCP) &&
         pm_regex_kind_of(re->pattern, re->pattern_len) == PM_REGEX_ASCII;
}

const pm_regex_form *pm_regex_form_of(pm_regex *re, pm_regex_kind kind,
                                      pm_regex_reach reach) {
  static const uint32_t how[] = {0, PCRE2_USE_OFFSET_LIMIT, PCRE2_ANCHORED};
  pm_regex_form *form = &re->form[kind][reach];
  if (!form->tried && (kind == PM_REGEX_UTF8 || plain(re))) {
    int error;
    size_t offset;
    uint32_t options = (kind == PM_REGEX_UTF8 ? PCRE2_UTF : 0u) | how[reach];
    keep(form, compile(re, options, &error, &offset));
  }
  form->tried = true;
  return form->code ? form : NULL;
}

/* Whether a match may not depend on where the search began: no \G, and no
 * verb, which may end the search. (And what only looks like them.) */
static bool is_in_parts(const pm_regex *re, uint32_t compiled_options) {
  return !(compiled_options & PCRE2_ANCHORED) &&
         !memmem(re->pattern, re->pattern_len, "\\G", 2) &&
         !memmem(re->pattern, re->pattern_len, "(*", 2);
}

/* The options that the pattern sets at its start for each match: to machine
 * code they have to be given, only pcre2_match reads them itself. */
static uint32_t match_options(const char *pattern, size_t len) {
  static const struct {
    const char *verb;
    uint32_t option;
  } known[] = {{"(*NOTEMPTY", PCRE2_NOTEMPTY},
               {"(*NOTEMPTY_ATSTART", PCRE2_NOTEMPTY_ATSTART}};
  uint32_t options = 0;
  const char *at = pattern, *end = pattern + len, *close;
  while (end - at > 2 && at[0] == '(' && at[1] == '*' &&
         (close = memchr(at, ')', (size_t)(end - at)))) {
    size_t verb = (size_t)(close - at);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
      if (strlen(known[i].verb) == verb && !memcmp(at, known[i].verb, verb))
        options |= known[i].option;
    at = close + 1;
  }
  return options;
}

/* The bytes that a match may start with, as PCRE2 knows them; false if it does
 * not. A letter may stand for both cases. */
static bool start_bytes(const pcre2_code *code, pm_byte_set *set) {
  const uint8_t *map = NULL;
  uint32_t type = 0, unit = 0;
  memset(set, 0, sizeof *set);
  pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &type);
  pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
  pcre2_pattern_info(code, PCRE2_INFO_FIRSTBITMAP, &map);
  if (type == 1) {
    char one = (char)unit;
    *set = pm_regex_character(&one, 1, PCRE2_CASELESS).may;
  } else if (map) {
    for (unsigned c = 0; c < 256; c++)
      set->bits[c >> 6] |= (uint64_t)(map[c / 8] >> c % 8 & 1) << (c & 63);
  } else {
    return false;
  }
  if (set->bits[2] | set->bits[3])
    set->bits[2] = set->bits[3] = UINT64_MAX;
  return true;
}

/* `first`: the bytes that PCRE2 knows a match may start with. */
static void look_for_start(pm_regex *re, const pm_byte_set *first) {
  pm_byte_set sets[PM_BYTE_ROW_MOST];
  memcpy(sets, re->need.head.at, sizeof sets);
  unsigned count = re->known ? pm_regex_head_count(&re->need.head) : 0;
  if (count == 0)
    count = 1;
  sets[0] = *first;
  pm_byte_row_init(&re->start, sets, count, 64);
}

/* Learns from the compiled pattern how it may be searched for. */
static void study(pm_regex *re, const pcre2_code *code) {
  uint32_t options = 0, empty = 1, first = 0;
  pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &re->groups);
  pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
  pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
  pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &first);
  re->known =
      pm_regex_needs(re->pattern, re->pattern_len, re->options, &re->need) == 1;
  re->in_parts = is_in_parts(re, options);
  re->match_options = match_options(re->pattern, re->pattern_len);
  re->bytewise = re->known && !re->need.beyond && !empty && plain(re);
  /* PCRE2 itself looks for a first byte, which is as fast. */
  bool helps = re->known && re->in_parts && first != 1;
  re->rare = helps ? pm_regex_rare(&re->need) : -1;
  if (re->rare < 0)
    pm_regex_runs_read(&re->runs, re->pattern, re->pattern_len, re->options);
  pm_byte_set set;
  bool told = !empty && start_bytes(code, &set);
  if (!told)
    memset(&set, 0xFF, sizeof set);
  re->brief = re->known && pm_regex_start_steps(&re->need, &set) <= BRIEF_MOST;
  re->starts = re->in_parts && told;
  if (re->starts)
    look_for_start(re, &set);
  re->hops.may = helps && re->starts && re->rare < 0 && re->runs.count == 0;
  re->first_starts = first == 1 ? PM_REGEX_MOST_STARTS : PM_REGEX_LEAST_STARTS;
}

int pm_regex_compile(pm_regex *re, const char *pattern, size_t len,
                     uint32_t options, pm_regex_limits limits,
                     pm_regex_stack *stack, size_t *offset) {
  int error = 0;
  *offset = 0;
  re->pattern = pattern;
  re->pattern_len = len;
  re->options = options;
  re->limits = limits;
  pcre2_code *code = compile(re, PCRE2_UTF, &error, offset);
  if (!code)
    return error;
  study(re, code);
  keep(&re->form[PM_REGEX_UTF8][PM_REGEX_ON], code);
  re->data = pcre2_match_data_create_from_pattern(code, NULL);
  if (!re->data)
    return PCRE2_ERROR_NOMEMORY;
  re->ranges = pcre2_get_ovector_pointer(re->data);
  for (int cut = 0; cut < 2; cut++) {
    pcre2_match_context *rules = pcre2_match_context_create(NULL);
    if (!rules)
      return PCRE2_ERROR_NOMEMORY;
    re->rules[cut] = rules;
    pcre2_set_depth_limit(rules, limits.depth);
    pcre2_set_heap_limit(rules, limits.heap_kib);
    pcre2_jit_stack_assign(rules, stack_now, stack);
  }
  return 0;
}

void pm_regex_close(pm_regex *re) {
  for (int i = 0; i < 6; i++)
    pcre2_code_free(re->form[i / 3][i % 3].code);
  pcre2_match_data_free(re->data);
  pcre2_match_context_free(re->rules[0]);
  pcre2_match_context_free(re->rules[1]);
  memset(re, 0, sizeof *re);
}

const char *pm_regex_message(int code, char *out, size_t room) {
  switch (code) {
  case PCRE2_ERROR_MATCHLIMIT: return "match limit";
  case PCRE2_ERROR_DEPTHLIMIT: return "depth limit";
  case PCRE2_ERROR_HEAPLIMIT: return "heap limit";
  case PM_REGEX_TIMELIMIT: return "time limit";
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

uint32_t pm_regex_names(const pm_regex *re) {
  uint32_t count = 0;
  pcre2_pattern_info(re->form[PM_REGEX_UTF8][PM_REGEX_ON].code,
                     PCRE2_INFO_NAMECOUNT, &count);
  return count;
}

const char *pm_regex_name(const pm_regex *re, uint32_t i, int *group) {
  PCRE2_SPTR table = NULL;
  uint32_t size = 0;
  pcre2_pattern_info(re->form[PM_REGEX_UTF8][PM_REGEX_ON].code,
                     PCRE2_INFO_NAMETABLE, &table);
  pcre2_pattern_info(re->form[PM_REGEX_UTF8][PM_REGEX_ON].code,
                     PCRE2_INFO_NAMEENTRYSIZE, &size);
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
