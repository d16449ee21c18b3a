/*
 * A channel: framed messages over two descriptors. A frame is its length (32
 * bits, little endian) and that many bytes. Sending only queues; bytes move
 * in pm_channel_poll, so that two ends that both send cannot block each other.
 */
#ifndef PM_CHANNEL_H
#define PM_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PM_FRAME_MAX = 1 << 30 };

typedef struct pm_bytes {
  char *data; /* [room]; bytes at..len are in use */
  size_t at, len, room;
} pm_bytes;

typedef struct pm_channel {
  int in, out; /* -1: closed */
  pm_bytes received, queued;
  bool ended; /* the other end is gone, or what it sent is no frame */
} pm_channel;

/* Takes over both descriptors and makes them non-blocking. */
void pm_channel_init(pm_channel *c, int in, int out);

/* Closes and frees; as often as one likes. */
void pm_channel_close(pm_channel *c);

/* Begins a frame of `len` bytes and makes room for it. Its bytes follow by
 * pm_channel_put, which cannot fail. Returns -1 when memory is short or it is
 * too long. */
int pm_channel_begin(pm_channel *c, size_t len);
void pm_channel_put(pm_channel *c, const char *data, size_t len);

/* Takes the next whole frame: true and its bytes, valid until the next call
 * on this channel. */
bool pm_channel_receive(pm_channel *c, const char **data, size_t *len);

/* Moves bytes on `count` channels until one of them has received some or
 * ended, or nothing is left to send and `wait` is 0, or `wait` milliseconds
 * are over (-1: no limit). Returns -1 with errno set when poll itself or
 * memory fails, or a signal came (EINTR). */
int pm_channel_poll(pm_channel **channels, size_t count, int wait);

#endif
