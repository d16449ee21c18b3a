/*
 * The reference patterns of the splitters, for PCRE2, and what compares.
 *
 * PCRE2 10.42 knows Unicode 14.0 and the splitters 15.0: characters that PCRE2
 * takes for unassigned must be left out. Its \s has U+180E, which has not been
 * White_Space since Unicode 6.3; so the patterns ask for the property.
 */
#ifndef BPE_REFERENCE_H
#define BPE_REFERENCE_H

#include <stdlib.h>
#include <string.h>

#include "text/bpe_split.h"
#include "text/regex.h"

#define S "\\p{White_Space}"
#define TAIL "|" S "*[\\r\\n]+|" S "+(?!\\P{White_Space})|" S "+"
#define CONTRACTION "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
#define CL100K(digits)                                                         \
  CONTRACTION "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" digits "| ?[^" S               \
              "\\p{L}\\p{N}]+[\\r\\n]*" TAIL
#define PREFIX "[^\\r\\n\\p{L}\\p{N}]?"
#define HIGH "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]"
#define LOW "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]"

static const char *const reference[] = {
    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^" S "\\p{L}\\p{N}]+|" S
    "+(?!\\P{White_Space})|" S "+",
    CL100K("\\p{N}{1,3}"),
    CL100K("\\p{N}"),
    PREFIX HIGH "*" LOW "+" CONTRACTION "?|" PREFIX HIGH "+" LOW "*" CONTRACTION
                "?|\\p{N}{1,3}| ?[^" S "\\p{L}\\p{N}]+[\\r\\n/]*" TAIL,
};

typedef struct reference_set {
  pm_regex pattern[4]; /* by pm_bpe_pattern */
  pm_regex unassigned; /* a character that PCRE2 does not know */
  pm_regex_stack stack;
} reference_set;

static inline void reference_compile(reference_set *set, pm_regex *re,
                                     const char *pattern) {
  const pm_regex_limits limits = {10000000, 10000000, 1 << 20, 1};
  size_t offset;
  if (pm_regex_compile(re, pattern, strlen(pattern), PCRE2_UCP, limits,
                       &set->stack, &offset) != 0)
    abort();
}

static inline void reference_open(reference_set *set) {
  if (pm_regex_stack_open(&set->stack) != 0)
    abort();
  for (int i = 0; i < 4; i++)
    reference_compile(set, &set->pattern[i], reference[i]);
  reference_compile(set, &set->unassigned, "\\p{Cn}");
}

static inline int reference_knows(reference_set *set, const char *text,
                                  size_t len) {
  pm_regex_subject subject = {text, len, pm_regex_kind_of(text, len), 0, 0};
  return pm_regex_match(&set->unassigned, &subject, 0) == 0;
}

/* The first byte of the first piece that differs, or len. Valid text only. */
static inline size_t reference_differs(reference_set *set, int which,
                                       const char *text, size_t len) {
  const unsigned char *s = (const unsigned char *)text;
  pm_regex_subject subject = {text, len, pm_regex_kind_of(text, len), 0, 0};
  pm_regex_walk walk = pm_regex_begin(&set->pattern[which], subject, 0);
  size_t at = 0, first, end;
  while (at < len) {
    size_t ours = pm_bpe_piece_end((pm_bpe_pattern)which, s, len, at);
    if (pm_regex_next(&walk, &first, &end) != 1 || first != at || end != ours)
      break;
    at = ours;
  }
  return at;
}

#endif
