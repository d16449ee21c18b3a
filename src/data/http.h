/*
 * HTTP responses as crawlers keep them: status line, header, body, with the
 * transfer and content encodings undone.
 *
 * Many crawlers undo an encoding and leave its header: a body that does not
 * begin like what the header names is taken as it is.
 */
#ifndef PM_HTTP_H
#define PM_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "data/header.h"
#include "text/buffer.h"

typedef struct pm_http {
  pm_slice type;    /* "text/html", without its parameters */
  pm_slice charset; /* among them */
  pm_slice encoding;
  bool chunked;
  pm_slice body; /* as it came */
} pm_http;

/* Reads the response `data` [len]. Returns false when it is none. */
bool pm_http_read(const char *data, size_t len, pm_http *response);

/* Content-Type as type and charset. */
void pm_http_type(pm_slice value, pm_slice *type, pm_slice *charset);

/* Whether the body is a page, by its type or, without one, by how it begins. */
bool pm_http_is_html(pm_slice type, pm_slice body);

typedef enum pm_http_status {
  PM_HTTP_OK,
  PM_HTTP_UNKNOWN, /* an encoding that is not known */
  PM_HTTP_DAMAGED,
  PM_HTTP_LONG, /* longer than `max`, or a compression bomb */
  PM_HTTP_MEMORY,
} pm_http_status;

/*
 * Undoes the encodings of the body: chunked, gzip, deflate, zstd. The result
 * is `*body`, in the response or in one of the two buffers, which are empty
 * zeroed ones of the caller and hold at most `max` bytes each. A body that is
 * `cut`, as its record says, gives what there is.
 */
pm_http_status pm_http_decode(const pm_http *response, bool cut, size_t max,
                              pm_buffer buffers[2], pm_slice *body);

#endif
