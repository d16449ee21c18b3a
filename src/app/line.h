/*
 * Lines typed at a terminal, with editing, history and completion.
 *
 * libreadline or else libedit does it, looked for at run time: neither is
 * needed to build or to run pumice. Without them, or on a terminal that cannot
 * move its cursor, lines are read as they come. There is one terminal, so
 * there is one editor: the functions share their state.
 */
#ifndef PM_LINE_H
#define PM_LINE_H

#include <stddef.h>

typedef enum pm_line_event {
  PM_LINE_TEXT,        /* a line was typed */
  PM_LINE_END,         /* Ctrl-D on an empty line, or the terminal is gone */
  PM_LINE_INTERRUPTED, /* Ctrl-C; what was typed is thrown away */
} pm_line_event;

/* Words that may stand in place of the last word of what was typed. */
typedef struct pm_line_words {
  char **word; /* [count] from malloc; the editor frees them */
  size_t count;
  char suffix; /* what follows a word that is the only one, or '\0' */
} pm_line_words;

/*
 * Fills `words` for the `len` bytes of `typed` before the cursor; must return.
 * A word is made of letters, digits, '_' and bytes above 127.
 */
typedef void pm_line_complete(void *context, const char *typed, size_t len,
                              pm_line_words *words);

/* Prepares the editor; returns its name: "readline", "libedit" or "plain".
 * From now on Ctrl-C does not end the program. */
const char *pm_line_open(void);

/*
 * Asks for a line with `prompt`. `*line` is without its newline and belongs
 * to the editor until the next call; a pasted text may have newlines inside.
 * Whatever comes, the cursor is at the beginning of a line afterwards.
 */
pm_line_event pm_line_read(const char *prompt, pm_line_complete *complete,
                           void *context, const char **line);

/* Adds an entry to what the arrow keys bring back. */
void pm_line_remember(const char *entry);

#endif
