/* Line ends inside paragraphs: do the lines go on, or stand alone? */
#ifndef PM_TEXT_SENTENCE_WRAP_H
#define PM_TEXT_SENTENCE_WRAP_H

#include "text/sentence_rules.h"

/*
 * Was the line broken at the separator at `at` only because it was full?
 *
 * A paragraph counts as wrapped when its longest line has 40 to 100 characters
 * and nearly every line but the last was full: the first word of the next line
 * would not have fitted on it. Each paragraph is measured once.
 */
int pm_sentence_is_wrapped(pm_wrapping *wrapping, const unsigned char *text,
                           size_t len, size_t at);

#endif
