/*
 * Mojibake: text that was UTF-8, was read in a charset of single bytes and
 * was written as UTF-8 again, wholly or in part. Undoing it is a search for
 * the likeliest history: each character is either as it was written, or part
 * of a sequence that spells one UTF-8 character in one of the charsets.
 *
 * Viterbi's algorithm over one state for "as written" and one for each
 * charset. Bits are paid for each character by the kind of the one before it
 * (mojibake_table.h), for going over to a charset, for coming back, and for
 * what a charset leaves unread. Where all is as written the search sleeps.
 */
#ifndef PM_MOJIBAKE_H
#define PM_MOJIBAKE_H

#include <stddef.h>

#include "text/buffer.h"
#include "text/mojibake_table.h"

/*
 * Undoes one layer of mojibake in `text` [len], valid UTF-8. Adds the text to
 * `out`, and to `counts` [PM_CHARSETS] how many characters were restored from
 * each charset; adds nothing when there were none. `work` is scratch.
 * Returns how many were restored, or (size_t)-1 when memory is short.
 *
 * O(len) time. The result is shorter than the text.
 */
size_t pm_mojibake_undo(const char *text, size_t len, pm_buffer *out,
                        pm_buffer *work, size_t *counts);

#endif
