/*
 * Characters that are there to deceive, or by accident: letters of one script
 * in words of another, characters that do not show.
 */
#ifndef PM_SUSPECTS_H
#define PM_SUSPECTS_H

#include <stddef.h>
#include <stdint.h>

#include "text/buffer.h"

/* A letter of another script that looks like `c`: the Latin one for Cyrillic,
 * Greek and Armenian, the Cyrillic one for Latin; 0 when there is none. */
uint32_t pm_lookalike(uint32_t c);

typedef enum pm_suspect_kind {
  PM_SUSPECT_CONFUSABLE, /* a word that reads as one of another script */
  PM_SUSPECT_MIXED,      /* a word of scripts that are not used together */
  PM_SUSPECT_INVISIBLE,  /* zero-width and other characters without a shape,
                            where they mean nothing */
  PM_SUSPECT_BIDI,       /* a control of writing direction */
} pm_suspect_kind;

typedef struct pm_suspect {
  pm_suspect_kind kind;
  size_t start, end; /* bytes */
  int to_latin;      /* confusable: reads as Latin, else as Cyrillic */
} pm_suspect;

/*
 * Adds the suspects in `text` [len], valid UTF-8, to `out` as an array of
 * pm_suspect, in order. `main` is the script of most of the text: words all of
 * letters that look like those of `main` are confusable when they have three
 * letters or more. Returns 0, or -1 when memory is short.
 *
 * Source: UTS #39, sections 4 (confusables; our own list of look-alikes) and
 * 5.2 (highly restrictive mixtures are well).
 */
int pm_suspects(const char *text, size_t len, unsigned main, pm_buffer *out);

#endif
