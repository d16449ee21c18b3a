#include "engine/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READ_SIZE = 1 << 18, POLL_MAX = 1024 };

void pm_channel_init(pm_channel *c, int in, int out) {
  *c = (pm_channel){.in = in, .out = out};
  fcntl(in, F_SETFL, O_NONBLOCK);
  fcntl(out, F_SETFL, O_NONBLOCK);
}

void pm_channel_close(pm_channel *c) {
  if (c->in >= 0)
    close(c->in);
  if (c->out >= 0)
    close(c->out);
  free(c->received.data);
  free(c->queued.data);
  *c = (pm_channel){.in = -1, .out = -1, .ended = true};
}

/* Makes room for `more` bytes behind b->len. */
static int reserve(pm_bytes *b, size_t more) {
  if (b->at > 0 && (b->at == b->len || b->len + more > b->room)) {
    memmove(b->data, b->data + b->at, b->len - b->at);
    b->len -= b->at;
    b->at = 0;
  }
  if (b->len + more <= b->room)
    return 0;
  size_t room = b->room * 2 > b->len + more ? b->room * 2 : b->len + more;
  char *data = realloc(b->data, room);
  if (!data)
    return -1;
  b->data = data;
  b->room = room;
  return 0;
}

int pm_channel_begin(pm_channel *c, size_t len) {
  if (len > PM_FRAME_MAX) {
    errno = EMSGSIZE;
    return -1;
  }
  if (reserve(&c->queued, len + 4) != 0)
    return -1;
  char head[4];
  for (int i = 0; i < 4; i++)
    head[i] = (char)(len >> (8 * i) & 0xFF);
  pm_channel_put(c, head, 4);
  return 0;
}

void pm_channel_put(pm_channel *c, const char *data, size_t len) {
  memcpy(c->queued.data + c->queued.len, data, len);
  c->queued.len += len;
}

bool pm_channel_receive(pm_channel *c, const char **data, size_t *len) {
  pm_bytes *b = &c->received;
  if (b->len - b->at < 4)
    return false;
  const unsigned char *from = (const unsigned char *)b->data + b->at;
  size_t n = (size_t)from[0] | (size_t)from[1] << 8 | (size_t)from[2] << 16 |
             (size_t)from[3] << 24;
  if (n > PM_FRAME_MAX) {
    c->ended = true;
    return false;
  }
  if (b->len - b->at - 4 < n)
    return false;
  *data = b->data + b->at + 4;
  *len = n;
  b->at += n + 4;
  return true;
}

/* Reads once. Returns -1 when memory is short. */
static int take(pm_channel *c) {
  if (reserve(&c->received, READ_SIZE) != 0)
    return -1;
  ssize_t n = read(c->in, c->received.data + c->received.len, READ_SIZE);
  if (n > 0)
    c->received.len += (size_t)n;
  else if (n == 0 || (errno != EAGAIN && errno != EINTR))
    c->ended = true;
  return 0;
}

static void give(pm_channel *c) {
  pm_bytes *b = &c->queued;
  ssize_t n = write(c->out, b->data + b->at, b->len - b->at);
  if (n > 0)
    b->at += (size_t)n;
  else if (n < 0 && errno != EAGAIN && errno != EINTR)
    c->ended = true; /* what it sent before may still be there to read */
}

int pm_channel_poll(pm_channel **channels, size_t count, int wait) {
  struct pollfd fds[2 * POLL_MAX];
  if (count > POLL_MAX) {
    errno = EINVAL;
    return -1;
  }
  for (;;) {
    bool sending = false;
    for (size_t i = 0; i < count; i++) {
      pm_channel *c = channels[i];
      bool queued = c->queued.at < c->queued.len && !c->ended;
      sending = sending || queued;
      fds[2 * i] = (struct pollfd){c->ended ? -1 : c->in, POLLIN, 0};
      fds[2 * i + 1] = (struct pollfd){queued ? c->out : -1, POLLOUT, 0};
    }
    int ready = poll(fds, (nfds_t)(2 * count), wait);
    if (ready < 0)
      return -1;
    bool received = false;
    for (size_t i = 0; i < count; i++) {
      pm_channel *c = channels[i];
      if (fds[2 * i + 1].revents)
        give(c);
      if (fds[2 * i].revents) {
        received = true;
        if (take(c) != 0)
          return -1;
      }
      received = received || c->ended;
    }
    if (received || ready == 0 || (wait == 0 && !sending))
      return 0;
  }
}
