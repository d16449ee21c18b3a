/*
 * How much of a text is code, addresses and paths: no language's words.
 */
#ifndef PM_CODE_WORDS_H
#define PM_CODE_WORDS_H

#include <stddef.h>

/*
 * The share of the letters, 0 to 1, that stand in words which have signs of
 * code: brackets and operators, an underscore, a call, a name with a dot or
 * colon inside, two slashes. Operators that stand alone count as letters, too.
 * Words are of ASCII; other letters are no code. O(len); any bytes.
 */
double pm_code_share(const char *text, size_t len);

#endif
