/*
 * Which WARC records are documents: responses that are pages of HTML, and
 * conversions to plain text (WET).
 */
#ifndef PM_PAGE_H
#define PM_PAGE_H

#include "data/http.h"
#include "data/warc.h"

typedef enum pm_page_kind {
  PM_PAGE_OTHER,
  PM_PAGE_HTML, /* `http` has the response */
  PM_PAGE_TEXT, /* the block is the text */
} pm_page_kind;

/* The kind of a record, of which the header and some of the block must be
 * there. */
pm_page_kind pm_page_read(const pm_warc *record, pm_http *http);

#endif
