#include "engine/channel.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test.h"

/* Two channels, each the other end of the other. */
static void connect_pair(pm_channel *a, pm_channel *b) {
  int down[2], up[2];
  check(pipe(down) == 0 && pipe(up) == 0);
  pm_channel_init(a, up[0], down[1]);
  pm_channel_init(b, down[0], up[1]);
}

static void send(pm_channel *c, const char *data, size_t len) {
  check(pm_channel_begin(c, len) == 0);
  pm_channel_put(c, data, len);
}

static void frames_arrive_in_order(void) {
  pm_channel a, b, *both[] = {&a, &b};
  connect_pair(&a, &b);
  const char *data;
  size_t len;
  send(&a, "one", 3);
  send(&a, "", 0);
  send(&a, "a\0b", 3);
  check(!pm_channel_receive(&b, &data, &len));
  check(pm_channel_poll(both, 2, 100) == 0);
  check(pm_channel_receive(&b, &data, &len) && len == 3 &&
        memcmp(data, "one", 3) == 0);
  check(pm_channel_receive(&b, &data, &len) && len == 0);
  check(pm_channel_receive(&b, &data, &len) && len == 3 &&
        memcmp(data, "a\0b", 3) == 0);
  check(!pm_channel_receive(&b, &data, &len) && !b.ended);
  pm_channel_close(&a);
  pm_channel_close(&b);
}

/* More than a pipe holds, in both directions at once: nobody may block. */
static void both_may_send_much(void) {
  enum { SIZE = 3 << 20 };
  pm_channel a, b, *both[] = {&a, &b};
  connect_pair(&a, &b);
  char *much = malloc(SIZE);
  if (!much)
    abort();
  memset(much, 'x', SIZE);
  send(&a, much, SIZE);
  send(&b, much, SIZE);
  bool got_a = false, got_b = false;
  for (int i = 0; i < 10000 && !(got_a && got_b); i++) {
    const char *data;
    size_t len;
    check(pm_channel_poll(both, 2, 1000) == 0);
    got_a = got_a || (pm_channel_receive(&a, &data, &len) && len == SIZE);
    got_b = got_b || (pm_channel_receive(&b, &data, &len) && len == SIZE);
  }
  check(got_a && got_b);
  free(much);
  pm_channel_close(&a);
  pm_channel_close(&b);
}

static void an_end_is_seen_after_what_came_before(void) {
  pm_channel a, b, *one[] = {&b};
  connect_pair(&a, &b);
  const char *data;
  size_t len;
  send(&a, "last", 4);
  pm_channel *sender[] = {&a};
  check(pm_channel_poll(sender, 1, 0) == 0);
  pm_channel_close(&a);
  while (!b.ended)
    check(pm_channel_poll(one, 1, 1000) == 0);
  check(pm_channel_receive(&b, &data, &len) && len == 4);
  check(!pm_channel_receive(&b, &data, &len));
  pm_channel_close(&b);
  pm_channel_close(&b);
}

static void a_length_that_cannot_be_is_an_end(void) {
  int down[2], up[2];
  check(pipe(down) == 0 && pipe(up) == 0);
  pm_channel c, *one[] = {&c};
  pm_channel_init(&c, down[0], up[1]);
  check(write(down[1], "\xFF\xFF\xFF\xFFrest", 8) == 8);
  check(pm_channel_poll(one, 1, 1000) == 0);
  const char *data;
  size_t len;
  check(!pm_channel_receive(&c, &data, &len) && c.ended);
  check(pm_channel_begin(&c, (size_t)PM_FRAME_MAX + 1) == -1);
  pm_channel_close(&c);
  close(down[1]);
  close(up[0]);
}

int main(void) {
  frames_arrive_in_order();
  both_may_send_much();
  an_end_is_seen_after_what_came_before();
  a_length_that_cannot_be_is_an_end();
  return done("channel");
}
