#include "data/csv_record.h"

#include <stdlib.h>
#include <string.h>

#include "data/csv.h"
#include "data/quote.h"

static bool is_named(const char *line, const pm_field *f, const pm_name *name) {
  return pm_record_find(line, f, 1, name->text, name->len) == 0;
}

int64_t pm_csv_stranger(const char *line, const pm_field *fields,
                        size_t field_count, const pm_name *names,
                        size_t count) {
  for (size_t i = 0; i < field_count; i++) {
    /* Fields mostly come in the order of the columns. */
    bool known = i < count && is_named(line, &fields[i], &names[i]);
    for (size_t n = 0; n < count && !known; n++)
      known = is_named(line, &fields[i], &names[n]);
    if (!known)
      return (int64_t)i;
  }
  return -1;
}

/* The text of a string with escapes is no longer than the string. */
static int add_unescaped(pm_buffer *out, const char *raw, size_t len,
                         char delimiter) {
  char *text = malloc(len);
  if (!text)
    return -1;
  size_t n = pm_quote_read(raw, len, text);
  int status = pm_csv_quote(out, text, n, delimiter);
  free(text);
  return status;
}

static int add_field(pm_buffer *out, const char *line, const pm_field *f,
                     char delimiter) {
  const char *value = line + f->value;
  size_t len = f->value_end - f->value;
  if (*value == 'n')
    return 0;
  if (*value != '"')
    return pm_csv_quote(out, value, len, delimiter);
  return f->value_escaped ? add_unescaped(out, value + 1, len - 2, delimiter)
                          : pm_csv_quote(out, value + 1, len - 2, delimiter);
}

int pm_csv_record(pm_buffer *out, const char *line, const pm_field *fields,
                  size_t field_count, const pm_name *names, size_t count,
                  char delimiter) {
  size_t start = out->len;
  for (size_t n = 0; n < count; n++) {
    if (n > 0 && pm_buffer_add(out, &delimiter, 1) != 0)
      return -1;
    int64_t i =
        pm_record_find(line, fields, field_count, names[n].text, names[n].len);
    if (i >= 0 && add_field(out, line, &fields[i], delimiter) != 0)
      return -1;
  }
  /* A row of one empty field would be a blank line, which is no row. */
  return out->len == start ? pm_buffer_add(out, "\"\"", 2) : 0;
}
