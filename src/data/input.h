/*
 * Input: a file read as plain bytes, whatever it is compressed with, and cut
 * into blocks of whole lines.
 *
 *   file --> pm_inflate --> plain bytes --> | line line line | line li...
 *                                             block            next block
 *
 * A stream that ends too early or does not decode is an error, told after the
 * last whole line before the damage.
 */
#ifndef PM_INPUT_H
#define PM_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct pm_input pm_input;

typedef enum pm_input_event {
  PM_INPUT_BLOCK,
  PM_INPUT_LONG, /* a record longer than max_record */
  PM_INPUT_END,
  PM_INPUT_ERROR, /* pm_input_error says what; the block has the rest */
} pm_input_event;

typedef struct pm_block {
  const char *data; /* [len], valid until the next call */
  size_t len;
  uint64_t line;   /* number of its first line, from 1 */
  uint64_t offset; /* of its first byte in the plain bytes, from 0 */
  uint64_t size;   /* PM_INPUT_LONG: of the record; data has its beginning */
} pm_block;

/* Takes over `fd`. NULL when memory is short (`fd` stays the caller's). */
pm_input *pm_input_new(int fd, size_t max_record);
void pm_input_free(pm_input *in);

/* The next block: about `size` bytes of whole lines, or one longer line. The
 * last line of a file may lack its end. A byte order mark at the start is
 * passed over. A line longer than max_record is skipped, not buffered. */
pm_input_event pm_input_lines(pm_input *in, size_t size, pm_block *block);

/* All that is left as one block, for a file that is one document. */
pm_input_event pm_input_rest(pm_input *in, pm_block *block);

/* Whether offsets are those of the file itself, so that anybody can read a
 * block from there; known after the first block. */
bool pm_input_plain(const pm_input *in);

/* Goes to where an earlier reader of the same file stood: line `line` begins at
 * `offset`. Call it first. What is compressed is read and passed over. Returns
 * -1 when the file is shorter or damaged before. */
int pm_input_skip(pm_input *in, uint64_t line, uint64_t offset);

/* Where the next block begins. */
void pm_input_position(const pm_input *in, uint64_t *line, uint64_t *offset);

const char *pm_input_error(const pm_input *in);

/* Bytes taken from the file so far, as they stand there: for progress. */
uint64_t pm_input_taken(const pm_input *in);

#endif
