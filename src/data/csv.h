/*
 * CSV by RFC 4180: rows of fields between delimiters. A field that begins with
 * a quote may hold delimiters and line ends, and quotes as two; anywhere else
 * a quote is a character like others. A row ends with LF or CR LF.
 *
 * A row is damaged when text stands behind a closing quote, or when a quote is
 * never closed. It is then taken to end at its first line end, so that a
 * quote too many costs one line and not the rest of the file.
 */
#ifndef PM_CSV_H
#define PM_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "data/input.h"
#include "text/buffer.h"

typedef enum pm_csv_status {
  PM_CSV_ROW,
  PM_CSV_MORE,   /* its end is not here */
  PM_CSV_BEHIND, /* text behind a closing quote */
  PM_CSV_OPEN,   /* a quote that is not closed */
} pm_csv_status;

typedef struct pm_csv_row {
  size_t len;  /* without the line end */
  size_t next; /* where the next row begins */
} pm_csv_row;

/* The row at the start of `data` [len], len >= 1. With `last` nothing follows
 * the data, and PM_CSV_MORE does not occur. */
pm_csv_status pm_csv_read(const char *data, size_t len, bool last,
                          char delimiter, pm_csv_row *row);

typedef struct pm_csv_field {
  const char *text; /* [len], without its quotes */
  size_t len;
  bool doubled; /* it has quotes as two */
} pm_csv_field;

/* The field of a sound row that begins at `*at`, which moves on. Returns false
 * behind the last one. */
bool pm_csv_next(const char *row, size_t len, char delimiter, size_t *at,
                 pm_csv_field *field);

/* Writes the text of a field to `out` [field->len]; returns its length. */
size_t pm_csv_unquote(const pm_csv_field *field, char *out);

/* Adds a field to `out`, in quotes where it needs them. Returns 0, or -1 when
 * memory is short. */
int pm_csv_quote(pm_buffer *out, const char *text, size_t len, char delimiter);

/* Cuts a stream into rows. */
pm_cut pm_csv_cut(char delimiter);

#endif
