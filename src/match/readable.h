/*
 * A diff that people read: pieces that begin at words, changes that are not
 * torn by chance, and that begin and end where sentences do.
 */
#ifndef PM_READABLE_H
#define PM_READABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "match/diff.h"
#include "sketch/units.h"

/* What stands before a piece, the strongest. */
typedef enum pm_border {
  PM_BORDER_SPACE,
  PM_BORDER_COMMA, /* or other punctuation */
  PM_BORDER_SENTENCE,
  PM_BORDER_LINE,
  PM_BORDER_TEXT /* its beginning or its end */
} pm_border;

/*
 * Cuts a text at the beginning of each word, so that the pieces, one after the
 * other, are the text.
 *
 *   word    [count]      its words
 *   exact                pieces are equal when their bytes are, not when their
 *                        folded words are
 *   piece   [count + 1]
 *   border  [count + 2]  before each piece, and at the end: pm_border values
 *
 * Returns how many pieces: count, or one for a text without words.
 */
size_t pm_readable_cut(const char *text, size_t len, const pm_unit *word,
                       size_t count, bool exact, pm_unit *piece,
                       uint8_t *border);

/*
 * Makes edits readable, in place; returns how many there are then. A few
 * pieces that happen to be the same in the midst of larger changes become part
 * of the change. What was added or left out is moved along pieces that repeat
 * to the strongest borders: "Yes. He [said no. He] left" becomes "Yes. [He said
 * no.] He left".
 *
 *   edit      [count]  of pm_diff
 *   a, b               the pieces it was made of
 *   border_a, border_b  of pm_readable_cut
 */
size_t pm_readable_edits(pm_edit *edit, size_t count, const pm_unit *a,
                         const pm_unit *b, const uint8_t *border_a,
                         const uint8_t *border_b);

#endif
