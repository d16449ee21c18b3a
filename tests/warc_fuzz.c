/*
 * Whatever the bytes, blocks of WARC records are consecutive and hold whole
 * records: read one by one, they end where they end in one block of
 * everything. Bodies of pages decode or fail, within their bounds.
 */
#include "data/page.h"
#include "fuzz_input.h"

enum { MAX_RECORD = 1 << 16, SLACK = 1 << 17 };

static void decode(const pm_warc *record) {
  pm_http http;
  if (pm_page_read(record, &http) != PM_PAGE_HTML)
    return;
  pm_buffer buffers[2] = {{0}, {0}};
  pm_slice body;
  if (pm_http_decode(&http, record->truncated.len > 0, MAX_RECORD, buffers,
                     &body) == PM_HTTP_OK &&
      body.len > MAX_RECORD + SLACK)
    abort();
  pm_buffer_free(&buffers[0]);
  pm_buffer_free(&buffers[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size < 2)
    return 0;
  size_t block_size = (size_t)bytes[0] * 4 + 1;
  const char *data = (const char *)bytes + 1;
  size--;
  pm_input *in = fuzz_input(data, size, MAX_RECORD);
  pm_block block;
  uint64_t offset = 0;
  bool begun = false;
  for (;;) {
    pm_input_event event = pm_input_next(in, &pm_warc_cut, block_size, &block);
    if (event == PM_INPUT_END || event == PM_INPUT_ERROR)
      break;
    if (!begun)
      offset = block.offset; /* behind a byte order mark */
    begun = true;
    if (block.offset != offset || block.len == 0)
      abort();
    if (event == PM_INPUT_LONG) {
      if (block.size <= MAX_RECORD && pm_input_plain(in) &&
          offset + block.size < size)
        abort();
      offset += block.size;
      continue;
    }
    for (size_t at = 0; at < block.len;) {
      pm_warc record;
      pm_warc_status status =
          pm_warc_read(block.data + at, block.len - at, true, &record);
      if (status == PM_WARC_MORE || record.next == 0 ||
          record.start > record.next || at + record.next > block.len)
        abort();
      if (status == PM_WARC_RECORD)
        decode(&record);
      at += record.next;
    }
    offset += block.len;
  }
  pm_input_free(in);
  return 0;
}
