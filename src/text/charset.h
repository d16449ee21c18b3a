/*
 * Charsets: their names, what a document says it is in, what its bytes say.
 */
#ifndef PM_CHARSET_H
#define PM_CHARSET_H

#include <stddef.h>
#include <string.h>

typedef struct pm_charset {
  const char *name;  /* in small letters */
  const char *iconv; /* what iconv calls it */
} pm_charset;

/* The charset that the web means by a label [len], any case, blanks around it:
 * "latin1" is windows-1252, "gb2312" gb18030. NULL when there is none. */
const pm_charset *pm_charset_find(const char *label, size_t len);

static inline const pm_charset *pm_charset_named(const char *name) {
  return pm_charset_find(name, strlen(name));
}

/* The charset of a byte order mark, its length in `*mark`; or NULL. */
const pm_charset *pm_charset_marked(const char *text, size_t len, size_t *mark);

/* UTF-16 or UTF-32 without a mark, by where zero bytes and other control
 * characters are; or NULL. */
const pm_charset *pm_charset_wide(const char *text, size_t len);

/*
 * The name for what is in `text` [len], decoded as `charset`: of charsets
 * that extend another one that of the smaller, when at most one character in
 * a hundred is beyond it ("gb2312", "euc-kr", "shift_jis", "tis-620").
 */
const char *pm_charset_name(const pm_charset *charset, const char *text,
                            size_t len);

#endif
