/* Runs of classes against PCRE2, on patterns and texts drawn at random, and
 * bytes in a row by each path against a plain loop. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "text/regex.h"

enum { PATTERNS = 6000, TEXTS = 6, LEN_MOST = 400 };

static const pm_regex_limits limits = {1000000, 100000, 65536, 10};
static pm_regex_stack stack;
static unsigned seed = 1;

static unsigned draw(unsigned n) {
  seed = seed * 1103515245 + 12345;
  return (seed >> 16) % n;
}

static void add_pattern(char *out) {
  static const char *const class[] = {
      "\\w",  "[a-z]",    "[A-Z]", "\\d",    "a",         "[ab]",
      "[^a]", "[^\\s\"]", " ",     "\\s",    "\\W",       "\"",
      "\\.",  ".",        "_",     "[\\w-]", "[^\\W\\d]", "[a-b-9]",
      "\\D",  "[]a]",     "\\x41", "-",      "[^\"\\n]",  "\\n"};
  static const char *const times[] = {"",   "",   "",      "+",     "+",
                                      "*",  "?",  "{2}",   "{2,}",  "{1,3}",
                                      "++", "*+", "{0,2}", "{2,9}", "{3}?"};
  *out = '\0';
  if (draw(4) == 0)
    strcat(out, "\\b");
  for (unsigned n = 1 + draw(4); n > 0; n--) {
    strcat(out, class[draw(sizeof class / sizeof *class)]);
    strcat(out, times[draw(sizeof times / sizeof *times)]);
  }
  if (draw(4) == 0)
    strcat(out, "\\b");
}

static size_t make_text(char *out) {
  static const char *const pieces[] = {"a",
                                       "b",
                                       "A",
                                       "word",
                                       "Ab",
                                       " ",
                                       "  ",
                                       "\n",
                                       "\"",
                                       ".",
                                       "-",
                                       "_",
                                       "9",
                                       "42",
                                       "\xC3\xA9",
                                       "\xE2\x82\xAC",
                                       "\xF0\x9F\x98\x80",
                                       "aaaaaaaaaaaaaaaa",
                                       "aAbBaAbBaAbB",
                                       "]",
                                       "\xFF"};
  size_t len = 0, want = draw(LEN_MOST);
  unsigned kinds = draw(3) ? sizeof pieces / sizeof *pieces - 1
                           : 1 + draw(sizeof pieces / sizeof *pieces);
  while (len < want) {
    const char *piece = pieces[draw(kinds)];
    memcpy(out + len, piece, strlen(piece));
    len += strlen(piece);
  }
  return len;
}

static size_t walk(pm_regex *re, pm_regex_subject s, size_t from,
                   pm_span *out) {
  pm_regex_walk w = pm_regex_begin(re, s, from);
  size_t n = 0, first, end;
  int code;
  while ((code = pm_regex_next(&w, &first, &end)) > 0)
    out[n++] = (pm_span){(uint32_t)first, (uint32_t)end};
  check(code == 0);
  return n;
}

/* Room of just that size, so that a checker sees any read beyond it. */
static char *room_of(size_t len) {
  char *text = malloc(len ? len : 1);
  if (!text)
    abort();
  return text;
}

/* The same matches one by one, in batches, and by PCRE2. */
static void compare(pm_regex *re, const char *pattern, const char *text,
                    size_t len) {
  static pm_span ours[2 * LEN_MOST], many[2 * LEN_MOST], theirs[2 * LEN_MOST];
  pm_regex_subject s = {text, len, pm_regex_kind_of(text, len), 0, 0};
  size_t from = draw(3) ? 0 : draw((unsigned)len + 1);
  size_t n = walk(re, s, from, ours), all = 0, count;
  pm_regex_walk w = pm_regex_begin(re, s, from);
  for (int more = 1; more > 0; all += count)
    more = pm_regex_fill(&w, many + all, 1 + draw(40), &count);
  unsigned runs = re->runs.count;
  re->runs.count = 0;
  size_t m = walk(re, s, from, theirs);
  re->runs.count = runs;
  bool same = n == m && n == all && !memcmp(ours, theirs, n * sizeof *ours) &&
              !memcmp(ours, many, n * sizeof *ours);
  if (!same)
    fprintf(stderr, "/%s/ on \"%.*s\" from %zu: %zu, %zu, %zu\n", pattern,
            (int)len, text, from, n, all, m);
  check(same);
}

static void test_patterns(void) {
  unsigned of_runs = 0;
  for (int i = 0; i < PATTERNS; i++) {
    char pattern[200];
    pm_regex re = {0};
    size_t offset;
    add_pattern(pattern);
    uint32_t options = draw(4) ? 0 : PCRE2_DOTALL;
    int code = pm_regex_compile(&re, pattern, strlen(pattern), options, limits,
                                &stack, &offset);
    check(code == 0);
    of_runs += re.runs.count > 0;
    for (int k = 0; re.runs.count > 0 && k < TEXTS; k++) {
      char made[LEN_MOST + 32];
      size_t len = make_text(made);
      char *text = room_of(len);
      memcpy(text, made, len);
      compare(&re, pattern, text, len);
      free(text);
    }
    pm_regex_close(&re);
  }
  check(of_runs > PATTERNS / 4);
}

/* Each is one of runs, or is not: going back might help, or take too long. */
static void test_kinds(void) {
  static const struct {
    const char *pattern;
    bool ours;
  } cases[] = {
      {"\\w+", true},
      {"https?://[^\\s<>\"')]+", true},
      {"\"[^\"\\n]{20,300}\"", true},
      {"\\b[A-Z][a-z]+ [A-Z][a-z]+\\b", true},
      {"\\w+\\w", false},
      {"a+?", false},
      {"a*", false},
      {"a[^b]+b", false},
      {"[a-z]*\\b", false},
      {"(a)", false},
      {"a|b", false},
      {"\\p{L}+", false},
      {"[[:alpha:]]+", false},
      {"\xC3\xA9", false},
      {"a{2000}", false},
      {"\\w++\\w", true},
      {"a\\b", true},
      {"\\b", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    pm_regex_runs r;
    pm_regex_runs_read(&r, cases[i].pattern, strlen(cases[i].pattern), 0);
    if ((r.count > 0) != cases[i].ours)
      fprintf(stderr, "/%s/\n", cases[i].pattern);
    check((r.count > 0) == cases[i].ours);
  }
}

static bool stands(const pm_byte_set *sets, unsigned count, const char *text,
                   size_t at, size_t len) {
  for (unsigned k = 0; k < count; k++)
    if (at + k >= len ||
        !pm_byte_set_has(&sets[k], (unsigned char)text[at + k]))
      return false;
  return true;
}

static void test_row(int widest) {
  for (int i = 0; i < 3000; i++) {
    pm_byte_set sets[PM_BYTE_ROW_MOST] = {{{0}}};
    unsigned count = 1 + draw(PM_BYTE_ROW_MOST);
    for (unsigned k = 0; k < count; k++) {
      for (unsigned n = draw(6); n < 6; n++) {
        unsigned c = draw(3) ? 'a' + draw(3) : draw(128);
        sets[k].bits[c >> 6] |= (uint64_t)1 << (c & 63);
      }
      if (draw(3) == 0)
        sets[k].bits[2] = sets[k].bits[3] = UINT64_MAX;
    }
    pm_byte_row row;
    pm_byte_row_init(&row, sets, count, widest);
    size_t len = draw(300), at = draw((unsigned)len + 1), next;
    char *text = room_of(len);
    for (size_t k = 0; k < len; k++)
      text[k] = (char)(draw(9) ? 'a' + draw(5) : draw(256));
    for (; at < len; at = next) {
      uint64_t places;
      size_t from = row.find(&row, text, at, len, &places);
      check(from >= at && (places != 0) == (from < len));
      for (; at < from; at++)
        check(!stands(sets, count, text, at, len));
      next = from + 64 < len ? from + 64 : len;
      for (; at < next; at++)
        check((places >> (at - from) & 1) ==
              stands(sets, count, text, at, len));
    }
    free(text);
  }
}

int main(void) {
  check(pm_regex_stack_open(&stack) == 0);
  test_kinds();
  test_patterns();
  test_row(1);
  test_row(32);
  test_row(64);
  pm_regex_stack_close(&stack);
  return done("regex_runs");
}
