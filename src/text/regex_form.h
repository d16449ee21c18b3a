/* The forms of a pattern, between its compiling and its running. */
#ifndef PM_TEXT_REGEX_FORM_H
#define PM_TEXT_REGEX_FORM_H

#include "text/regex.h"

/* How many places a part of a search may try; see regex_run.c. */
#define PM_REGEX_LEAST_STARTS ((size_t)16 << 10)
#define PM_REGEX_MOST_STARTS ((size_t)64 << 10)

/* The form for UTF-8 or for bytes (PM_REGEX_ASCII). PM_REGEX_UP_TO heeds an
 * offset limit. Made when first asked for; NULL if it is not to be had. */
const pm_regex_form *pm_regex_form_of(pm_regex *re, pm_regex_kind kind,
                                      pm_regex_reach reach);

#endif
