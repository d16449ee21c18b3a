/*
 * A document as a row of CSV: strings as their text, all other values as the
 * JSON text they came as, null and what is missing as nothing.
 */
#ifndef PM_CSV_RECORD_H
#define PM_CSV_RECORD_H

#include "data/record.h"
#include "text/buffer.h"

typedef struct pm_name {
  const char *text;
  size_t len;
} pm_name;

/* The number of a field of `line` that is none of `names` [count], or -1. */
int64_t pm_csv_stranger(const char *line, const pm_field *fields,
                        size_t field_count, const pm_name *names, size_t count);

/* Adds the row, without its line end, to `out`: the fields that are named.
 * Returns 0, or -1 when memory is short. */
int pm_csv_record(pm_buffer *out, const char *line, const pm_field *fields,
                  size_t field_count, const pm_name *names, size_t count,
                  char delimiter);

#endif
