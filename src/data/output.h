/*
 * Output: a file that grows aside and takes its name when it is whole.
 *
 *   open, or go on --> .name.part --> write, sync ... --> commit: rename
 *                                                     --> discard: unlink
 *                                                     --> leave: as it is
 *
 * Of a link it is the target that grows so and takes its name. "-" is standard
 * output; it, what names a descriptor (/dev/stdout, /dev/fd/3) and anything
 * else that is no regular file (a device, a pipe) are written straight. The
 * name tells the compression: .gz and .zst. Compressed bytes come in frames of
 * PM_FRAME_PLAIN plain bytes, so that they depend on what was written and not
 * on how it was portioned.
 *
 * A member is one of many files in a folder that is itself aside: it has its
 * name from the start, holds no descriptor between its writes, and at most
 * PM_FRAME_MEMBER plain bytes wait in it, which is also what its frames hold.
 */
#ifndef PM_OUTPUT_H
#define PM_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/frame.h"

/* Larger frames are hardly smaller when they are packed: 4 MiB by 2 % (zstd)
 * or 0.3 % (gzip) of English text. */
enum { PM_FRAME_PLAIN = 1 << 20, PM_FRAME_MEMBER = 256 << 10 };

typedef enum pm_output_kind {
  PM_OUTPUT_ALONE,
  PM_OUTPUT_MEMBER
} pm_output_kind;

typedef struct pm_output pm_output;

/* Where an output stands after pm_output_sync: so many bytes of the file are
 * on the disk, and these plain bytes wait for their frame to be full. */
typedef struct pm_position {
  uint64_t length;
  const char *pending; /* [pending_len], valid until the next write */
  size_t pending_len;
} pm_position;

/* All return NULL, -1 or false with errno set when the disk or memory fails;
 * after that only discard and leave make sense. */
pm_output *pm_output_open(const char *path, pm_output_kind kind);

/* Opens the part of `path` that an earlier run left, cut back to `from`. */
pm_output *pm_output_go_on(const char *path, const pm_position *from,
                           pm_output_kind kind);

/* Makes the member `path` of `data` [len]; fails with EEXIST where there is
 * one. pm_folder_sync_all puts it on the disk. */
int pm_output_whole(const char *path, const char *data, size_t len);

int pm_output_write(pm_output *out, const char *data, size_t len);

/* How plain bytes are packed, and how many of them are in a frame. */
pm_packing pm_output_framing(const pm_output *out, size_t *size);

/* The plain bytes that wait, valid until the next write; they are the caller's
 * to write now. */
const char *pm_output_take(pm_output *out, size_t *len);

/* Writes a frame (see frame.h) that was made elsewhere; no plain bytes may
 * wait. */
int pm_output_append(pm_output *out, const char *frame, size_t len);

/* The path of the part when other processes may write to it too, which they
 * may when it holds the plain bytes; or NULL. They fill the room that
 * pm_output_extend makes behind what was written, in any order. */
const char *pm_output_open_to_others(const pm_output *out);
int pm_output_extend(pm_output *out, size_t len, uint64_t *offset);
int pm_output_fill(pm_output *out, uint64_t offset, const char *data,
                   size_t len);
int pm_output_place(const char *part, uint64_t offset, const char *data,
                    size_t len);

/* Puts what was written on the disk and says where the output stands. */
int pm_output_sync(pm_output *out, pm_position *position);

/* Whether there is a part to go on from: false for what is written straight. */
bool pm_output_parted(const pm_output *out);

/* Whether a write failed because it goes to a pipe whose reader is gone. */
bool pm_output_unread(const pm_output *out);

/* Ends the file but for its name: everything is on the disk. After that only
 * commit, discard and leave make sense. */
int pm_output_finish(pm_output *out);

/* Ends the file: everything is on the disk and has its name, or -1. Frees
 * `out` in both cases; a part that failed stays. */
int pm_output_commit(pm_output *out);

/* Drops the part and frees `out`. NULL is fine. */
void pm_output_discard(pm_output *out);

/* Frees `out`; its part stays, for pm_output_go_on. NULL is fine. */
void pm_output_leave(pm_output *out);

#endif
