/*
 * Three sources behind one read: the descriptor itself, zlib, zstd. The kind
 * is told from the first bytes. An end in the middle of a gzip member or a
 * zstd frame is an error: zlib's own loop would pass it silently.
 *
 *   in |   kept   |begin ... taken in ... |at ... waits ... |len
 *
 * Where a member was cut and the next one follows, the damage shows only some
 * way into the next: bytes that were taken in are kept to find its head.
 */
#include "data/inflate.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>

const pm_inflate_room pm_inflate_usual = {64 * 1024, 27};

/* What grows by more than RATIO_MAX after RATIO_FREE bytes, one member or all
 * of them, is a bomb: 1 GiB of zeros is 1:1030 in gzip and 1:32600 in zstd. */
enum { RATIO_MAX = 1000 };
#define RATIO_FREE ((uint64_t)64 << 20)

typedef enum kind { UNKNOWN, PLAIN, GZIP, ZSTD } kind;

/* Bytes in and out so far. */
typedef struct count {
  uint64_t in, out;
} count;

struct pm_inflate {
  int fd;
  kind kind;
  bool within;   /* a member or frame has begun and not ended */
  size_t wanted; /* bytes zstd asks for within a frame */
  bool failed;
  bool unread;  /* failed: the file, not what is in it */
  bool damaged; /* failed, but another member may be whole */
  bool at_end;  /* of the descriptor */
  size_t at, len;
  ptrdiff_t begin; /* of the member in `in`; below 0 when that is gone */
  uint64_t taken, given;
  uint64_t size; /* of the file when it was opened; 0: not known */
  count before;  /* the member */
  z_stream gzip;
  ZSTD_DStream *zstd;
  char error[200];
  size_t kept, room;
  int window_log;
  unsigned char in[]; /* [room] */
};

/* The bytes from where `fd` stands to the end of its file, 0 where that is not
 * known: of a pipe, or of a file that the system makes up. */
static uint64_t bytes_behind(int fd) {
  struct stat s;
  if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode))
    return 0;
  off_t at = lseek(fd, 0, SEEK_CUR);
  return at >= 0 && at < s.st_size ? (uint64_t)(s.st_size - at) : 0;
}

pm_inflate *pm_inflate_new(int fd, pm_inflate_room room) {
  pm_inflate *z = malloc(sizeof *z + 3 * room.kept);
  if (!z)
    return NULL;
  memset(z, 0, offsetof(pm_inflate, in));
  z->fd = fd;
  z->size = bytes_behind(fd);
  z->kept = room.kept;
  z->room = 3 * room.kept;
  z->window_log = room.window_log;
  return z;
}

void pm_inflate_free(pm_inflate *z) {
  if (!z)
    return;
  if (z->kind == GZIP)
    inflateEnd(&z->gzip);
  ZSTD_freeDStream(z->zstd);
  if (z->fd > STDIN_FILENO)
    close(z->fd);
  free(z);
}

static ptrdiff_t fail(pm_inflate *z, const char *what, const char *why) {
  z->failed = true;
  snprintf(z->error, sizeof z->error, "%s%s, at byte %llu of the file", what,
           why, (unsigned long long)(z->taken - (z->len - z->at) + 1));
  return -1;
}

static ptrdiff_t fail_damaged(pm_inflate *z, const char *why) {
  z->damaged = true;
  return fail(z, z->kind == GZIP ? "gzip: " : "zstd: ", why);
}

/* Whether the file is shorter than it was, or its size was a wrong one. */
static bool has_shrunk(const pm_inflate *z) {
  struct stat s;
  return fstat(z->fd, &s) == 0 && (uint64_t)s.st_size < z->size;
}

/* What was appended since the file was opened is not read: it may be half of
 * what somebody writes. */
static ptrdiff_t read_fd(pm_inflate *z, void *out, size_t size) {
  uint64_t left = z->size > z->taken ? z->size - z->taken : 0;
  if (z->size > 0 && left < size)
    size = (size_t)left;
  ssize_t n;
  do
    n = size > 0 ? read(z->fd, out, size) : 0;
  while (n < 0 && errno == EINTR);
  if (n == 0 && left > 0 && has_shrunk(z)) {
    z->unread = true;
    return fail(z, "cannot read: ", "the file became shorter");
  }
  if (n < 0) {
    z->unread = true;
    return fail(z, "cannot read: ", strerror(errno));
  }
  z->at_end = n == 0;
  z->taken += (uint64_t)n;
  return n;
}

/* Gets more input behind what is left of it. */
static bool fill(pm_inflate *z) {
  size_t gone = z->at > z->kept ? z->at - z->kept : 0;
  memmove(z->in, z->in + gone, z->len - gone);
  z->len -= gone;
  z->at -= gone;
  z->begin -= (ptrdiff_t)gone;
  if (z->at_end || z->len == z->room)
    return true;
  ptrdiff_t n = read_fd(z, z->in + z->len, z->room - z->len);
  if (n > 0)
    z->len += (size_t)n;
  return n >= 0;
}

static bool is_zstd(const unsigned char *p) {
  return memcmp(p, "\x28\xB5\x2F\xFD", 4) == 0;
}

/* A frame that holds no data, as pzstd and indexes of frames put them. */
static bool is_skippable(const unsigned char *p) {
  return (p[0] & 0xF0) == 0x50 && memcmp(p + 1, "\x2A\x4D\x18", 3) == 0;
}

/* Packed in ways that are not read here: to take such bytes for text or for
 * lines would blame each of them. */
static const struct foreign {
  const char *name;
  size_t at;
  const char *magic;
  size_t len;
} foreign[] = {
    {"bzip2", 4, "1AY&SY", 6}, /* behind "BZh" and a digit */
    {"xz", 0, "\xFD\x37zXZ\0", 6},      {"zip", 0, "PK\3\4", 4},
    {"7z", 0, "7z\xBC\xAF\x27\x1C", 6}, {"lz4", 0, "\x04\x22\x4D\x18", 4},
};

enum { FOREIGN_HEAD = 10 };

static const char *foreign_name(const unsigned char *p, size_t len) {
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
    const struct foreign *f = &foreign[i];
    if (len >= f->at + f->len && memcmp(p + f->at, f->magic, f->len) == 0)
      return f->at == 0 || memcmp(p, "BZh", 3) == 0 ? f->name : NULL;
  }
  return NULL;
}

static bool tell_kind(pm_inflate *z) {
  while (z->len < FOREIGN_HEAD && !z->at_end)
    if (!fill(z))
      return false;
  z->kind = PLAIN;
  const char *name = foreign_name(z->in, z->len);
  if (name)
    return fail(z, name, ": not read here; unpack the file first") == 0;
  if (z->len >= 4 && (is_zstd(z->in) || is_skippable(z->in))) {
    z->zstd = ZSTD_createDStream();
    if (!z->zstd)
      return fail(z, "zstd: ", "not enough memory") == 0;
    ZSTD_DCtx_setParameter(z->zstd, ZSTD_d_windowLogMax, z->window_log);
    z->kind = ZSTD;
  } else if (z->len >= 3 && memcmp(z->in, "\x1F\x8B\x08", 3) == 0) {
    if (inflateInit2(&z->gzip, 15 + 16) != Z_OK)
      return fail(z, "gzip: ", "not enough memory") == 0;
    z->kind = GZIP;
  }
  return true;
}

static ptrdiff_t read_plain(pm_inflate *z, char *out, size_t size) {
  size_t left = z->len - z->at;
  if (left == 0)
    return read_fd(z, out, size);
  size_t n = left < size ? left : size;
  memcpy(out, z->in + z->at, n);
  z->at += n;
  return (ptrdiff_t)n;
}

static ptrdiff_t step_gzip(pm_inflate *z, char *out, size_t size) {
  z->gzip.next_in = z->in + z->at;
  z->gzip.avail_in = (uInt)(z->len - z->at);
  uInt room = size > UINT32_MAX ? UINT32_MAX : (uInt)size;
  z->gzip.next_out = (Bytef *)out;
  z->gzip.avail_out = room;
  int status = inflate(&z->gzip, Z_NO_FLUSH);
  z->at = z->len - z->gzip.avail_in;
  ptrdiff_t given = (ptrdiff_t)(room - z->gzip.avail_out);
  z->within = status != Z_STREAM_END;
  if (status == Z_STREAM_END)
    inflateReset(&z->gzip);
  else if (status != Z_OK && status != Z_BUF_ERROR && given == 0)
    return fail_damaged(z, z->gzip.msg ? z->gzip.msg : "damaged data");
  return given; /* what came before damage first; it fails again */
}

/* What a call of zstd wrote before it met damage is not told. So it is given a
 * block at a time: the bytes it asks for, without the header of the next. */
static size_t in_step(const pm_inflate *z) {
  enum { BLOCK_HEADER = 3, FRAME_BEGIN = 5 };
  size_t left = z->len - z->at, step = z->within ? z->wanted : FRAME_BEGIN;
  step -= step > BLOCK_HEADER ? BLOCK_HEADER : 0;
  return step < left ? step : left;
}

static ptrdiff_t step_zstd(pm_inflate *z, char *out, size_t size) {
  ZSTD_inBuffer in = {z->in, z->at + in_step(z), z->at};
  ZSTD_outBuffer to = {out, size, 0};
  size_t status = ZSTD_decompressStream(z->zstd, &to, &in);
  z->at = in.pos;
  if (ZSTD_isError(status))
    return fail_damaged(z, ZSTD_getErrorName(status));
  z->wanted = status;
  z->within = status != 0;
  return (ptrdiff_t)to.pos;
}

/* What is wrong with data that ends within a member: the last bytes may have
 * shown damage behind plain bytes that were given first. */
static const char *end_within(const pm_inflate *z) {
  bool damaged = z->kind == GZIP && z->gzip.msg;
  return damaged ? z->gzip.msg : "the data ends too early";
}

/* Bytes of the file that have been gone through. */
static uint64_t consumed(const pm_inflate *z) {
  return z->taken - (z->len - z->at);
}

static bool is_bomb(count grown) {
  return grown.out > RATIO_FREE && grown.out / RATIO_MAX > grown.in;
}

static ptrdiff_t check_growth(pm_inflate *z, ptrdiff_t n) {
  z->given += (uint64_t)n;
  count all = {consumed(z), z->given};
  count member = {all.in - z->before.in, all.out - z->before.out};
  if (is_bomb(all) || is_bomb(member))
    return fail(z, z->kind == GZIP ? "gzip: " : "zstd: ",
                "grows more than 1000 times: a compression bomb?");
  return n;
}

static ptrdiff_t read_packed(pm_inflate *z, char *out, size_t size) {
  for (;;) {
    if (z->at == z->len) {
      if (!fill(z))
        return -1;
      if (z->at == z->len)
        return z->within ? fail_damaged(z, end_within(z)) : 0;
    }
    if (!z->within && z->in[z->at] == 0) {
      z->at++; /* zeros between members are padding */
      continue;
    }
    if (!z->within) {
      z->begin = (ptrdiff_t)z->at;
      z->before = (count){consumed(z), z->given};
    }
    size_t before = z->at;
    ptrdiff_t n =
        z->kind == GZIP ? step_gzip(z, out, size) : step_zstd(z, out, size);
    if (n != 0)
      return n > 0 ? check_growth(z, n) : n;
    if (z->at == before) { /* it wants more input than is here */
      size_t had = z->len - z->at;
      if (!fill(z))
        return -1;
      if (z->len - z->at == had)
        return fail_damaged(z, "the data ends too early");
    }
  }
}

enum { HEAD = 10 };

/* Whether a member or frame may begin with the HEAD bytes at `p`: chance bytes
 * in packed data pass about once in 10^13 (gzip) or 4 * 10^9 (zstd). */
static bool is_head(const pm_inflate *z, const unsigned char *p) {
  if (z->kind == ZSTD)
    return is_zstd(p);
  bool flags = (p[3] & 0xE0) == 0;
  bool extra = p[8] == 0 || p[8] == 2 || p[8] == 4;
  bool system = p[9] <= 13 || p[9] == 255;
  return memcmp(p, "\x1F\x8B\x08", 3) == 0 && flags && extra && system;
}

/* Goes on to the next head among the bytes at hand. */
static bool find_head(pm_inflate *z) {
  int first = z->kind == GZIP ? 0x1F : 0x28;
  while (z->len - z->at >= HEAD) {
    const unsigned char *p =
        memchr(z->in + z->at, first, z->len - z->at - HEAD + 1);
    z->at = p ? (size_t)(p - z->in) : z->len - HEAD + 1;
    if (p && is_head(z, p))
      return true;
    z->at += p != NULL;
  }
  return false;
}

bool pm_inflate_recover(pm_inflate *z) {
  if (!z->damaged)
    return false;
  z->at = z->begin < 0 ? 0 : (size_t)z->begin + 1;
  while (!find_head(z)) {
    size_t had = z->len - z->at;
    if (!fill(z) || z->len - z->at == had)
      return false;
  }
  if (z->kind == GZIP)
    inflateReset(&z->gzip);
  else
    ZSTD_DCtx_reset(z->zstd, ZSTD_reset_session_only);
  z->failed = z->damaged = z->within = false;
  return true;
}

ptrdiff_t pm_inflate_read(pm_inflate *z, char *out, size_t size) {
  if (z->failed || (z->kind == UNKNOWN && !tell_kind(z)))
    return -1;
  return z->kind == PLAIN ? read_plain(z, out, size)
                          : read_packed(z, out, size);
}

bool pm_inflate_plain(const pm_inflate *z) {
  return z->kind == PLAIN;
}

bool pm_inflate_unread(const pm_inflate *z) {
  return z->unread;
}

bool pm_inflate_seek(pm_inflate *z, uint64_t offset) {
  struct stat s;
  if (z->kind != PLAIN || fstat(z->fd, &s) != 0 || !S_ISREG(s.st_mode) ||
      offset > (uint64_t)s.st_size || lseek(z->fd, (off_t)offset, SEEK_SET) < 0)
    return false;
  z->at = z->len = 0;
  z->taken = offset;
  z->at_end = false;
  return true;
}

const char *pm_inflate_error(const pm_inflate *z) {
  return z->error;
}

uint64_t pm_inflate_taken(const pm_inflate *z) {
  return z->taken;
}
