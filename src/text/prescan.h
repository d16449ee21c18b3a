/*
 * The charset that a document declares.
 */
#ifndef PM_PRESCAN_H
#define PM_PRESCAN_H

#include <stddef.h>

#include "text/charset.h"

/* The charset in the XML declaration or the first <meta> that has one, in the
 * first 4096 bytes; or NULL. One of 16 or 32 bits cannot be declared so, and
 * means UTF-8. Source: the HTML standard, "prescan a byte stream". */
const pm_charset *pm_charset_declared(const char *text, size_t len);

/* The charset after `name` and "=" in `text` [len], as in a Content-Type; or
 * NULL. */
const pm_charset *pm_prescan_value(const char *text, size_t len,
                                   const char *name);

#endif
