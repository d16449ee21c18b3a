/*
 * Bytes in some charset to UTF-8: which charset they are in, and how sure
 * that is.
 */
#ifndef PM_DECODE_H
#define PM_DECODE_H

#include <stddef.h>

#include "text/buffer.h"
#include "text/charset.h"

typedef enum pm_decode_by {
  PM_BY_MARK,     /* a byte order mark */
  PM_BY_VALIDITY, /* it is ASCII or valid UTF-8 */
  PM_BY_DECLARED, /* the document says so, and its bytes do not object */
  PM_BY_HINT,     /* the caller says so, and the bytes do not object */
  PM_BY_BYTES,    /* what characters the bytes would be */
} pm_decode_by;

typedef struct pm_decoded {
  const pm_charset *charset;
  pm_decode_by by;
  double confidence; /* 0 to 1 */
  size_t mark;       /* bytes of the byte order mark */
} pm_decoded;

/*
 * Finds the charset of `text` [len]: by its mark; else by being ASCII or
 * valid UTF-8; else `hint` (may be NULL) or what it declares, unless the
 * bytes make much better sense in the charset that uchardet names or in one
 * of those in use; else that charset. `work` is scratch. Returns 0, or -1
 * when memory is short.
 */
int pm_decode_detect(const char *text, size_t len, const pm_charset *hint,
                     pm_buffer *work, pm_decoded *found);

/*
 * Adds `text` [len] in `charset` to `out` as UTF-8, with U+FFFD for what is
 * not valid in it. Returns how often, or (size_t)-1 when memory is short or
 * iconv does not know the charset. O(len) time.
 */
size_t pm_decode(const char *text, size_t len, const pm_charset *charset,
                 pm_buffer *out);

/*
 * Converters that are kept open. iconv reads the tables of a charset from disk
 * for its first converter and forgets them with its last: without these every
 * text in an unknown charset would read those of all, a millisecond's work.
 */
enum { PM_HELD = 32 };

typedef struct pm_held {
  void *ways[PM_HELD];
  size_t count;
} pm_held;

/* Opens a converter of each charset in use. What fails is left out. */
void pm_held_open(pm_held *held);

/* May be called again, and for one that is all zeros. */
void pm_held_close(pm_held *held);

#endif
