/*
 * The way from a text that was made from another back to the other one.
 *
 * A map is a packed array of pieces in a pm_buffer: one where a stretch of
 * equal characters begins, one where a stretch that changed its length does.
 *
 *     source   N a ï v e     t e x t        (blank: three bytes)
 *     out      n a i v e   t e x t
 *     pieces   =   #=    # =
 *
 * `=` is even: each character has the length of its source, so offsets differ
 * by a constant. `#` is a block: all of it comes from all of its source. After
 * a block there is always another piece, which says where its source ends.
 */
#ifndef PM_OFFSETS_H
#define PM_OFFSETS_H

#include <stddef.h>
#include <stdint.h>

#include "text/buffer.h"
#include "text/spans.h"

/* The source is no longer than this: its offsets have 31 bits. */
#define PM_OFFSETS_MAX ((size_t)INT32_MAX)

typedef struct pm_piece {
  uint32_t out;       /* offset in the text made */
  uint32_t block : 1; /* else even */
  uint32_t from : 31; /* offset in the source */
} pm_piece;

/* What follows is written from left to right. All return 0, or -1 when memory
 * is short. */

int pm_offsets_start_even(pm_buffer *map, size_t out, size_t from);

/* From `out` on, characters come from `from` on and have their lengths. */
static inline int pm_offsets_even(pm_buffer *map, size_t out, size_t from) {
  if (map->len > 0) {
    const pm_piece *p =
        (const pm_piece *)(void *)(map->at + map->len - sizeof(pm_piece));
    if (!p->block && out - p->out == from - p->from)
      return 0;
  }
  return pm_offsets_start_even(map, out, from);
}

/* The `out_len` >= 1 bytes at `out` come from the `from_len` bytes at `from`.
 */
int pm_offsets_block(pm_buffer *map, size_t out, size_t out_len, size_t from,
                     size_t from_len);

/* The byte before `out`, the last one made, comes from source up to `to`. */
int pm_offsets_widen(pm_buffer *map, size_t out, size_t to);

/* Ends the map of a text of `out_len` bytes. */
int pm_offsets_end(pm_buffer *map, size_t out_len, size_t from_len);

/*
 * Returns the bytes of the source that the bytes `at` of `text`, the text made
 * with an ended `map`, come from. A range that starts or ends within a
 * character or a block is taken to hold all of it. An empty range is an empty
 * one at the source of what follows it. O(log pieces).
 */
pm_span pm_offsets_range(const pm_buffer *map, const char *text, pm_span at);

#endif
