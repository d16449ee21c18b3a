#include "text/bpe_split.h"

#include "text/bpe_split_inline.h"

size_t pm_bpe_piece_end(pm_bpe_pattern pattern, const unsigned char *s,
                        size_t len, size_t at) {
  return pm_bpe_piece_end_inline(pattern, s, len, at);
}
