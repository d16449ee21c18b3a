#include "data/csv.h"

#include <string.h>

/*
 * Where a walk through a row stands:
 *
 *            "              "                " (one quote of two)
 *   PLAIN ------> QUOTED ------> CLOSED ------> QUOTED
 *     ^  (behind a delimiter)      | delimiter
 *     +----------------------------+
 *
 * EDGE is PLAIN behind a delimiter or at the start of the row, where alone a
 * quote opens. RETURN is a CR behind a closing quote.
 */
enum { EDGE, PLAIN, QUOTED, CLOSED, RETURN, DAMAGED };

/* From EDGE or PLAIN: up to the line end, or behind an opening quote. */
static const char *walk_plain(int *state, const char *p, const char *end,
                              char delimiter) {
  const char *stop = memchr(p, '\n', (size_t)(end - p));
  const char *border = stop ? stop : end;
  const char *q = p;
  while ((q = memchr(q, '"', (size_t)(border - q)))) {
    bool edge = q == p ? *state == EDGE : q[-1] == delimiter;
    q++;
    if (edge) {
      *state = QUOTED;
      return q;
    }
  }
  if (border > p)
    *state = border[-1] == delimiter ? EDGE : PLAIN;
  return border;
}

/* Behind a closing quote. */
static int after_quote(char c, char delimiter) {
  return c == '"'         ? QUOTED
         : c == delimiter ? EDGE
         : c == '\r'      ? RETURN
                          : DAMAGED;
}

/* Goes on through a row; `*p` moves. Returns whether it is behind the line
 * end; if not, it is at the end of the data or the state is DAMAGED. */
static bool walk(int *state, const char **p, const char *end, char delimiter) {
  while (*p < end && *state != DAMAGED) {
    if (*state == QUOTED) {
      const char *close = memchr(*p, '"', (size_t)(end - *p));
      *p = close ? close + 1 : end;
      *state = close ? CLOSED : QUOTED;
    } else if (*state == EDGE || *state == PLAIN) {
      *p = walk_plain(state, *p, end, delimiter);
      if (*state == QUOTED || *p == end)
        continue;
      ++*p;
      return true;
    } else if (*(*p)++ == '\n') {
      return true;
    } else {
      *state = *state == CLOSED ? after_quote((*p)[-1], delimiter) : DAMAGED;
    }
  }
  return false;
}

static size_t without_line_end(const char *data, size_t next) {
  if (next > 0 && data[next - 1] == '\n') {
    next--;
    if (next > 0 && data[next - 1] == '\r')
      next--;
  }
  return next;
}

pm_csv_status pm_csv_read(const char *data, size_t len, bool last,
                          char delimiter, pm_csv_row *row) {
  int state = EDGE;
  const char *next = data, *end = data + len;
  pm_csv_status status = PM_CSV_ROW;
  if (!walk(&state, &next, end, delimiter)) {
    if (state == DAMAGED || (last && state == RETURN))
      status = PM_CSV_BEHIND;
    else if (!last)
      return PM_CSV_MORE;
    else if (state == QUOTED)
      status = PM_CSV_OPEN;
  }
  if (status != PM_CSV_ROW) {
    const char *stop = memchr(data, '\n', len);
    if (!stop && !last)
      return PM_CSV_MORE;
    next = stop ? stop + 1 : end;
  }
  row->next = (size_t)(next - data);
  row->len = without_line_end(data, row->next);
  return status;
}

bool pm_csv_next(const char *row, size_t len, char delimiter, size_t *at,
                 pm_csv_field *field) {
  if (*at > len)
    return false;
  const char *p = row + *at, *end = row + len;
  if (p < end && *p == '"') {
    const char *close = p + 1;
    field->doubled = false;
    while ((close = memchr(close, '"', (size_t)(end - close))) &&
           close + 1 < end && close[1] == '"') {
      field->doubled = true;
      close += 2;
    }
    if (!close) /* the row is not sound; stay within it */
      close = end;
    field->text = p + 1;
    field->len = (size_t)(close - p) - 1;
    *at = (size_t)(close - row) + 2;
    return true;
  }
  const char *stop = memchr(p, delimiter, (size_t)(end - p));
  stop = stop ? stop : end;
  *field = (pm_csv_field){p, (size_t)(stop - p), false};
  *at = (size_t)(stop - row) + 1;
  return true;
}

size_t pm_csv_unquote(const pm_csv_field *field, char *out) {
  char *to = out;
  const char *p = field->text, *end = p + field->len;
  while (p < end) {
    const char *q = memchr(p, '"', (size_t)(end - p));
    size_t n = (size_t)((q ? q + 1 : end) - p);
    memcpy(to, p, n);
    to += n;
    p += n + (q != NULL);
  }
  return (size_t)(to - out);
}

static bool needs_quotes(const char *text, size_t len, char delimiter) {
  return memchr(text, '"', len) || memchr(text, delimiter, len) ||
         memchr(text, '\n', len) || memchr(text, '\r', len);
}

int pm_csv_quote(pm_buffer *out, const char *text, size_t len, char delimiter) {
  if (len == 0 || !needs_quotes(text, len, delimiter))
    return pm_buffer_add(out, text, len);
  const char *end = text + len;
  int status = pm_buffer_add(out, "\"", 1);
  while (status == 0 && text < end) {
    const char *q = memchr(text, '"', (size_t)(end - text));
    const char *stop = q ? q + 1 : end;
    status = pm_buffer_add(out, text, (size_t)(stop - text));
    if (q && status == 0)
      status = pm_buffer_add(out, "\"", 1);
    text = stop;
  }
  return status == 0 ? pm_buffer_add(out, "\"", 1) : -1;
}

static size_t whole_rows(const pm_cut *cut, const char *data, size_t len,
                         bool last) {
  size_t at = 0;
  pm_csv_row row;
  while (at < len && pm_csv_read(data + at, len - at, last, cut->delimiter,
                                 &row) != PM_CSV_MORE)
    at += row.next;
  return at;
}

/* A row too long to keep cannot be gone back into: a damaged one ends with the
 * line in which that showed. */
static bool pass_row(const pm_cut *cut, int *state, const char *data,
                     size_t len, size_t *used) {
  const char *p = data, *end = data + len;
  bool found = walk(state, &p, end, cut->delimiter);
  if (!found && *state == DAMAGED) {
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    p = stop ? stop + 1 : end;
    found = stop != NULL;
  }
  *used = (size_t)(p - data);
  return found;
}

pm_cut pm_csv_cut(char delimiter) {
  return (pm_cut){.whole = whole_rows,
                  .pass = pass_row,
                  .shown = 256,
                  .delimiter = delimiter};
}
