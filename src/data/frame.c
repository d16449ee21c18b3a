#include "data/frame.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

enum { GZIP_LEVEL = 6, ZSTD_LEVEL = 3, GZIP_HEAD = 64 };

static bool ends_with(const char *s, const char *end) {
  size_t n = strlen(s), m = strlen(end);
  return n >= m && strcmp(s + n - m, end) == 0;
}

pm_packing pm_packing_of(const char *path) {
  return ends_with(path, ".gz")    ? PM_GZIP
         : ends_with(path, ".zst") ? PM_ZSTD
                                   : PM_PLAIN;
}

size_t pm_frame_bound(pm_packing packing, size_t len) {
  return packing == PM_GZIP   ? compressBound(len) + GZIP_HEAD
         : packing == PM_ZSTD ? ZSTD_compressBound(len)
                              : 0;
}

static size_t pack_gzip(const char *data, size_t len, char *out, size_t room) {
  z_stream z = {0};
  if (len > UINT_MAX || room > UINT_MAX ||
      deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    return 0;
  z.next_in = (const Bytef *)data;
  z.avail_in = (uInt)len;
  z.next_out = (Bytef *)out;
  z.avail_out = (uInt)room;
  bool whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
  deflateEnd(&z);
  return whole ? room - z.avail_out : 0;
}

static size_t pack_zstd(const char *data, size_t len, char *out, size_t room) {
  ZSTD_CCtx *z = ZSTD_createCCtx();
  if (!z)
    return 0;
  ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, ZSTD_LEVEL);
  ZSTD_CCtx_setParameter(z, ZSTD_c_checksumFlag, 1);
  size_t n = ZSTD_compress2(z, out, room, data, len);
  ZSTD_freeCCtx(z);
  return ZSTD_isError(n) ? 0 : n;
}

size_t pm_frame_pack(pm_packing packing, const char *data, size_t len,
                     char *out, size_t room) {
  return packing == PM_GZIP   ? pack_gzip(data, len, out, room)
         : packing == PM_ZSTD ? pack_zstd(data, len, out, room)
                              : 0;
}
