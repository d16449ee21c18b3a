#include "match/lanes.h"

#include <errno.h>
#include <stdlib.h>

#include "test.h"

static char byte_of(uint32_t lane, uint64_t at) {
  return (char)(lane * 31 + at * 7 + (at >> 12));
}

/* Whether `rows` rows of 0 to `most` bytes, dealt in turn, come back from any
 * place of their lanes. */
static int keeps(uint32_t count, uint32_t rows, size_t most, size_t before) {
  pm_lanes l;
  check(pm_lanes_open(&l, count, before, "/tmp") == 0);
  char *row = malloc(most + 1);
  int fine = 1;
  for (uint32_t i = 0; i < rows; i++) {
    uint32_t lane = i * 7 % count;
    size_t len = i % (most + 1);
    uint64_t at = pm_lanes_size(&l, lane);
    for (size_t j = 0; j < len; j++)
      row[j] = byte_of(lane, at + j);
    fine &= pm_lanes_put(&l, lane, row, len) == 0 &&
            pm_lanes_size(&l, lane) == at + len;
  }
  for (uint32_t lane = 0; lane < count; lane++) {
    size_t size = (size_t)pm_lanes_size(&l, lane);
    char *out = malloc(size + 1);
    size_t places[] = {0, size / 3, size > 0 ? size - 1 : 0, size};
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
      size_t from = places[p];
      fine &= pm_lanes_read(&l, lane, from, out, size - from) == 0;
      for (size_t j = from; j < size; j++)
        fine &= out[j - from] == byte_of(lane, j);
    }
    free(out);
  }
  free(row);
  pm_lanes_close(&l);
  pm_lanes_close(&l);
  return fine;
}

int main(void) {
  for (size_t before = 0; before <= 8 << 20; before += 8 << 20) {
    check(keeps(1, 0, 1, before));
    check(keeps(1, 3, 2, before));
    check(keeps(1, 10000, 1000, before)); /* several blocks, in memory, */
    check(keeps(1, 40000, 1000, before)); /* and in a file as well */
    check(keeps(3, 20, 3 << 20, before)); /* rows larger than a block */
    check(keeps(1024, 200000, 40, before));
    check(keeps(1024, 100000, 300, before));
  }
  pm_lanes l;
  check(pm_lanes_open(&l, 1, 2 << 20, "/nowhere") == 0);
  static const char memory[4 << 20] = {1, 2, 3};
  check(pm_lanes_put(&l, 0, memory, sizeof memory) == 0);
  check(pm_lanes_put(&l, 0, memory, 1) == -1 && errno == ENOENT);
  pm_lanes_close(&l);
  return done("lanes");
}
