#include "data/warc.h"

#include <string.h>

/* A header that is longer is none. */
enum { HEADER_MAX = 64 * 1024 };

/* "WARC/1." and the line feed before it. */
enum { MAGIC = 7, BORDER = MAGIC + 1 };

static bool is_magic(const char *p, const char *end) {
  return end - p >= MAGIC && memcmp(p, "WARC/", 5) == 0 && p[5] >= '0' &&
         p[5] <= '9' && p[6] == '.';
}

/* The next line from `p` on that begins a record, not at `p` itself. */
static const char *find_magic(const char *p, const char *end) {
  while (end - p >= BORDER) {
    p = memmem(p, (size_t)(end - p), "\nWARC/", 6);
    if (!p)
      return NULL;
    if (is_magic(p + 1, end))
      return p + 1;
    p++;
  }
  return NULL;
}

static bool read_length(pm_slice s, uint64_t *length) {
  *length = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (s.at[i] < '0' || s.at[i] > '9' || *length > UINT64_MAX / 100)
      return false;
    *length = *length * 10 + (uint64_t)(s.at[i] - '0');
  }
  return s.len > 0;
}

/* Some write <http://...>, as the grammar of WARC 1.0 has it. */
static pm_slice without_brackets(pm_slice s) {
  if (s.len >= 2 && s.at[0] == '<' && s.at[s.len - 1] == '>')
    return (pm_slice){s.at + 1, s.len - 2};
  return s;
}

/* Returns whether there is a length. */
static bool read_header(const char *p, const char *end, pm_warc *r) {
  const struct {
    const char *name;
    pm_slice *value;
  } wanted[] = {
      {"warc-type", &r->type},
      {"warc-record-id", &r->id},
      {"warc-target-uri", &r->uri},
      {"warc-date", &r->date},
      {"content-type", &r->content_type},
      {"warc-identified-payload-type", &r->payload_type},
      {"warc-truncated", &r->truncated},
  };
  bool has_length = false;
  pm_header field;
  while (pm_header_next(&p, end, &field)) {
    if (pm_slice_is(field.name, "content-length"))
      has_length = read_length(field.value, &r->length);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
      if (pm_slice_is(field.name, wanted[i].name))
        *wanted[i].value = field.value;
  }
  r->uri = without_brackets(r->uri);
  return has_length;
}

/* A record that is not sound ends before the next one. */
static pm_warc_status give_up(const char *data, const char *from,
                              const char *end, bool last, pm_warc *r,
                              pm_warc_status status) {
  const char *next = find_magic(from, end);
  if (!next && !last)
    return PM_WARC_MORE;
  r->next = (size_t)((next ? next : end) - data);
  return status;
}

static const char *skip_line_ends(const char *p, const char *end) {
  while (p < end && (*p == '\n' || *p == '\r'))
    p++;
  return p;
}

/* The place behind the two line ends, or as many as there are, at the end of
 * a block; NULL when no end of a record is here. */
static const char *skip_separator(const char *p, const char *end, bool last) {
  int lines = 0;
  for (; p < end && lines < 2 && (*p == '\n' || *p == '\r'); p++)
    lines += *p == '\n';
  return lines == 2 || is_magic(p, end) || (last && p == end) ? p : NULL;
}

static pm_warc_status read_block(const char *data, const char *block,
                                 const char *end, bool last, pm_warc *r) {
  size_t there = (size_t)(end - block);
  r->block = (pm_slice){block, r->length < there ? (size_t)r->length : there};
  if (r->length <= there) {
    const char *stop = block + r->length;
    const char *next = skip_separator(stop, end, last);
    if (next) {
      r->next = (size_t)(next - data);
      return PM_WARC_RECORD;
    }
  }
  /* Two line ends of two bytes, one of them there, and a magic. */
  if (!last && r->length + 2 + MAGIC > there)
    return PM_WARC_MORE;
  /* The header's last byte is the line feed before an empty block. */
  pm_warc_status status =
      give_up(data, block - 1, end, last, r, PM_WARC_LENGTH);
  r->there = r->next - (size_t)(block - data);
  return status;
}

pm_warc_status pm_warc_read(const char *data, size_t len, bool last,
                            pm_warc *record) {
  pm_warc *r = record;
  *r = (pm_warc){0};
  const char *end = data + len;
  const char *p = skip_line_ends(data, end);
  r->start = (size_t)(p - data);
  if (p == end) {
    r->next = len;
    return last ? PM_WARC_BLANK : PM_WARC_MORE;
  }
  if (!last && end - p < MAGIC)
    return PM_WARC_MORE;
  if (!is_magic(p, end))
    return give_up(data, p, end, last, r, PM_WARC_JUNK);
  const char *limit = end - p > HEADER_MAX ? p + HEADER_MAX : end;
  const char *block = pm_header_end(p, limit);
  if (!block && !last && limit == end)
    return PM_WARC_MORE;
  if (!block)
    return give_up(data, p, end, last, r, PM_WARC_JUNK);
  if (!read_header(p, block, r))
    return give_up(data, p, end, last, r, PM_WARC_NO_LENGTH);
  return read_block(data, block, end, last, r);
}

static size_t whole_records(const pm_cut *cut, const char *data, size_t len,
                            bool last) {
  (void)cut;
  size_t at = 0;
  pm_warc record;
  while (at < len &&
         pm_warc_read(data + at, len - at, last, &record) != PM_WARC_MORE)
    at += record.next;
  return at;
}

/* The length of a record too long to keep may be wrong, and cannot be gone
 * back behind: the next line that begins a record ends it. */
static bool pass_record(const pm_cut *cut, int *state, const char *data,
                        size_t len, size_t *used) {
  (void)cut;
  const char *end = data + len, *p = data;
  if (*state == 0)
    p = skip_line_ends(p, end);
  *state = 1;
  const char *next = find_magic(p, end);
  size_t settled = len >= BORDER ? len - BORDER + 1 : 0;
  *used = next ? (size_t)(next - data) : settled;
  return next != NULL;
}

const pm_cut pm_warc_cut = {
    .whole = whole_records, .pass = pass_record, .shown = 4096};
