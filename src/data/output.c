#include "data/output.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>

enum { BUFFER = 256 * 1024, GZIP_LEVEL = 6, ZSTD_LEVEL = 3 };

typedef enum kind { PLAIN, GZIP, ZSTD } kind;

struct pm_output {
  int fd;
  kind kind;
  char *path, *temporary; /* NULL when written straight */
  z_stream gzip;
  ZSTD_CStream *zstd;
  size_t len;
  char buffer[BUFFER];
};

static bool ends_with(const char *s, const char *end) {
  size_t n = strlen(s), m = strlen(end);
  return n >= m && strcmp(s + n - m, end) == 0;
}

/* `path` with its last name as ".name.XXXXXX". */
static char *temporary_name(const char *path) {
  const char *slash = strrchr(path, '/');
  int folder = slash ? (int)(slash - path) + 1 : 0;
  char *name = NULL;
  if (asprintf(&name, "%.*s.%s.XXXXXX", folder, path, path + folder) < 0)
    return NULL;
  return name;
}

static void release(pm_output *out) {
  int saved = errno;
  if (out->fd > STDERR_FILENO)
    close(out->fd);
  if (out->kind == GZIP)
    deflateEnd(&out->gzip);
  ZSTD_freeCStream(out->zstd);
  free(out->path);
  free(out->temporary);
  free(out);
  errno = saved;
}

void pm_output_discard(pm_output *out) {
  if (!out)
    return;
  if (out->temporary)
    unlink(out->temporary);
  release(out);
}

/* Opens the place the bytes go to. */
static int open_place(pm_output *out, const char *path) {
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
  out->temporary = temporary_name(path);
  if (!out->path || !out->temporary)
    return -1;
  out->fd = mkostemp(out->temporary, O_CLOEXEC);
  if (out->fd < 0) {
    free(out->temporary);
    out->temporary = NULL;
    return -1;
  }
  /* mkostemp makes it private; a result is as readable as any new file. */
  mode_t mask = umask(0);
  umask(mask);
  return fchmod(out->fd, 0666 & ~mask);
}

static int start_packing(pm_output *out, const char *path) {
  if (ends_with(path, ".gz")) {
    if (deflateInit2(&out->gzip, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      errno = ENOMEM;
      return -1;
    }
    out->kind = GZIP;
  } else if (ends_with(path, ".zst")) {
    out->zstd = ZSTD_createCStream();
    if (!out->zstd) {
      errno = ENOMEM;
      return -1;
    }
    ZSTD_CCtx_setParameter(out->zstd, ZSTD_c_compressionLevel, ZSTD_LEVEL);
    ZSTD_CCtx_setParameter(out->zstd, ZSTD_c_checksumFlag, 1);
    out->kind = ZSTD;
  }
  return 0;
}

pm_output *pm_output_open(const char *path) {
  pm_output *out = malloc(sizeof *out);
  if (!out)
    return NULL;
  memset(out, 0, offsetof(pm_output, buffer));
  out->fd = -1;
  if (open_place(out, path) != 0 || start_packing(out, path) != 0) {
    pm_output_discard(out);
    return NULL;
  }
  return out;
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

static int flush(pm_output *out) {
  size_t len = out->len;
  out->len = 0;
  return write_all(out->fd, out->buffer, len);
}

static int write_plain(pm_output *out, const char *data, size_t len) {
  if (out->len + len > BUFFER && flush(out) != 0)
    return -1;
  if (len >= BUFFER)
    return write_all(out->fd, data, len);
  memcpy(out->buffer + out->len, data, len);
  out->len += len;
  return 0;
}

static int write_gzip(pm_output *out, const char *data, size_t len, bool end) {
  int status = Z_OK;
  do {
    uInt part = len > UINT32_MAX ? UINT32_MAX : (uInt)len;
    out->gzip.next_in = (Bytef *)data;
    out->gzip.avail_in = part;
    do {
      if (out->len == BUFFER && flush(out) != 0)
        return -1;
      out->gzip.next_out = (Bytef *)out->buffer + out->len;
      out->gzip.avail_out = (uInt)(BUFFER - out->len);
      status = deflate(&out->gzip, end && part == len ? Z_FINISH : Z_NO_FLUSH);
      out->len = BUFFER - out->gzip.avail_out;
    } while (out->gzip.avail_in > 0 || out->len == BUFFER ||
             (end && part == len && status == Z_OK));
    data += part;
    len -= part;
  } while (len > 0);
  return 0;
}

static int write_zstd(pm_output *out, const char *data, size_t len, bool end) {
  ZSTD_inBuffer in = {data, len, 0};
  size_t left;
  do {
    if (out->len == BUFFER && flush(out) != 0)
      return -1;
    ZSTD_outBuffer to = {out->buffer, BUFFER, out->len};
    left = ZSTD_compressStream2(out->zstd, &to, &in,
                                end ? ZSTD_e_end : ZSTD_e_continue);
    if (ZSTD_isError(left)) {
      errno = EIO;
      return -1;
    }
    out->len = to.pos;
  } while (end ? left > 0 : in.pos < in.size);
  return 0;
}

int pm_output_write(pm_output *out, const char *data, size_t len) {
  switch (out->kind) {
  case GZIP: return len == 0 ? 0 : write_gzip(out, data, len, false);
  case ZSTD: return write_zstd(out, data, len, false);
  default: return write_plain(out, data, len);
  }
}

static int finish(pm_output *out) {
  if (out->kind == GZIP && write_gzip(out, "", 0, true) != 0)
    return -1;
  if (out->kind == ZSTD && write_zstd(out, "", 0, true) != 0)
    return -1;
  return flush(out);
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

int pm_output_commit(pm_output *out) {
  int status = finish(out);
  if (out->temporary && status == 0)
    status = fsync(out->fd);
  if (out->fd > STDERR_FILENO) {
    if (close(out->fd) != 0)
      status = -1;
    out->fd = -1;
  }
  if (status != 0 || !out->temporary) {
    pm_output_discard(out);
    return status;
  }
  if (rename(out->temporary, out->path) != 0) {
    pm_output_discard(out);
    return -1;
  }
  status = sync_folder(out->temporary);
  release(out);
  return status;
}
