/*
 * Blocks of CSV of any size are consecutive and hold whole rows: read row by
 * row, they give what one block of everything gives. And a sound row, its
 * fields written again, reads as the same fields.
 */
#include "data/csv.h"
#include "fuzz_input.h"

enum { MAX_RECORD = 1 << 16 };

static void write_again(const char *row, size_t len, pm_buffer *out) {
  pm_csv_field field;
  char *text = malloc(len + 1);
  if (!text)
    abort();
  for (size_t at = 0; pm_csv_next(row, len, ',', &at, &field);) {
    size_t n = pm_csv_unquote(&field, text);
    if (out->len > 0 && pm_buffer_add(out, ",", 1) != 0)
      abort();
    if (out->len == 0 && n == 0 && pm_buffer_add(out, "\"\"", 2) != 0)
      abort();
    if (pm_csv_quote(out, text, n, ',') != 0)
      abort();
  }
  free(text);
}

static void check_row(const char *row, size_t len) {
  pm_buffer once = {0}, twice = {0};
  write_again(row, len, &once);
  pm_csv_row again;
  if (once.len == 0 ||
      pm_csv_read(once.at, once.len, true, ',', &again) != PM_CSV_ROW)
    abort();
  if (again.len != once.len)
    abort();
  write_again(once.at, once.len, &twice);
  if (once.len != twice.len || memcmp(once.at, twice.at, once.len) != 0)
    abort();
  pm_buffer_free(&once);
  pm_buffer_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (size < 2 || bytes[1] == 0x1F || bytes[1] == 0x28)
    return 0; /* may be packed */
  size_t block_size = (size_t)bytes[0] + 1;
  const char *data = (const char *)bytes + 1;
  size--;
  pm_input *in = fuzz_input(data, size, MAX_RECORD);
  pm_cut cut = pm_csv_cut(',');
  pm_block block;
  size_t at = 0, offset = 0;
  bool begun = false;
  while (pm_input_next(in, &cut, block_size, &block) == PM_INPUT_BLOCK) {
    if (!pm_input_plain(in))
      break;
    if (!begun)
      at = offset = block.offset; /* behind a byte order mark */
    begun = true;
    if (block.offset != offset || block.len == 0 ||
        memcmp(block.data, data + offset, block.len) != 0)
      abort();
    for (size_t in_block = 0; in_block < block.len;) {
      pm_csv_row row, whole;
      pm_csv_status a = pm_csv_read(block.data + in_block, block.len - in_block,
                                    true, ',', &row);
      pm_csv_status b = pm_csv_read(data + at, size - at, true, ',', &whole);
      /* A damaged row may show another damage when the next is cut off. */
      if ((a == PM_CSV_ROW) != (b == PM_CSV_ROW) || row.next != whole.next ||
          row.len != whole.len || row.next == 0)
        abort();
      if (a == PM_CSV_ROW)
        check_row(data + at, row.len);
      in_block += row.next;
      at += row.next;
    }
    offset += block.len;
  }
  pm_input_free(in);
  return 0;
}
