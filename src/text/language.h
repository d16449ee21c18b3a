/*
 * The language of a text.
 *
 * Source: Compact Language Detector 2 (Sites 2013): naive Bayes over letter
 * quadgrams, words and, for Chinese and Japanese, single characters and pairs.
 */
#ifndef PM_LANGUAGE_H
#define PM_LANGUAGE_H

#include <stddef.h>

#include "text/buffer.h"

enum { PM_LANGUAGES = 3 };

typedef struct pm_language {
  const char *code; /* BCP 47, "" for none */
  double share;     /* of the text, 0 to 1 */
  double score;     /* CLD2's, as ratio to the usual one of the language */
} pm_language;

typedef struct pm_languages {
  pm_language top[PM_LANGUAGES]; /* the largest share first */
  size_t letters;                /* bytes of letters that were looked at */
  int reliable;                  /* CLD2 sees a clear lead over the second */
  double confidence;             /* that top[0] is right, 0 to 1 */
} pm_languages;

/*
 * Finds the languages of `text` [len], valid UTF-8, len < 2^30. `hint` is
 * what somebody says they are, as "de,en" in a header, or NULL. `work` is
 * scratch. Returns 1; 0 when there is no letter to go by; -1 when memory is
 * short.
 */
int pm_language_find(const char *text, size_t len, const char *hint,
                     pm_buffer *work, pm_languages *found);

#endif
