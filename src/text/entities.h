/*
 * Character references of HTML ("&eacute;", "&#233;", "&#xE9;") in text that
 * is no HTML.
 */
#ifndef PM_ENTITIES_H
#define PM_ENTITIES_H

#include <stddef.h>

#include "text/buffer.h"

/*
 * Adds `text` [len], valid UTF-8, to `out` with its references read, again
 * and again if what they make is one ("&amp;lt;"). Adds nothing when there
 * are none. Does nothing where a tag stands in the text: it is HTML then, or
 * about it.
 *
 *   every  zero: a text that has characters beyond ASCII as they are keeps its
 *          references, but for those that go on with mojibake
 *
 * Numbers 0x80 to 0x9F are of cp1252, as in HTML. Names are those of HTML 5
 * that stand for one character, and such names in capitals. Returns how many
 * were read, or (size_t)-1 when memory is short. O(len) time.
 */
size_t pm_entities_read(const char *text, size_t len, int every,
                        pm_buffer *out);

/* Whether there may be any in `text` [len]. */
int pm_entities_maybe(const char *text, size_t len);

#endif
