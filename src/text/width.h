/*
 * How many columns of a terminal a text takes.
 */
#ifndef PM_WIDTH_H
#define PM_WIDTH_H

#include <stddef.h>

/*
 * The columns of the widest line of `text` [len], valid UTF-8, len <=
 * PM_TEXT_MAX. A grapheme cluster takes two when it starts with a wide or
 * fullwidth character or is an emoji, none when it is only marks or controls,
 * else one for each letter, two at most. A tab goes on to the next multiple
 * of `tab`.
 *
 * Source: UAX #11 (East Asian Width; ambiguous characters are narrow), UTS #51
 * (a variation selector 16 makes an emoji), by utf8proc's table.
 */
size_t pm_width(const char *text, size_t len, size_t tab);

#endif
