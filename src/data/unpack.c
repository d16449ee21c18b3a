#include "data/unpack.h"

#include <stdint.h>
#include <string.h>

#include <zlib.h>
#include <zstd.h>

enum { STEP = 64 * 1024, RATIO_MAX = 200, RATIO_FREE = 1 << 20 };

/* A window above 8 MiB is not for the web (RFC 9659). */
enum { WINDOW_LOG_MAX = 23 };

static bool is_zlib(const unsigned char *p, size_t len) {
  return len >= 2 && (p[0] & 0x0F) == 8 && ((p[0] << 8) | p[1]) % 31 == 0;
}

/* Bare deflate data has no mark; a text begins with what no first block of it
 * has: '<' and white space are stored or fixed blocks that are never sent. */
static bool is_text(const char *data, size_t len) {
  size_t i = 0;
  while (i < len && strchr(" \t\r\n", data[i]) && data[i])
    i++;
  return i < len && (data[i] == '<' ||
                     memcmp(data, "\xEF\xBB\xBF", len < 3 ? len : 3) == 0);
}

bool pm_unpack_begins(pm_packing packing, const char *data, size_t len) {
  switch (packing) {
  case PM_GZIP: return len >= 3 && memcmp(data, "\x1F\x8B\x08", 3) == 0;
  case PM_ZSTD: return len >= 4 && memcmp(data, "\x28\xB5\x2F\xFD", 4) == 0;
  default: return len > 0 && !is_text(data, len);
  }
}

/* Room for the next step, or why not. */
static pm_unpack_status make_room(pm_buffer *out, size_t len, size_t max) {
  if (out->len > max || (out->len > RATIO_FREE && out->len / RATIO_MAX > len))
    return PM_UNPACK_LONG;
  return pm_buffer_room(out, STEP) == 0 ? PM_UNPACK_OK : PM_UNPACK_MEMORY;
}

static pm_unpack_status inflate_all(z_stream *z, size_t len, size_t max,
                                    pm_buffer *out) {
  for (;;) {
    pm_unpack_status room = make_room(out, len, max);
    if (room != PM_UNPACK_OK)
      return room;
    z->next_out = (Bytef *)out->at + out->len;
    z->avail_out = STEP;
    int status = inflate(z, Z_NO_FLUSH);
    out->len += STEP - z->avail_out;
    if (status == Z_STREAM_END) {
      const Bytef *p = z->next_in;
      if (z->avail_in < 3 || memcmp(p, "\x1F\x8B\x08", 3) != 0)
        return PM_UNPACK_OK;
      inflateReset(z);
    } else if (status == Z_BUF_ERROR || (status == Z_OK && z->avail_out > 0)) {
      return PM_UNPACK_CUT;
    } else if (status != Z_OK) {
      return PM_UNPACK_DAMAGED;
    }
  }
}

static pm_unpack_status unpack_zlib(int window, const char *data, size_t len,
                                    size_t max, pm_buffer *out) {
  z_stream z = {.next_in = (Bytef *)data, .avail_in = (uInt)len};
  if (inflateInit2(&z, window) != Z_OK)
    return PM_UNPACK_MEMORY;
  pm_unpack_status status = inflate_all(&z, len, max, out);
  inflateEnd(&z);
  return status;
}

static pm_unpack_status unpack_zstd(const char *data, size_t len, size_t max,
                                    pm_buffer *out) {
  ZSTD_DStream *z = ZSTD_createDStream();
  if (!z)
    return PM_UNPACK_MEMORY;
  ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
  ZSTD_inBuffer in = {data, len, 0};
  pm_unpack_status status;
  size_t left = 1;
  while ((status = make_room(out, len, max)) == PM_UNPACK_OK && left != 0) {
    ZSTD_outBuffer to = {out->at + out->len, STEP, 0};
    left = ZSTD_decompressStream(z, &to, &in);
    if (ZSTD_isError(left)) {
      status = PM_UNPACK_DAMAGED;
      break;
    }
    out->len += to.pos;
    if (left != 0 && in.pos == len && to.pos < STEP) {
      status = PM_UNPACK_CUT;
      break;
    }
  }
  ZSTD_freeDStream(z);
  return status;
}

pm_unpack_status pm_unpack(pm_packing packing, const char *data, size_t len,
                           size_t max, pm_buffer *out) {
  if (len > UINT32_MAX)
    return PM_UNPACK_LONG;
  if (packing == PM_ZSTD)
    return unpack_zstd(data, len, max, out);
  int window = packing == PM_GZIP                          ? 15 + 16
               : is_zlib((const unsigned char *)data, len) ? 15
                                                           : -15;
  return unpack_zlib(window, data, len, max, out);
}
