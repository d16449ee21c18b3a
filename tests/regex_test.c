/* regex from C: kinds of subjects, walks, and reads that stay inside. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test.h"
#include "text/regex.h"

static const pm_regex_limits limits = {100000, 10000, 1024, 1};
static pm_regex_stack stack;

static pm_regex_subject subject(const char *text, size_t len) {
  return (pm_regex_subject){text, len, pm_regex_kind_of(text, len), 0, 0};
}

static int compile(pm_regex *re, const char *pattern, uint32_t options) {
  size_t offset;
  memset(re, 0, sizeof *re);
  return pm_regex_compile(re, pattern, strlen(pattern), options, limits, &stack,
                          &offset);
}

static size_t count(pm_regex *re, pm_regex_subject s) {
  pm_regex_walk w = pm_regex_begin(re, s, 0);
  size_t n = 0, first, end;
  while (pm_regex_next(&w, &first, &end) > 0)
    n++;
  return n;
}

static void test_kinds(void) {
  check(pm_regex_kind_of("", 0) == PM_REGEX_ASCII);
  check(pm_regex_kind_of("abc\0", 4) == PM_REGEX_ASCII);
  check(pm_regex_kind_of("abc\xC3\xA9", 5) == PM_REGEX_UTF8);
  check(pm_regex_kind_of("abc\xC3\xA9", 4) == PM_REGEX_BROKEN);
}

static void test_close(void) {
  pm_regex re;
  check(compile(&re, "(", 0) != 0);
  pm_regex_close(&re);
  pm_regex_close(&re);
  check(re.data == NULL);
}

/* The machine code is not seen by a checker; pages without rights are. The
 * subject touches such a page at its end, then at its start. */
static void test_guarded(const char *pattern, uint32_t options) {
  static const char *texts[] = {
      "",
      "a",
      "caf\xC3\xA9",
      "\xC3",
      "\xE2\x82",
      "a\xF0\x9F",
      "\x80\x80",
      "\xA9x\xC3",
      "x\xED\xA0",
      "ab\xE2\x82\xAC",
      "one two",
      "\xF0\x9F\x98\x80",
  };
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char *map =
      mmap(NULL, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  check(map != MAP_FAILED && mprotect(map + page, page, 3) == 0);
  pm_regex re;
  check(compile(&re, pattern, options) == 0);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    size_t len = strlen(texts[i]);
    char *at_end = memcpy(map + 2 * page - len, texts[i], len);
    size_t n = count(&re, subject(at_end, len));
    char *at_start = memcpy(map + page, texts[i], len);
    check(n == count(&re, subject(at_start, len)));
  }
  pm_regex_close(&re);
  munmap(map, 3 * page);
}

static void test_stack_gone(void) {
  pm_regex_stack own = {0};
  pm_regex re = {0};
  size_t offset;
  check(pm_regex_stack_open(&own) == 0);
  check(pm_regex_compile(&re, "a(b|c)*", 7, 0, limits, &own, &offset) == 0);
  pm_regex_stack_close(&own);
  check(count(&re, subject("abcbc a", 7)) == 2);
  pm_regex_close(&re);
}

/* Whether no start can cost much, so that the clock need not be looked at. */
static void test_brief(void) {
  static const struct {
    const char *pattern;
    bool brief;
  } cases[] = {
      {"(?:https?|ftp)://\\S+", true},
      {"\\d{1,2} (?:May|June)[a-z]* \\d{4}", true},
      {"(?:ab|a)?c|[ab]{1,9}d", true},
      {"\\d [a-z]+[b-z]", false},  /* the run may give back */
      {"[a-z] [a-z]+ \\d", false}, /* may start in a run */
      {"(?:a|b)*+c", false},
      {"(?:a|aa){20}c", false},
      {"(?=a.*b)c", false},
      {"(a)\\1", false},
      {"[ab]{1,99}[ab]{1,99}c", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    pm_regex re;
    check(compile(&re, cases[i].pattern, 0) == 0);
    if (re.brief != cases[i].brief)
      fprintf(stderr, "/%s/\n", cases[i].pattern);
    check(re.brief == cases[i].brief);
    pm_regex_close(&re);
  }
}

/* The first bytes of all matches, by place. */
static void test_head(void) {
  static const struct {
    const char *pattern;
    unsigned count;
    const char *at[PM_BYTE_ROW_MOST];
  } cases[] = {
      {"abcd", 3, {"a", "b", "c"}},
      {"a{1,2}b?c", 2, {"a", "abc"}},
      {"a{1,3}bc", 3, {"a", "ab", "abc"}},
      {"a{2,}[xy]", 3, {"a", "a", "axy"}},
      {"(?:a?b?)*z", 1, {"abz"}},
      {"(?:a?b?){9}zz", 2, {"abz", "abz"}},
      {"(?:ab|c)+?d|efg", 2, {"ace", "abcdf"}},
      {"\\b(?=x)(?#no)(?<n>a)\\Bb?", 1, {"a"}},
      {"(?i:a)b{0}c++", 2, {"aA", "c"}},
      {"a|", 0, {NULL}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    pm_regex_need need;
    const char *pattern = cases[i].pattern;
    check(pm_regex_needs(pattern, strlen(pattern), 0, &need) == 1);
    check(pm_regex_head_count(&need.head) == cases[i].count);
    for (unsigned k = 0; k < cases[i].count; k++)
      for (unsigned c = 0; c < 256; c++)
        check(pm_byte_set_has(&need.head.at[k], (unsigned char)c) ==
              (c != 0 && strchr(cases[i].at[k], (int)c)));
  }
}

int main(void) {
  check(pm_regex_stack_open(&stack) == 0);
  test_kinds();
  test_close();
  test_stack_gone();
  test_brief();
  test_head();
  test_guarded("\\w+", 0);
  test_guarded("\\w+", PCRE2_UCP);
  test_guarded(".", PCRE2_DOTALL);
  test_guarded("", 0);
  test_guarded("\\b", PCRE2_UCP);
  test_guarded("(?<=\\W)x|(?<!.)", 0);
  test_guarded("\\X", 0);
  test_guarded("[^a]*?$", PCRE2_CASELESS);
  test_guarded("(?<=caf)\xC3\xA9", PCRE2_CASELESS);
  pm_regex_stack_close(&stack);
  return done("regex");
}
