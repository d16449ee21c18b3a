#include "data/input.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/inflate.h"

/* Bytes of an overlong line that are shown. */
enum { SHOWN = 256 };

/*
 * One buffer: a block that was given, then bytes not given yet.
 *
 *   data |given......|at ... not given ... |len          |room
 */
struct pm_input {
  pm_inflate *source;
  char *data;
  size_t room, at, len;
  size_t max_record;
  uint64_t line, offset; /* of data[at] */
  bool begun, at_end;
  const char *error; /* NULL: none */
};

pm_input *pm_input_new(int fd, size_t max_record) {
  pm_input *in = calloc(1, sizeof *in);
  if (in)
    in->source = pm_inflate_new(fd);
  if (!in || !in->source) {
    free(in);
    return NULL;
  }
  in->max_record = max_record < SHOWN ? SHOWN : max_record;
  in->line = 1;
  return in;
}

void pm_input_free(pm_input *in) {
  if (!in)
    return;
  pm_inflate_free(in->source);
  free(in->data);
  free(in);
}

static size_t read_more(pm_input *in, char *out, size_t size) {
  ptrdiff_t n = pm_inflate_read(in->source, out, size);
  if (n < 0)
    in->error = pm_inflate_error(in->source);
  in->at_end = n == 0;
  return n > 0 ? (size_t)n : 0;
}

/* Reads until `size` bytes are not given yet, or the end, or an error. */
static void fill(pm_input *in, size_t size) {
  if (in->at > 0) {
    memmove(in->data, in->data + in->at, in->len - in->at);
    in->len -= in->at;
    in->at = 0;
  }
  if (size > in->room) {
    char *data = realloc(in->data, size);
    if (!data) {
      in->error = "not enough memory for the record";
      return;
    }
    in->data = data;
    in->room = size;
  }
  while (in->len < size && !in->at_end && !in->error)
    in->len += read_more(in, in->data + in->len, in->room - in->len);
  if (!in->begun && in->len >= 3 && memcmp(in->data, "\xEF\xBB\xBF", 3) == 0)
    in->at = in->offset = 3;
  in->begun = true;
}

static uint64_t count_lines(const char *data, size_t len) {
  uint64_t count = 0;
  const char *end = data + len;
  while ((data = memchr(data, '\n', (size_t)(end - data)))) {
    count++;
    data++;
  }
  return count;
}

/* Gives the next `len` bytes of the buffer. */
static pm_input_event give(pm_input *in, size_t len, pm_input_event event,
                           pm_block *block) {
  *block = (pm_block){in->data + in->at, len, in->line, in->offset, len};
  in->line += count_lines(block->data, len);
  in->offset += len;
  in->at += len;
  return event;
}

/* Passes over a line of which more than max_record is in the buffer: its
 * first bytes stay, the rest goes by behind them. */
static pm_input_event skip_line(pm_input *in, pm_block *block) {
  uint64_t size = in->len - in->at;
  memmove(in->data, in->data + in->at, SHOWN);
  in->at = in->len = SHOWN;
  const char *end = NULL;
  while (!end && !in->at_end && !in->error) {
    size_t n = read_more(in, in->data + SHOWN, in->room - SHOWN);
    in->len = SHOWN + n;
    end = n > 0 ? memchr(in->data + SHOWN, '\n', n) : NULL;
    in->at = end ? (size_t)(end - in->data) + 1 : in->len;
    size += in->at - SHOWN;
  }
  *block = (pm_block){in->data, SHOWN, in->line, in->offset, size};
  in->line++;
  in->offset += size;
  return PM_INPUT_LONG;
}

pm_input_event pm_input_lines(pm_input *in, size_t size, pm_block *block) {
  for (;;) {
    fill(in, size);
    size_t have = in->len - in->at;
    const char *from = in->data + in->at;
    const char *last = have > 0 ? memrchr(from, '\n', have) : NULL;
    if (last)
      return give(in, (size_t)(last - from) + 1, PM_INPUT_BLOCK, block);
    if (in->error)
      return give(in, have, PM_INPUT_ERROR, block);
    if (in->at_end)
      return give(in, have, have ? PM_INPUT_BLOCK : PM_INPUT_END, block);
    if (have > in->max_record)
      return skip_line(in, block);
    size = have < in->max_record / 2 ? have * 2 : in->max_record + 1;
  }
}

pm_input_event pm_input_rest(pm_input *in, pm_block *block) {
  for (size_t size = 64 * 1024;; size += size / 2) {
    fill(in, size);
    size_t have = in->len - in->at;
    if (in->error)
      return give(in, have, PM_INPUT_ERROR, block);
    if (have > in->max_record)
      return give(in, have, PM_INPUT_LONG, block);
    if (in->at_end)
      return give(in, have, PM_INPUT_BLOCK, block);
  }
}

int pm_input_skip(pm_input *in, uint64_t line, uint64_t offset) {
  enum { STEP = 1 << 18 };
  fill(in, STEP); /* takes the byte order mark */
  while (in->offset < offset) {
    size_t have = in->len - in->at;
    uint64_t left = offset - in->offset;
    size_t n = left < have ? (size_t)left : have;
    if (n == 0)
      return -1;
    in->at += n;
    in->offset += n;
    fill(in, STEP);
  }
  in->line = line;
  return 0;
}

void pm_input_position(const pm_input *in, uint64_t *line, uint64_t *offset) {
  *line = in->line;
  *offset = in->offset;
}

bool pm_input_plain(const pm_input *in) {
  return pm_inflate_plain(in->source);
}

const char *pm_input_error(const pm_input *in) {
  return in->error ? in->error : "no error";
}

uint64_t pm_input_taken(const pm_input *in) {
  return pm_inflate_taken(in->source);
}
