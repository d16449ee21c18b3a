/*
 * Property: on any text the form that the first byte picks is what utf8proc
 * alone makes of it, a form of a form is itself, and what is said to be in the
 * form already is so, and need not be looked at again to do the rest.
 */
#include <utf8proc.h>

#include "fuzz_text.h"
#include "text/chars.h"
#include "text/normal.h"

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
  static pm_buffer once, twice, wide;
  once.len = twice.len = wide.len = 0;
  require(pm_normalize(text, len, form, &once, &wide) == 0);
  if (form <= PM_FOLD &&
      !(form == PM_FOLD && has_future_ignorable(text, text + len))) {
    utf8proc_uint8_t *expected;
    utf8proc_ssize_t n = utf8proc_map(
        (const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &expected,
        (utf8proc_option_t)(UTF8PROC_STABLE | options[form]));
    require(is_same(&once, (const char *)expected, (size_t)n));
    free(expected);
  }
  size_t span = pm_normal_span(text, len, form);
  require(span <= once.len);
  require(memcmp(text, bytes_of(&once), span) == 0);
  wide.len = 0;
  require(pm_normal_extend(text, len, form, &span, &twice, &wide) == 0);
  require(twice.len == 0 && span <= len && span <= once.len);
  require(memcmp(text, bytes_of(&once), span) == 0);
  if (form <= PM_NFKD)
    require((span == len) == is_same(&once, text, len));
  require(pm_normalize(text + span, len - span, form, &twice, &wide) == 0);
  require(is_same(&twice, bytes_of(&once) + span, once.len - span));
  twice.len = wide.len = 0;
  require(pm_normalize(bytes_of(&once), once.len, form, &twice, &wide) == 0);
  require(is_same(&twice, bytes_of(&once), once.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  unsigned form = fuzz_choice(&data, &size) % (PM_STRIP + 1);
  size_t len;
  char *text = fuzz_text(data, size, &len);
  check_form(text, len, (pm_form)form);
  free(text);
  return 0;
}
