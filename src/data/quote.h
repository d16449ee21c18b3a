/*
 * The inside of a JSON string and the text it stands for.
 */
#ifndef PM_QUOTE_H
#define PM_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "text/buffer.h"

/*
 * Writes the text that `raw` [len], the inside of a checked JSON string,
 * stands for to `out` [len] and returns its length.
 */
size_t pm_quote_read(const char *raw, size_t len, char *out);

/* Does `raw` [raw_len], the inside of a checked string, stand for `text`? */
bool pm_quote_equal(const char *raw, size_t raw_len, const char *text,
                    size_t len);

/*
 * Adds `text` [len] to `out` as a JSON string with its quotes. Only what has
 * to be is escaped: quote, backslash, bytes below 0x20. Sets `*high` if a byte
 * was not ASCII: whether the text is valid UTF-8 is the caller's to check.
 * Returns 0, or -1 when memory is short.
 */
int pm_quote_write(pm_buffer *out, const char *text, size_t len, bool *high);

/* A buffer with so much room need not grow for that: six bytes for each of the
 * text, and what is written at once beyond what counts. */
#define PM_QUOTE_ROOM(len) (6 * (len) + 256)

/* The same two in steps of 16 bytes, for any processor. */
size_t pm_quote_read_plain(const char *raw, size_t len, char *out);
int pm_quote_write_plain(pm_buffer *out, const char *text, size_t len,
                         bool *high);

#endif
