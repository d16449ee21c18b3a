/*
 * Whatever the bytes (plain, gzip, zstd, damaged), blocks of any size are
 * consecutive, end at line ends, and together are what one read of all the
 * rest gives.
 */
#include "fuzz_input.h"

enum { MAX_RECORD = 1 << 12, LIMIT = 1 << 18 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  size_t block_size = (size_t)data[0] * 16 + 1;
  pm_input *whole = fuzz_input(data + 1, size - 1, MAX_RECORD);
  pm_block all;
  pm_input_event event = pm_input_rest(whole, &all);

  pm_input *in = fuzz_input(data + 1, size - 1, MAX_RECORD);
  pm_block block;
  uint64_t offset = all.offset, line = 1;
  bool unknown = false; /* whether the line before has ended */
  for (;;) {
    pm_input_event e = pm_input_next(in, &pm_cut_lines, block_size, &block);
    if (e == PM_INPUT_END || block.offset > LIMIT)
      break;
    if (block.offset != offset ||
        block.line != line + (unknown && block.line > line))
      abort();
    line = block.line;
    unknown = e == PM_INPUT_LONG;
    if (e == PM_INPUT_LONG) {
      if (block.size <= MAX_RECORD)
        abort();
      offset += block.size;
      continue;
    }
    /* What was read whole is the same bytes. */
    if (event == PM_INPUT_BLOCK &&
        (offset - all.offset + block.len > all.len ||
         memcmp(all.data + (offset - all.offset), block.data, block.len) != 0))
      abort();
    for (size_t i = 0; i < block.len; i++)
      line += block.data[i] == '\n';
    offset += block.len;
    if (e == PM_INPUT_ERROR)
      break;
    if (block.len == 0)
      abort();
  }
  pm_input_free(in);
  pm_input_free(whole);
  return 0;
}
