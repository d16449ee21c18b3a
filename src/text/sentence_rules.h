/*
 * What a language adds to the sentence rules of UAX #29: abbreviations, and
 * which words begin sentences. With them sentence ends are decided one by one,
 * each at its terminator, from what stands before and after it.
 */
#ifndef PM_TEXT_SENTENCE_RULES_H
#define PM_TEXT_SENTENCE_RULES_H

#include <stddef.h>

#include "text/string_set.h"

/*
 * Abbreviations stand without their last dot ("Mr", "p.m", "z.B"). One in
 * lower case is found however it is written; one that begins with a capital
 * only so, or in capitals. An absent set is NULL.
 */
typedef struct pm_sentence_rules {
  const pm_string_set *titles;    /* never end a sentence: "Mr", "e.g" */
  const pm_string_set *counted;   /* do not before a number: "No", "p" */
  const pm_string_set *others;    /* do only before a starter: "Inc", "Jan" */
  const pm_string_set *times;     /* do before a capital, but not before a */
  const pm_string_set *zones;     /* word of `zones`: "5 p.m. Monday" */
  const pm_string_set *starters;  /* begin sentences and no names: "The" */
  const pm_string_set *exclaimed; /* end in ! by name: "Yahoo" */
  const pm_string_set *faces;     /* belong to what is before: ":-)" */
  const pm_string_set *ends;      /* characters that end one here: ":" */
  const pm_string_set *inner;     /* that do not, whatever Unicode says */
  const pm_string_set *quoting;   /* go on after a closed quote: "\u3068" */
  int lower_starts; /* sentences may begin in lower case, as people type */
  int ordinals;     /* "3. Mai": a short number with a dot ends none */
} pm_sentence_rules;

/* How wide the lines around a place are; kept from call to call. */
typedef struct pm_wrapping {
  size_t end;   /* what follows holds for places before this one */
  size_t width; /* characters of the longest line, 0: lines are not wrapped */
} pm_wrapping;

/* The boundary that follows the boundary `at` < len. */
size_t pm_sentence_end_by(const pm_sentence_rules *rules, pm_wrapping *wrapping,
                          const unsigned char *text, size_t len, size_t at);

#endif
