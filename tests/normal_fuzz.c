/*
 * Property: on any text each form is what utf8proc alone makes of it, a form
 * of a form is itself, and what is said to be in the form already is so.
 */
#include <string.h>
#include <utf8proc.h>

#include "fuzz_text.h"
#include "text/chars.h"
#include "text/normal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int holds) {
  if (!holds)
    abort();
}

static const int options[] = {
    [PM_NFC] = UTF8PROC_COMPOSE,
    [PM_NFD] = UTF8PROC_DECOMPOSE,
    [PM_NFKC] = UTF8PROC_COMPOSE | UTF8PROC_COMPAT,
    [PM_NFKD] = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT,
    [PM_FOLD] = UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                UTF8PROC_IGNORE,
};

/* utf8proc keeps what is promised to be ignorable but not assigned yet. */
static int has_future_ignorable(const char *p, const char *end) {
  while (p < end) {
    uint32_t c = pm_utf8_next(&p);
    if (pm_char_form(c) & PM_IGNORABLE &&
        utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_CN)
      return 1;
  }
  return 0;
}

static void check_form(const char *text, size_t len, pm_form form) {
  pm_buffer once = {0}, twice = {0}, wide = {0};
  require(pm_normalize(text, len, form, &once, &wide) == 0);
  if (form <= PM_FOLD &&
      !(form == PM_FOLD && has_future_ignorable(text, text + len))) {
    utf8proc_uint8_t *expected;
    utf8proc_ssize_t n = utf8proc_map(
        (const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &expected,
        (utf8proc_option_t)(UTF8PROC_STABLE | options[form]));
    require(n == (utf8proc_ssize_t)once.len);
    require(n == 0 || memcmp(expected, once.at, once.len) == 0);
    free(expected);
  }
  size_t span = pm_normal_span(text, len, form);
  require(span <= once.len);
  require(span == 0 || memcmp(text, once.at, span) == 0);
  require(pm_normalize(once.at, once.len, form, &twice, &wide) == 0);
  require(twice.len == once.len);
  require(once.len == 0 || memcmp(twice.at, once.at, once.len) == 0);
  pm_buffer_free(&once);
  pm_buffer_free(&twice);
  pm_buffer_free(&wide);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t len;
  char *text = fuzz_text(data, size, &len);
  for (int form = PM_NFC; form <= PM_STRIP; form++)
    check_form(text, len, (pm_form)form);
  free(text);
  return 0;
}
