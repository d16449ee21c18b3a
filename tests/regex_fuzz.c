/*
 * Property: whatever pattern meets whatever subject, nothing crashes, and the
 * matches of the machine code and of the interpreter come in order, lie inside
 * the subject, hold whole characters and what the pattern is said to need; and
 * going by the rare byte, by the first bytes, byte by byte, or by runs of
 * classes, finds the same ones as going without; and which pieces of the
 * subject have a match in them is the same whether they are searched as a whole
 * or each alone.
 *
 * Input: a byte of flags, the pattern, a newline, the subject.
 */
#include <strings.h>

#include "fuzz.h"
#include "text/regex_within.h"
#include "text/utf8.h"

#define MOST 64 /* matches looked at */

static const pm_regex_limits limits = {10000, 1000, 1024, 1};

static bool holds(const pm_regex_need *need, const char *text, size_t len) {
  pm_byte_set seen = {{0}};
  bool literal = need->literal_len == 0;
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)text[i];
    seen.bits[c >> 6] |= (uint64_t)1 << (c & 63);
    if (i + need->literal_len <= len)
      literal |= (need->caseless ? strncasecmp : strncmp)(
                     text + i, need->literal, need->literal_len) == 0;
  }
  for (int i = 0; i < 4; i++)
    if (need->must.bits[i] & ~seen.bits[i] || seen.bits[i] & ~need->may.bits[i])
      return false;
  unsigned head = pm_regex_head_count(&need->head);
  if (len < head)
    return false;
  for (unsigned i = 0; i < head; i++)
    if (!pm_byte_set_has(&need->head.at[i], (unsigned char)text[i]))
      return false;
  return literal;
}

/* Walks over the first matches; returns how many, -1 at a limit. */
static int walk(pm_regex *re, pm_regex_subject s, pm_span *out) {
  pm_regex_walk w = pm_regex_begin(re, s, 0);
  size_t first, end, last = 0;
  for (int n = 0; n < MOST; n++) {
    int code = pm_regex_next(&w, &first, &end);
    if (code <= 0)
      return code < 0 ? -1 : n;
    if (first < last || end < first || end > s.len)
      abort();
    if (pm_utf8_check(s.text + first, end - first) != end - first)
      abort();
    if (re->known && !holds(&re->need, s.text + first, end - first))
      abort();
    out[n] = (pm_span){(uint32_t)first, (uint32_t)end};
    last = end;
  }
  return MOST;
}

/* Both walks came to an end and found the same, or one reached a limit. */
static void same(int a, const pm_span *as, int b, const pm_span *bs) {
  if (a >= 0 && b >= 0 &&
      (a != b || memcmp(as, bs, (size_t)a * sizeof *as) != 0))
    abort();
}

/* Pieces end where one of four bytes stands. */
static void pieces(pm_regex *re, pm_regex_subject s) {
  pm_regex_within w = pm_regex_within_begin(re, s.text, s.len);
  for (size_t at = 0, end; at <= s.len; at = end + 1) {
    for (end = at; end < s.len && !strchr("\n ,a", s.text[end]); end++)
      ;
    pm_regex_subject one = {.text = s.text + at, .len = end - at};
    one.kind = pm_regex_kind_of(one.text, one.len);
    int alone = pm_regex_match(re, &one, 0);
    pm_span span = {(uint32_t)at, (uint32_t)end};
    int within = pm_regex_within_has(&w, span);
    require(alone < 0 || within < 0 || alone == within);
  }
}

/* One for all. */
static pm_regex_stack stack;

/* A pattern that stays keeps the memory for machine code from being given back
 * and asked for again with each. */
static void hold(void) {
  static pm_regex any;
  size_t offset;
  require(pm_regex_stack_open(&stack) == 0);
  require(pm_regex_compile(&any, ".", 1, 0, limits, &stack, &offset) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *line = size ? memchr(data, '\n', size) : NULL;
  if (!line || line == (const char *)data)
    return 0;
  static const uint32_t flags[] = {PCRE2_CASELESS, PCRE2_MULTILINE,
                                   PCRE2_DOTALL,   PCRE2_EXTENDED,
                                   PCRE2_UCP,      PCRE2_UNGREEDY};
  uint32_t options = 0;
  for (int i = 0; i < 6; i++)
    if (data[0] >> i & 1)
      options |= flags[i];
  const char *pattern = (const char *)data + 1;
  size_t pattern_len = (size_t)(line - pattern);
  pm_regex_subject s = {0};
  s.len = size - 2 - pattern_len;
  char *text = fuzz_copy(line + 1, s.len);
  s.text = text;
  s.kind = pm_regex_kind_of(text, s.len);

  pm_regex re = {0};
  size_t offset;
  pm_span as_is[MOST], plain[MOST];
  if (!stack.stack)
    hold();
  if (pm_regex_compile(&re, pattern, pattern_len, options, limits, &stack,
                       &offset) == 0) {
    bool bytewise = re.bytewise;
    int a = walk(&re, s, as_is);
    pieces(&re, s);
    re.rare = -1;
    re.runs.count = 0;
    re.bytewise = re.hops.may = false;
    same(a, as_is, walk(&re, s, plain), plain); /* for UTF-8 or ASCII */
    re.seen = 1 << 20;
    re.hops.may = re.starts;
    same(a, as_is, walk(&re, s, plain), plain);
    re.hops.may = false;
    re.bytewise = bytewise;
    same(a, as_is, walk(&re, s, plain), plain);
    for (int i = 0; i < 6; i++)
      re.form[i / 3][i % 3].fast = false;
    if (data[0] & 0x40)
      walk(&re, s, plain); /* the interpreter: slow, and PCRE2's own */
  } else if (offset > pattern_len) {
    abort();
  }
  pm_regex_close(&re);
  free(text);
  return 0;
}
