#include "data/input.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/line_block.h"

/* The least that max_record may be; the length of a byte order mark. */
enum { RECORD_MIN = 256, MARK = 3 };

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
  uint64_t damages;      /* passed before it */
  bool begun, marked, at_end;
  const char *error; /* NULL: none */
  bool unread;       /* and it is not damage */
};

pm_input *pm_input_new(int fd, size_t max_record, pm_inflate_room room) {
  pm_input *in = calloc(1, sizeof *in);
  if (in)
    in->source = pm_inflate_new(fd, room);
  if (!in || !in->source) {
    free(in);
    return NULL;
  }
  in->max_record = max_record < RECORD_MIN ? RECORD_MIN : max_record;
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

static void fail(pm_input *in, const char *error, bool unread) {
  in->error = error;
  in->unread = unread;
}

static pm_input_event failure(const pm_input *in) {
  return in->unread ? PM_INPUT_FAILED : PM_INPUT_ERROR;
}

static size_t read_more(pm_input *in, char *out, size_t size) {
  ptrdiff_t n = pm_inflate_read(in->source, out, size);
  if (n < 0)
    fail(in, pm_inflate_error(in->source), pm_inflate_unread(in->source));
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
  if (!in->begun && size < MARK)
    size = MARK;
  if (size > in->room) {
    char *data = realloc(in->data, size);
    if (!data) {
      fail(in, "not enough memory for the record", true);
      return;
    }
    in->data = data;
    in->room = size;
  }
  while (in->len < size && !in->at_end && !in->error)
    in->len += read_more(in, in->data + in->len, size - in->len);
  if (!in->begun && in->len >= MARK &&
      memcmp(in->data, "\xEF\xBB\xBF", MARK) == 0) {
    in->at = in->offset = MARK;
    in->marked = true;
  }
  in->begun = true;
}

/* Gives the next `len` bytes of the buffer. */
static pm_input_event give(pm_input *in, size_t len, pm_input_event event,
                           pm_block *block) {
  *block = (pm_block){in->data + in->at, len, in->line, in->offset, len};
  in->line += pm_line_feeds(block->data, len);
  in->offset += len;
  in->at += len;
  return event;
}

/* Goes through the `len` bytes at `from` with `cut`, and counts. */
static bool pass_bytes(pm_input *in, const pm_cut *cut, int *state,
                       pm_block *block, const char *from, size_t len,
                       size_t *used) {
  bool found = cut->pass(cut, state, from, len, used);
  block->size += *used;
  in->line += pm_line_feeds(from, *used);
  in->offset += *used;
  return found;
}

/*
 * Passes over a record of which more than max_record is in the buffer, all of
 * it: its first bytes stay, the rest goes by behind them.
 *
 *   data | shown | not gone through yet | room
 */
static pm_input_event skip_record(pm_input *in, const pm_cut *cut,
                                  pm_block *block) {
  size_t shown = in->max_record / 2; /* room to read on is left */
  shown = cut->shown < shown ? cut->shown : shown;
  *block = (pm_block){in->data + in->at, shown, in->line, in->offset, 0};
  int state = 0;
  size_t used;
  const char *from = in->data + in->at;
  bool found =
      pass_bytes(in, cut, &state, block, from, in->len - in->at, &used);
  in->at += used;
  if (found)
    return PM_INPUT_LONG;
  memmove(in->data, block->data, shown);
  block->data = in->data;
  while (!found && !in->at_end && !in->error) {
    size_t left = in->len - in->at;
    memmove(in->data + shown, in->data + in->at, left);
    in->at = shown;
    in->len = shown + left;
    in->len += read_more(in, in->data + in->len, in->room - in->len);
    found = pass_bytes(in, cut, &state, block, in->data + shown,
                       in->len - shown, &used);
    in->at += used;
  }
  if (!found) { /* the end of all is its end */
    size_t left = in->len - in->at;
    in->offset += left;
    block->size += left;
    in->at = in->len;
  }
  return PM_INPUT_LONG;
}

pm_input_event pm_input_next(pm_input *in, const pm_cut *cut, size_t size,
                             pm_block *block) {
  for (;;) {
    fill(in, size);
    size_t have = in->len - in->at;
    bool last = in->at_end && !in->error;
    size_t end = have > 0 ? cut->whole(cut, in->data + in->at, have, last) : 0;
    if (end > 0)
      return give(in, end, PM_INPUT_BLOCK, block);
    if (in->error)
      return give(in, have, failure(in), block);
    if (in->at_end)
      return give(in, have, have ? PM_INPUT_BLOCK : PM_INPUT_END, block);
    if (have > in->max_record)
      return skip_record(in, cut, block);
    size = have < in->max_record / 2 ? have * 2 + 1 : in->max_record + 1;
  }
}

const char *pm_input_peek(pm_input *in, size_t size, size_t *len) {
  fill(in, size);
  *len = in->len - in->at;
  return *len > 0 ? in->data + in->at : "";
}

bool pm_input_recover(pm_input *in) {
  if (!in->error || !pm_inflate_recover(in->source))
    return false;
  in->error = NULL;
  in->damages++;
  return true;
}

static size_t whole_lines(const pm_cut *cut, const char *data, size_t len,
                          bool last) {
  (void)cut;
  const char *end = memrchr(data, '\n', len);
  return end ? (size_t)(end - data) + 1 : last ? len : 0;
}

static bool pass_line(const pm_cut *cut, int *state, const char *data,
                      size_t len, size_t *used) {
  (void)cut;
  (void)state;
  const char *end = memchr(data, '\n', len);
  *used = end ? (size_t)(end - data) + 1 : len;
  return end != NULL;
}

const pm_cut pm_cut_lines = {
    .whole = whole_lines, .pass = pass_line, .shown = RECORD_MIN};

pm_input_event pm_input_rest(pm_input *in, pm_block *block) {
  for (size_t size = 64 * 1024;; size += size / 2) {
    fill(in, size);
    size_t have = in->len - in->at;
    if (in->error)
      return give(in, have, failure(in), block);
    if (have > in->max_record)
      return give(in, have, PM_INPUT_LONG, block);
    if (in->at_end)
      return give(in, have, PM_INPUT_BLOCK, block);
  }
}

int pm_input_skip(pm_input *in, pm_place to) {
  enum { STEP = 1 << 18 };
  fill(in, STEP); /* takes the byte order mark */
  if (to.offset > in->offset && to.damages == 0 &&
      pm_inflate_seek(in->source, to.offset)) {
    in->at = in->len = 0;
    in->offset = to.offset;
    in->at_end = false;
  }
  while (in->offset < to.offset || in->damages < to.damages) {
    size_t have = in->len - in->at;
    uint64_t left = to.offset - in->offset;
    size_t n = left < have ? (size_t)left : have;
    if (n == 0 && !pm_input_recover(in))
      return -1;
    in->at += n;
    in->offset += n;
    fill(in, STEP);
  }
  in->line = to.line;
  return 0;
}

pm_place pm_input_position(const pm_input *in) {
  return (pm_place){in->line, in->offset, in->damages};
}

bool pm_input_plain(const pm_input *in) {
  return pm_inflate_plain(in->source);
}

bool pm_input_marked(const pm_input *in) {
  return in->marked;
}

const char *pm_input_error(const pm_input *in) {
  return in->error ? in->error : "no error";
}

uint64_t pm_input_taken(const pm_input *in) {
  return pm_inflate_taken(in->source);
}
