#include "data/json.h"

#include <stdlib.h>
#include <string.h>

#include "data/number.h"
#include "data/quote.h"
#include "data/record.h"
#include "test.h"

/* The text in a block of its exact size, so that a checker sees any overread.
 */
static char *exact(const char *text, size_t len) {
  char *block = malloc(len ? len : 1);
  memcpy(block, text, len);
  return block;
}

static bool accepts(const char *text, size_t len, pm_json_error *error) {
  char *block = exact(text, len);
  pm_json_scan s = {.text = block, .end = block + len, .error = error};
  bool ok = pm_json_check(&s);
  static const int widths[] = {1, 16, 32};
  for (int i = 0; i < 3; i++) {
    s.widest = widths[i];
    pm_json_error other;
    s.error = &other;
    check(pm_json_check(&s) == ok && (ok || other.at == error->at));
  }
  free(block);
  return ok;
}

static void every_cut_of_a_value_is_refused(void) {
  const char *texts[] = {
      "{\"key\": [1.5e+10, true, null, \"a\\n\\u00e9\\ud83d\\ude00\"]}",
      "\"a string that is longer than one block of 64 bytes, with an escape "
      "\\n in the second one and \\\" in it\"",
  };
  pm_json_error error;
  for (size_t i = 0; i < 2; i++) {
    size_t len = strlen(texts[i]);
    check(accepts(texts[i], len, &error));
    for (size_t cut = 0; cut < len; cut++)
      check(!accepts(texts[i], cut, &error) && error.at <= cut);
  }
}

/* Every length of string around the block size, with each kind of byte at
 * each place. */
static void strings_end_where_they_end(void) {
  static const struct {
    const char *bytes;
    bool valid;
  } kinds[] = {{"\\n", true},       {"\\u00e9", true},
               {"\xC3\xA9", true},  {"\x01", false},
               {"\xC3", false},     {"\\x", false},
               {"\\ud83d", false},  {"\"", false},
               {"\\\\", true},      {"\\ud83d\\ude00", true},
               {"\\ud83dx", false}, {"\\udc00", false},
               {"\\u0g", false},    {"\\u00e9\\u20ac\\n\\u0000", true}};
  pm_json_error error;
  char text[256];
  for (size_t len = 0; len < 140; len++)
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
      for (size_t at = 0; at <= len; at += 1 + len / 40) {
        size_t n = strlen(kinds[k].bytes);
        memset(text, 'a', sizeof text);
        text[0] = '"';
        memcpy(text + 1 + at, kinds[k].bytes, n);
        text[1 + len + n] = '"';
        check(accepts(text, len + n + 2, &error) == kinds[k].valid);
      }
}

/* Strings of escapes in any order, some of them wrong: what is refused, and
 * what is read, is as it is byte by byte. */
static void escapes_mean_the_same_everywhere(void) {
  static const char *const pieces[] = {
      "\\u0041",        "\\u00e9",      "\\u20ac", "\\uD7ff",
      "\\ue000",        "\\n",          "\\\\",    "\\\"",
      "\\ud83d\\ude00", "\\u0000",      "a",       " ",
      "plain words, ",  "\xE2\x82\xAC", "\\/",     "\\ud83d",
      "\\uDE00",        "\\u12",        "\"",      "\\x"};
  enum { COUNT = sizeof pieces / sizeof *pieces, GOOD = 15 };
  pm_json_error error;
  uint32_t state = 1;
  char text[512];
  for (int round = 0; round < 20000; round++) {
    size_t len = 1, most = 2 + (size_t)(round % 300);
    text[0] = '"';
    while (len < most) {
      state = state * 1664525 + 1013904223;
      uint32_t pick = state >> 8;
      const char *piece =
          pieces[pick % 199 == 0 ? pick / 199 % COUNT : pick / 199 % GOOD];
      memcpy(text + len, piece, strlen(piece));
      len += strlen(piece);
    }
    text[len++] = '"';
    if (!accepts(text, len, &error))
      continue;
    char *raw = exact(text + 1, len - 2);
    char *read = malloc(len), *plain = malloc(len);
    size_t n = pm_quote_read(raw, len - 2, read);
    check(pm_quote_read_plain(raw, len - 2, plain) == n);
    check(memcmp(read, plain, n) == 0);
    free(raw);
    free(read);
    free(plain);
  }
}

static void quotes_read_what_they_write(void) {
  static const char text[] = "plain \"quoted\" \\ / \b\f\n\r\t \x01\x1f\x7f "
                             "caf\xC3\xA9 and a tail that is long enough\n\n";
  char *block = exact(text, sizeof text); /* its NUL is written too */
  pm_buffer b = {0};
  bool high = false;
  check(pm_quote_write(&b, block, sizeof text, &high) == 0 && high);
  char *raw = exact(b.at + 1, b.len - 2);
  char *back = malloc(b.len - 2);
  check(pm_quote_read(raw, b.len - 2, back) == sizeof text);
  check(memcmp(back, text, sizeof text) == 0);
  check(pm_quote_equal(raw, b.len - 2, block, sizeof text));
  check(!pm_quote_equal(raw, b.len - 2, block, sizeof text - 1));
  free(raw);
  free(back);
  free(block);
  pm_buffer_free(&b);

  pm_buffer small = {.max = 64};
  check(pm_quote_write(&small, text, sizeof text, &high) == -1);
  pm_buffer_free(&small);
}

static void numbers_are_rounded_right(void) {
  static const struct {
    const char *text;
    double value;
  } floats[] = {
      {"0.1", 0.1},
      {"-0", -0.0},
      {"1e400", 1e300 * 1e300},
      {"1e-400", 0.0},
      {"123456789012345678901234567890", 123456789012345678901234567890.0},
      {"9007199254740993.0", 9007199254740992.0}, /* half way: to even */
      {"9007199254740993.00000000000000000000000000000001", 9007199254740994.0},
      {"2.2250738585072011e-308", 2.2250738585072011e-308},
      {"4.9406564584124654e-324", 4.9406564584124654e-324},
      {"0.000000000000000000000000000000000000000000123", 1.23e-43},
      {"1E+2", 100.0},
      {"1e99999999999999999999", 1e300 * 1e300},
  };
  int64_t i;
  double f;
  for (size_t k = 0; k < sizeof floats / sizeof *floats; k++) {
    size_t len = strlen(floats[k].text);
    char *block = exact(floats[k].text, len);
    check(!pm_number_read(block, len, &i, &f));
    check(memcmp(&f, &floats[k].value, sizeof f) == 0);
    free(block);
  }
  /* Half way between two doubles, decided by a digit far behind. */
  char text[2000];
  memset(text, '0', sizeof text);
  memcpy(text, "9007199254740993.", 17);
  check(!pm_number_read(text, sizeof text, &i, &f) && f == 9007199254740992.0);
  text[sizeof text - 1] = '1';
  check(!pm_number_read(text, sizeof text, &i, &f) && f == 9007199254740994.0);

  check(pm_number_read("9223372036854775807", 19, &i, &f) && i == INT64_MAX);
  check(pm_number_read("-9223372036854775808", 20, &i, &f) && i == INT64_MIN);
  check(!pm_number_read("9223372036854775808", 19, &i, &f));
}

static void records_find_their_fields(void) {
  static const char line[] =
      " {\"a\" : 1, \"\\u0062\": \"x\\n\", \"a\":[{\"c\":2}]} ";
  size_t len = sizeof line - 1;
  char *block = exact(line, len);
  pm_json_error error;
  pm_json_scan s = {.text = block, .end = block + len, .error = &error};
  pm_object object;
  pm_field fields[3];
  check(pm_record_scan(&s, &object, fields, 1) == 0 && object.count == 3);
  check(pm_record_scan(&s, &object, fields, 3) == 0);
  check(block[object.open] == '{' && block[object.close] == '}');
  check(pm_record_find(block, fields, 3, "a", 1) == 2);
  check(pm_record_find(block, fields, 3, "b", 1) == 1);
  check(pm_record_find(block, fields, 3, "c", 1) == -1);
  check(pm_record_find(block, fields, 3, "", 0) == -1);
  check(fields[1].key_escaped && fields[1].value_escaped);
  check(!fields[0].key_escaped && !fields[2].value_escaped);
  check(block[fields[2].value] == '[' && block[fields[2].value_end - 1] == ']');
  free(block);
}

int main(void) {
  every_cut_of_a_value_is_refused();
  strings_end_where_they_end();
  escapes_mean_the_same_everywhere();
  quotes_read_what_they_write();
  numbers_are_rounded_right();
  records_find_their_fields();
  return done("json");
}
