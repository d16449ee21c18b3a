/*
 * Cutting a text into the pieces that a byte-pair encoder then merges, each on
 * its own.
 *
 * Encodings are defined by a pattern; three of them cover most vocabularies in
 * use and are written out here by hand, the rest is left to PCRE2. A byte that
 * is not part of a well-formed character counts as a sign of its own, neither
 * letter nor digit nor blank.
 *
 *   r50k    's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+
 *           |\s+(?!\S)|\s+
 *   cl100k  (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}
 *           | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
 *   o200k   [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*
 *           [\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *           |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+
 *           [\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *           |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
 *
 * Source: the patterns of tiktoken, under Unicode 15.0, where \s is
 * White_Space.
 */
#ifndef PM_BPE_SPLIT_H
#define PM_BPE_SPLIT_H

#include <stddef.h>

typedef enum pm_bpe_pattern {
  PM_BPE_R50K,
  PM_BPE_CL100K,
  PM_BPE_QWEN2, /* cl100k with single digits: \p{N} for \p{N}{1,3} */
  PM_BPE_O200K,
  PM_BPE_REGEX
} pm_bpe_pattern;

/*
 * The end of the piece that starts at `at` < len. Cannot fail; the time for
 * all pieces of a text is O(len).
 *
 *   pattern  not PM_BPE_REGEX
 *   s        [len]  any bytes
 */
size_t pm_bpe_piece_end(pm_bpe_pattern pattern, const unsigned char *s,
                        size_t len, size_t at);

#endif
