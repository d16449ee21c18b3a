/*
 * A record that is accepted stays one when a field gets another value: all
 * others have the same bytes. Numbers and strings written read back the same.
 * All widths of registers give the same answers, and those of single bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "data/number.h"
#include "data/quote.h"
#include "data/record.h"

#define must(condition)                                                        \
  do                                                                           \
    if (!(condition))                                                          \
      abort();                                                                 \
  while (0)

enum { FIELDS = 16 };

static int scan(const char *text, size_t len, pm_object *object,
                pm_field *fields) {
  pm_json_error error = {0}, other = {0};
  pm_json_scan s = {.text = text, .end = text + len, .error = &error};
  memset(fields, 0, FIELDS * sizeof *fields);
  int status = pm_record_scan(&s, object, fields, FIELDS);
  must(status == 0 || error.at <= len);
  static const int widths[] = {1, 16, 32};
  for (int i = 0; i < 3; i++) {
    s.widest = widths[i];
    pm_object narrow;
    pm_field same[FIELDS] = {0};
    s.error = &other;
    must(pm_record_scan(&s, &narrow, same, FIELDS) == status);
    if (status == 0)
      must(memcmp(same, fields, sizeof same) == 0);
    else
      must(other.at == error.at && !strcmp(other.message, error.message));
  }
  return status;
}

static void check_string(const char *raw, size_t len) {
  char *plain = malloc(len + 1), *narrow = malloc(len + 1);
  size_t n = pm_quote_read(raw, len, plain);
  must(pm_quote_read_plain(raw, len, narrow) == n);
  must(memcmp(plain, narrow, n) == 0);
  must(pm_quote_equal(raw, len, plain, n));
  pm_buffer b = {0}, c = {0};
  bool high = false, high_too = false;
  must(pm_quote_write(&b, plain, n, &high) == 0);
  must(pm_quote_write_plain(&c, plain, n, &high_too) == 0);
  must(high == high_too && b.len == c.len && !memcmp(b.at, c.at, b.len));
  must(pm_quote_equal(b.at + 1, b.len - 2, plain, n));
  pm_buffer_free(&b);
  pm_buffer_free(&c);
  free(plain);
  free(narrow);
}

static void check_value(const char *text, size_t len) {
  pm_json_error error;
  pm_json_scan s = {.text = text, .end = text + len, .error = &error};
  must(pm_json_check(&s));
  if (*text == '"') {
    check_string(text + 1, len - 2);
  } else if (*text == '-' || (*text >= '0' && *text <= '9')) {
    char out[PM_NUMBER_ROOM];
    int64_t i, j;
    double f, g;
    if (pm_number_read(text, len, &i, &f)) {
      size_t n = pm_number_write_integer(out, i);
      must(pm_number_read(out, n, &j, &g) && i == j);
    } else if (f - f == 0) {
      size_t n = pm_number_write_float(out, f);
      must(n <= sizeof out && !pm_number_read(out, n, &j, &g));
      must(memcmp(&f, &g, sizeof f) == 0);
    }
  }
}

/* Puts `"~"` in the place of field k. */
static void replace(const char *line, size_t len, const pm_field *fields,
                    uint32_t count, uint32_t k) {
  size_t before = fields[k].value, after = len - fields[k].value_end;
  char *text = malloc(before + 3 + after);
  memcpy(text, line, before);
  memcpy(text + before, "\"~\"", 3);
  memcpy(text + before + 3, line + fields[k].value_end, after);
  pm_object object;
  pm_field now[FIELDS];
  must(scan(text, before + 3 + after, &object, now) == 0);
  must(object.count == count);
  for (uint32_t i = 0; i < count && i < FIELDS; i++) {
    size_t n = fields[i].value_end - fields[i].value;
    if (i == k)
      continue;
    must(now[i].value_end - now[i].value == n);
    must(memcmp(text + now[i].value, line + fields[i].value, n) == 0);
  }
  free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *line = (const char *)data;
  pm_object object;
  pm_field fields[FIELDS];
  if (scan(line, size, &object, fields) != 0)
    return 0;
  uint32_t known = object.count < FIELDS ? object.count : FIELDS;
  uint32_t end = object.open;
  for (uint32_t i = 0; i < known; i++) {
    const pm_field *f = &fields[i];
    must(end < f->key && f->key <= f->key_end && f->key_end < f->value);
    must(f->value < f->value_end && f->value_end <= object.close);
    end = f->value_end;
    check_value(line + f->value, f->value_end - f->value);
    replace(line, size, fields, object.count, i);
  }
  return 0;
}
