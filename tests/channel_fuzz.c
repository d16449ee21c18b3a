/*
 * Whatever bytes arrive, in whatever portions, frames are taken whole and in
 * order, nothing outside the received bytes is read, and damage ends the
 * channel instead of being waited for.
 */
#include <unistd.h>

#include "engine/channel.h"
#include "fuzz.h"

/* The pipes and the memory of all channels: to make them takes longer than to
 * use them. */
static int down[2], up[2];
static pm_bytes spare;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1 || size > 4096)
    return 0;
  if (!down[1])
    require(pipe(down) == 0 && pipe(up) == 0);
  pm_channel c = {.in = down[0], .out = up[1], .received = spare},
             *one[] = {&c};
  size_t portion = (size_t)data[0] + 1, at = 1, taken = 1;
  while (at < size && !c.ended) {
    size_t n = size - at < portion ? size - at : portion;
    require(write(down[1], data + at, n) == (ssize_t)n &&
            pm_channel_poll(one, 1, 1000) == 0);
    at += n;
    const char *frame;
    size_t len;
    while (pm_channel_receive(&c, &frame, &len)) {
      require(taken + 4 + len <= at && !memcmp(frame, data + taken + 4, len));
      taken += 4 + len;
    }
  }
  spare = c.received;
  spare.at = spare.len = 0;
  return 0;
}
