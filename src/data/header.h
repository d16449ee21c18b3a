/*
 * Header fields as HTTP and WARC have them: "Name: value" lines up to a blank
 * one. Line ends are CR LF or LF; what is no field is passed over, so that one
 * bad line does not cost the others. Bytes are not looked at: any charset.
 */
#ifndef PM_HEADER_H
#define PM_HEADER_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes in the text that is read. */
typedef struct pm_slice {
  const char *at; /* NULL: not there */
  size_t len;
} pm_slice;

typedef struct pm_header {
  pm_slice name, value; /* without the blanks around */
} pm_header;

/* The place behind the blank line that ends the header at `p`, or NULL. */
const char *pm_header_end(const char *p, const char *end);

/* Reads the next field from `*p` on, which moves. Returns false at the end. */
bool pm_header_next(const char **p, const char *end, pm_header *field);

/* Whether `s` is `word`, which is in lower case, in any case. */
bool pm_slice_is(pm_slice s, const char *word);

/* Whether `s` begins with it. */
bool pm_slice_begins(pm_slice s, const char *word);

/* `s` without the blanks around it. */
pm_slice pm_slice_trim(pm_slice s);

#endif
