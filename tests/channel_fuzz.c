/*
 * Whatever bytes arrive, in whatever portions, frames are taken whole and in
 * order, nothing outside the received bytes is read, and damage ends the
 * channel instead of being waited for.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/channel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A large block, kept from run to run. */
static pm_bytes spare;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1 || size > 4096)
    return 0;
  int down[2], up[2];
  if (pipe(down) != 0 || pipe(up) != 0)
    abort();
  pm_channel c, *one[] = {&c};
  pm_channel_init(&c, down[0], up[1]);
  c.received = spare;
  size_t portion = (size_t)data[0] + 1, at = 1, taken = 1;
  while (at < size && !c.ended) {
    size_t n = size - at < portion ? size - at : portion;
    if (write(down[1], data + at, n) != (ssize_t)n ||
        pm_channel_poll(one, 1, 1000) != 0)
      abort();
    at += n;
    const char *frame;
    size_t len;
    while (pm_channel_receive(&c, &frame, &len)) {
      if (taken + 4 + len > at || memcmp(frame, data + taken + 4, len) != 0)
        abort();
      taken += 4 + len;
    }
  }
  spare = c.received;
  spare.at = spare.len = 0;
  c.received = (pm_bytes){0};
  pm_channel_close(&c);
  close(down[1]);
  close(up[0]);
  return 0;
}
