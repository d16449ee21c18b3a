/*
 * WARC records (ISO 28500): a line "WARC/1.0", header fields, a blank line, as
 * many bytes as Content-Length says, two line ends.
 *
 * Crawlers get much of this wrong. A record is sound when its length leads to
 * two line ends, to the next record or to the end of the data; one that is not
 * ends where the next line begins with "WARC/", and reading goes on there.
 */
#ifndef PM_WARC_H
#define PM_WARC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/header.h"
#include "data/input.h"

typedef enum pm_warc_status {
  PM_WARC_RECORD,
  PM_WARC_MORE,      /* its end is not here */
  PM_WARC_BLANK,     /* nothing but line ends */
  PM_WARC_JUNK,      /* no record begins here */
  PM_WARC_NO_LENGTH, /* a header without a Content-Length that is a number */
  PM_WARC_LENGTH,    /* the length leads nowhere */
} pm_warc_status;

typedef struct pm_warc {
  size_t start;    /* of the record in the data, behind stray line ends */
  size_t next;     /* where the next one begins */
  size_t there;    /* PM_WARC_LENGTH: bytes between header and `next` */
  uint64_t length; /* as its header says */
  pm_slice type, id, uri, date, content_type, payload_type, truncated;
  pm_slice block; /* what comes behind the header, as far as it is here */
} pm_warc;

/* The record at the start of `data` [len], len >= 1. With `last` nothing
 * follows the data, and PM_WARC_MORE does not occur. The fields of the header
 * are there as soon as the header is. */
pm_warc_status pm_warc_read(const char *data, size_t len, bool last,
                            pm_warc *record);

/* Cuts a stream into records. */
extern const pm_cut pm_warc_cut;

#endif
