#include "data/output.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>

enum { BUFFER_PLAIN = 256 * 1024, GZIP_LEVEL = 6, ZSTD_LEVEL = 3 };

typedef enum kind { PLAIN, GZIP, ZSTD } kind;

struct pm_output {
  int fd;
  kind kind;
  char *path, *part; /* NULL when written straight */
  char *frame;       /* [packed_room]: room for a compressed frame */
  size_t packed_room;
  size_t room, len; /* of the plain bytes that wait */
  char buffer[];
};

static bool ends_with(const char *s, const char *end) {
  size_t n = strlen(s), m = strlen(end);
  return n >= m && strcmp(s + n - m, end) == 0;
}

static kind kind_of(const char *path) {
  return ends_with(path, ".gz") ? GZIP : ends_with(path, ".zst") ? ZSTD : PLAIN;
}

/* `path` with its last name as ".name.part". */
static char *part_name(const char *path) {
  const char *slash = strrchr(path, '/');
  int folder = slash ? (int)(slash - path) + 1 : 0;
  char *name = NULL;
  if (asprintf(&name, "%.*s.%s.part", folder, path, path + folder) < 0)
    return NULL;
  return name;
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
  if (strcmp(path, "-") == 0) {
    out->fd = STDOUT_FILENO;
    return 0;
  }
  if (stat(path, &s) == 0 && !S_ISREG(s.st_mode)) {
    out->fd = open(path, O_WRONLY | O_CLOEXEC);
    return out->fd < 0 ? -1 : 0;
  }
  out->path = strdup(path);
  char *part = part_name(path);
  if (out->path && part)
    out->fd = open(part, O_WRONLY | O_CLOEXEC | flags, 0666);
  if (out->fd < 0) { /* what is not ours is not ours to unlink */
    free(part);
    return -1;
  }
  out->part = part;
  return 0;
}

static size_t packed_bound(kind k) {
  return k == GZIP   ? compressBound(PM_FRAME_PLAIN) + 64
         : k == ZSTD ? ZSTD_compressBound(PM_FRAME_PLAIN)
                     : 0;
}

static pm_output *new_output(const char *path, int flags) {
  kind k = kind_of(path);
  size_t room = k == PLAIN ? BUFFER_PLAIN : PM_FRAME_PLAIN;
  pm_output *out = malloc(sizeof *out + room);
  if (!out)
    return NULL;
  *out = (pm_output){.fd = -1, .kind = k, .room = room};
  out->packed_room = packed_bound(k);
  if (k != PLAIN && !(out->frame = malloc(out->packed_room))) {
    pm_output_leave(out);
    return NULL;
  }
  if (open_place(out, path, flags) != 0) {
    pm_output_leave(out);
    return NULL;
  }
  return out;
}

pm_output *pm_output_open(const char *path) {
  return new_output(path, O_CREAT | O_TRUNC);
}

pm_output *pm_output_go_on(const char *path, const pm_position *from) {
  pm_output *out = new_output(path, 0);
  if (!out)
    return NULL;
  struct stat s;
  if (!out->part || fstat(out->fd, &s) != 0 ||
      (uint64_t)s.st_size < from->length || from->pending_len > out->room) {
    errno = EINVAL;
  } else if (ftruncate(out->fd, (off_t)from->length) == 0 &&
             lseek(out->fd, 0, SEEK_END) >= 0) {
    memcpy(out->buffer, from->pending, from->pending_len);
    out->len = from->pending_len;
    return out;
  }
  pm_output_leave(out);
  return NULL;
}

static int write_all(int fd, const char *data, size_t len) {
  while (len > 0) {
    ssize_t n = write(fd, data, len);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return -1;
    data += n;
    len -= (size_t)n;
  }
  return 0;
}

/* The plain bytes that wait as one gzip member; its length, or 0. */
static size_t pack_gzip(pm_output *out) {
  z_stream z = {0};
  if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    return 0;
  z.next_in = (Bytef *)out->buffer;
  z.avail_in = (uInt)out->len;
  z.next_out = (Bytef *)out->frame;
  z.avail_out = (uInt)out->packed_room;
  bool whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
  deflateEnd(&z);
  return whole ? out->packed_room - z.avail_out : 0;
}

static size_t pack_zstd(pm_output *out) {
  size_t n = 0;
  ZSTD_CCtx *z = ZSTD_createCCtx();
  if (z) {
    ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, ZSTD_LEVEL);
    ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
    n = ZSTD_compress2(z, out->frame, out->packed_room, out->buffer, out->len);
    ZSTD_freeCCtx(z);
  }
  return ZSTD_isError(n) ? 0 : n;
}

/* Writes the plain bytes that wait: as they are, or as a frame. */
static int flush(pm_output *out) {
  const char *data = out->buffer;
  size_t len = out->len;
  if (out->kind != PLAIN) {
    data = out->frame;
    len = out->kind == GZIP ? pack_gzip(out) : pack_zstd(out);
    if (len == 0) {
      errno = ENOMEM;
      return -1;
    }
  }
  out->len = 0;
  return write_all(out->fd, data, len);
}

int pm_output_write(pm_output *out, const char *data, size_t len) {
  /* Large plain writes go straight through. */
  if (out->kind == PLAIN && len >= out->room) {
    if (out->len > 0 && flush(out) != 0)
      return -1;
    return write_all(out->fd, data, len);
  }
  while (len > 0) {
    size_t n = out->room - out->len;
    n = len < n ? len : n;
    memcpy(out->buffer + out->len, data, n);
    out->len += n;
    data += n;
    len -= n;
    if (out->len == out->room && flush(out) != 0)
      return -1;
  }
  return 0;
}

int pm_output_sync(pm_output *out, pm_position *position) {
  if (out->kind == PLAIN && out->len > 0 && flush(out) != 0)
    return -1;
  off_t length = lseek(out->fd, 0, SEEK_CUR);
  if (length < 0 || fdatasync(out->fd) != 0)
    return -1;
  *position = (pm_position){(uint64_t)length, out->buffer, out->len};
  return 0;
}

bool pm_output_parted(const pm_output *out) {
  return out->part != NULL;
}

/* The new name is on the disk only when the folder is. */
static int sync_folder(char *path) {
  int fd = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return -1;
  /* Some file systems cannot sync a folder and say EINVAL. */
  int status = fsync(fd) != 0 && errno != EINVAL ? -1 : 0;
  close(fd);
  return status;
}

/* An empty result is still a valid gzip or zstd file. */
static bool needs_frame(const pm_output *out) {
  return out->len > 0 ||
         (out->kind != PLAIN && lseek(out->fd, 0, SEEK_CUR) == 0);
}

int pm_output_commit(pm_output *out) {
  int status = needs_frame(out) ? flush(out) : 0;
  if (out->part && status == 0)
    status = fsync(out->fd);
  if (close_file(out) != 0)
    status = -1;
  if (status == 0 && out->part)
    status = rename(out->part, out->path);
  if (status == 0 && out->part)
    status = sync_folder(out->part);
  pm_output_leave(out);
  return status;
}
