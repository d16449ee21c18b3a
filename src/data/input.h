/*
 * Input: a file read as plain bytes, whatever it is compressed with, and cut
 * into blocks of whole records. What a record is, a pm_cut says.
 *
 *   file --> pm_inflate --> plain bytes --> | record record | record rec...
 *                                             block           next block
 *
 * A stream that ends too early or does not decode is an error, told after the
 * last whole record before the damage.
 */
#ifndef PM_INPUT_H
#define PM_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/inflate.h"

typedef struct pm_input pm_input;

typedef enum pm_input_event {
  PM_INPUT_BLOCK,
  PM_INPUT_LONG, /* a record longer than max_record */
  PM_INPUT_END,
  PM_INPUT_ERROR, /* damaged: pm_input_error says how; the block has the rest */
  PM_INPUT_FAILED, /* the file cannot be read: pm_input_error says why */
} pm_input_event;

typedef struct pm_block {
  const char *data; /* [len], valid until the next call */
  size_t len;
  uint64_t line;   /* number of its first line, from 1 */
  uint64_t offset; /* of its first byte in the plain bytes, from 0 */
  uint64_t size;   /* PM_INPUT_LONG: of the record; data has its beginning */
} pm_block;

/* How a stream is cut into records. */
typedef struct pm_cut pm_cut;

struct pm_cut {
  /* Where the last record ends that is whole in `data` [len], which begins
   * with a record; 0 when none is. With `last` nothing follows, and all of
   * the data belongs to some record. */
  size_t (*whole)(const pm_cut *cut, const char *data, size_t len, bool last);
  /* Goes through the bytes of a record too long to keep, piece by piece, with
   * a state that is 0 in the beginning. Returns whether it ends in `data`;
   * `*used` bytes were gone through, the others are to come again. */
  bool (*pass)(const pm_cut *cut, int *state, const char *data, size_t len,
               size_t *used);
  size_t shown;   /* bytes of a record too long that are given */
  char delimiter; /* of fields, for CSV */
};

/* Lines, which end in a line feed. */
extern const pm_cut pm_cut_lines;

/* Takes over `fd`. `room` is for what is packed: pm_inflate_usual. NULL when
 * memory is short (`fd` stays the caller's). */
pm_input *pm_input_new(int fd, size_t max_record, pm_inflate_room room);
void pm_input_free(pm_input *in);

/* The next block: about `size` bytes of whole records, or one longer record.
 * A byte order mark at the start is passed over. A record longer than
 * max_record is skipped, not buffered. */
pm_input_event pm_input_next(pm_input *in, const pm_cut *cut, size_t size,
                             pm_block *block);

/* The bytes to come, about `size` of them, which stay to come. */
const char *pm_input_peek(pm_input *in, size_t size, size_t *len);

/* After an error: goes on behind damaged bytes, if that is possible. */
bool pm_input_recover(pm_input *in);

/* All that is left as one block, for a file that is one document. */
pm_input_event pm_input_rest(pm_input *in, pm_block *block);

/* Whether offsets are those of the file itself, so that anybody can read a
 * block from there; known after the first block. */
bool pm_input_plain(const pm_input *in);

/* Whether a byte order mark was passed over; known after the first block. */
bool pm_input_marked(const pm_input *in);

/* A place in a stream: line `line` begins at `offset`, behind so many spots of
 * damage that were passed. */
typedef struct pm_place {
  uint64_t line, offset, damages;
} pm_place;

/* Goes to where an earlier reader of the same file stood. What is compressed,
 * or a pipe, is read and passed over. Returns -1 when the file is shorter.
 */
int pm_input_skip(pm_input *in, pm_place to);

/* Where the next block begins. */
pm_place pm_input_position(const pm_input *in);

const char *pm_input_error(const pm_input *in);

/* Bytes taken from the file so far, as they stand there: for progress. */
uint64_t pm_input_taken(const pm_input *in);

#endif
