#include "data/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/descriptor.h"
#include "data/folder.h"
#include "text/whole_io.h"

enum { BUFFER_PLAIN = 256 * 1024, BUFFER_LEAST = 4096 };

struct pm_output {
  int fd;
  pm_packing packing;
  bool member, dirty, finished; /* dirty: written to since the last sync */
  bool unread;                  /* nobody is there to read it */
  char *path;      /* the name to come; NULL when it has its name */
  char *part;      /* NULL when written straight */
  uint64_t length; /* of the file */
  char *frame;     /* [packed_room]: room for a compressed frame */
  size_t packed_room;
  char *buffer;           /* [room] of plain bytes that wait */
  size_t len, room, full; /* it grows up to `full` */
};

/* `path` with its last name as ".name.part". */
static char *part_name(const char *path) {
  const char *slash = strrchr(path, '/');
  int folder = slash ? (int)(slash - path) + 1 : 0;
  char *name = NULL;
  if (asprintf(&name, "%.*s.%s.part", folder, path, path + folder) < 0)
    return NULL;
  return name;
}

/* What `path` names behind its links, whether it is there or not: a link stays
 * one, and the bytes go to the disk that it points to. NULL with errno set. */
static char *target_of(const char *path) {
  enum { LINKS_MOST = 40 }; /* as Linux has it */
  char *at = strdup(path);
  for (int i = 0; at && i < LINKS_MOST; i++) {
    char to[PATH_MAX];
    ssize_t n = readlink(at, to, sizeof to);
    if (n < 0 || n == (ssize_t)sizeof to)
      return at;
    const char *slash = strrchr(at, '/');
    int folder = to[0] == '/' || !slash ? 0 : (int)(slash - at) + 1;
    char *next = NULL;
    if (asprintf(&next, "%.*s%.*s", folder, at, (int)n, to) < 0)
      next = NULL;
    free(at);
    at = next;
  }
  errno = at ? ELOOP : ENOMEM;
  free(at);
  return NULL;
}

static int close_file(pm_output *out) {
  int fd = out->fd;
  out->fd = -1;
  return fd > STDERR_FILENO ? close(fd) : 0;
}

void pm_output_leave(pm_output *out) {
  if (!out)
    return;
  int saved = errno;
  close_file(out);
  free(out->path);
  free(out->part);
  free(out->frame);
  free(out->buffer);
  free(out);
  errno = saved;
}

void pm_output_discard(pm_output *out) {
  if (!out)
    return;
  int saved = errno;
  if (out->part)
    unlink(out->part);
  errno = saved;
  pm_output_leave(out);
}

/* Opens the place the bytes go to. */
static int open_place(pm_output *out, const char *path, int flags) {
  struct stat s;
  int given = out->member ? -1 : pm_descriptor_of(path);
  if (given >= 0) {
    out->fd = given > STDERR_FILENO ? fcntl(given, F_DUPFD_CLOEXEC, 3) : given;
    return out->fd < 0 ? -1 : 0;
  }
  if (!out->member && stat(path, &s) == 0 && !S_ISREG(s.st_mode)) {
    out->fd = open(path, O_WRONLY | O_CLOEXEC);
    return out->fd < 0 ? -1 : 0;
  }
  if (!out->member && !(out->path = target_of(path)))
    return -1;
  char *part = out->member ? strdup(path) : part_name(out->path);
  if (part)
    out->fd = open(part, O_WRONLY | O_CLOEXEC | flags, 0666);
  if (out->fd < 0) { /* what is not ours is not ours to unlink */
    free(part);
    return -1;
  }
  out->part = part;
  return 0;
}

static pm_output *new_output(const char *path, pm_output_kind of, int flags) {
  pm_output *out = malloc(sizeof *out);
  if (!out)
    return NULL;
  bool member = of == PM_OUTPUT_MEMBER;
  *out =
      (pm_output){.fd = -1, .packing = pm_packing_of(path), .member = member};
  out->full = member                     ? PM_FRAME_MEMBER
              : out->packing == PM_PLAIN ? BUFFER_PLAIN
                                         : PM_FRAME_PLAIN;
  out->packed_room = pm_frame_bound(out->packing, out->full);
  if (open_place(out, path, flags) != 0) {
    pm_output_leave(out);
    return NULL;
  }
  return out;
}

/* Between its writes a member has no descriptor. */
static int rest(pm_output *out, int status) {
  int saved = errno;
  if (out->member && close_file(out) != 0)
    return -1;
  errno = saved;
  return status;
}

pm_output *pm_output_open(const char *path, pm_output_kind of) {
  pm_output *out = new_output(path, of, O_CREAT | O_TRUNC);
  if (!out || rest(out, 0) == 0)
    return out;
  pm_output_discard(out);
  return NULL;
}

static int reserve(pm_output *out, size_t more) {
  size_t room = out->room ? out->room : BUFFER_LEAST;
  while (room < out->len + more)
    room *= 2;
  room = room < out->full ? room : out->full;
  if (room <= out->room)
    return 0;
  char *buffer = realloc(out->buffer, room);
  if (!buffer)
    return -1;
  out->buffer = buffer;
  out->room = room;
  return 0;
}

pm_output *pm_output_go_on(const char *path, const pm_position *from,
                           pm_output_kind of) {
  pm_output *out = new_output(path, of, 0);
  if (!out)
    return NULL;
  struct stat s;
  if (!out->part || fstat(out->fd, &s) != 0 ||
      (uint64_t)s.st_size < from->length || from->pending_len > out->full) {
    errno = EINVAL;
  } else if (ftruncate(out->fd, (off_t)from->length) == 0 &&
             reserve(out, from->pending_len) == 0) {
    memcpy(out->buffer, from->pending, from->pending_len);
    out->len = from->pending_len;
    out->length = from->length;
    out->dirty = true;
    if (rest(out, 0) == 0)
      return out;
  }
  pm_output_leave(out);
  return NULL;
}

/* A member's descriptor, for a while. */
static int wake(pm_output *out) {
  if (out->fd >= 0)
    return 0;
  out->fd = open(out->part, O_WRONLY | O_CLOEXEC);
  return out->fd >= 0 ? 0 : -1;
}

static int write_all(pm_output *out, const char *data, size_t len) {
  if (wake(out) != 0)
    return -1;
  uint64_t offset = out->length;
  out->length += len;
  out->dirty = true;
  int status = out->part ? pm_write_at(out->fd, data, len, offset)
                         : pm_write_all(out->fd, data, len);
  out->unread = status != 0 && errno == EPIPE;
  return rest(out, status);
}

/* Writes the plain bytes that wait: as they are, or as a frame. */
static int flush(pm_output *out) {
  const char *data = out->buffer;
  size_t len = out->len;
  if (out->packing != PM_PLAIN) {
    if (!out->frame && !(out->frame = malloc(out->packed_room)))
      return -1;
    data = out->frame;
    len = pm_frame_pack(out->packing, out->buffer, out->len, out->frame,
                        out->packed_room);
    if (len == 0) {
      errno = ENOMEM;
      return -1;
    }
  }
  out->len = 0;
  int status = write_all(out, data, len);
  if (out->member) { /* there are many of them */
    free(out->frame);
    out->frame = NULL;
  }
  return status;
}

int pm_output_write(pm_output *out, const char *data, size_t len) {
  /* Large plain writes go straight through. */
  if (out->packing == PM_PLAIN && len >= out->full) {
    if (out->len > 0 && flush(out) != 0)
      return -1;
    return write_all(out, data, len);
  }
  while (len > 0) {
    size_t n = out->full - out->len;
    n = len < n ? len : n;
    if (reserve(out, n) != 0)
      return -1;
    memcpy(out->buffer + out->len, data, n);
    out->len += n;
    data += n;
    len -= n;
    if (out->len == out->full && flush(out) != 0)
      return -1;
  }
  return 0;
}

pm_packing pm_output_framing(const pm_output *out, size_t *size) {
  *size = out->full;
  return out->packing;
}

const char *pm_output_take(pm_output *out, size_t *len) {
  *len = out->len;
  out->len = 0;
  return out->buffer;
}

int pm_output_append(pm_output *out, const char *frame, size_t len) {
  return write_all(out, frame, len);
}

const char *pm_output_open_to_others(const pm_output *out) {
  return out->packing == PM_PLAIN && !out->member ? out->part : NULL;
}

int pm_output_extend(pm_output *out, size_t len, uint64_t *offset) {
  if (out->len > 0 && flush(out) != 0)
    return -1;
  *offset = out->length;
  out->length += len;
  out->dirty = true;
  return 0;
}

int pm_output_fill(pm_output *out, uint64_t offset, const char *data,
                   size_t len) {
  return pm_write_at(out->fd, data, len, offset);
}

int pm_output_place(const char *part, uint64_t offset, const char *data,
                    size_t len) {
  int fd = open(part, O_WRONLY | O_CLOEXEC);
  if (fd < 0)
    return -1;
  int status = pm_write_at(fd, data, len, offset);
  /* On its way to the disk, so that a later sync has less to do: a wish. */
  sync_file_range(fd, (off_t)offset, (off_t)len, SYNC_FILE_RANGE_WRITE);
  return close(fd) != 0 ? -1 : status;
}

int pm_output_sync(pm_output *out, pm_position *position) {
  if (out->packing == PM_PLAIN && out->len > 0 && flush(out) != 0)
    return -1;
  if (out->dirty || !out->member) {
    if (wake(out) != 0 || rest(out, fdatasync(out->fd)) != 0)
      return -1;
    out->dirty = false;
  }
  *position = (pm_position){out->length, out->buffer, out->len};
  return 0;
}

bool pm_output_parted(const pm_output *out) {
  return out->part != NULL;
}

bool pm_output_unread(const pm_output *out) {
  return out->unread;
}

/* An empty result is still a valid gzip or zstd file. */
static bool needs_frame(const pm_output *out) {
  return out->len > 0 || (out->packing != PM_PLAIN && out->length == 0);
}

/* Ends the file but for its name. */
static int finish(pm_output *out, bool durable) {
  int status = needs_frame(out) ? flush(out) : 0;
  if (durable && out->part && status == 0 && (out->dirty || !out->member))
    status = wake(out) == 0 ? fsync(out->fd) : -1;
  return close_file(out) != 0 ? -1 : status;
}

int pm_output_finish(pm_output *out) {
  if (out->finished)
    return 0;
  int status = finish(out, true);
  out->finished = status == 0;
  return status;
}

int pm_output_commit(pm_output *out) {
  int status = pm_output_finish(out);
  if (status == 0 && out->path)
    status = pm_folder_rename(out->part, out->path);
  pm_output_leave(out);
  return status;
}

int pm_output_whole(const char *path, const char *data, size_t len) {
  pm_output *out = new_output(path, PM_OUTPUT_MEMBER, O_CREAT | O_EXCL);
  if (!out)
    return -1;
  int status = pm_output_write(out, data, len);
  if (status == 0)
    status = finish(out, false);
  pm_output_leave(out);
  return status;
}
