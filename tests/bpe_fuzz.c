/*
 * Property: the tokens of any bytes are those bytes, whatever the patterns and
 * special tokens; there are as many as are counted; and the second time, out
 * of the cache, they are the same.
 *
 * Input: a byte that chooses the pattern and whether special tokens are found,
 * then the text.
 */
#include "bpe_naive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static pm_bpe shared;

static void open_shared(void) {
  static const pm_phrase special[] = {{"<a>", 3}, {"<a>b", 4}, {"\n\n\n", 3}};
  static const uint32_t ids[] = {5000, 5001, 5002};
  naive_vocabulary(&shared, 11, 400);
  for (int i = 0; i < 3; i++)
    pm_vocab_name(&shared.vocab, ids[i], special[i].text, special[i].len);
  if (pm_bpe_set_special(&shared, 1, special, ids, 3) != 0)
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  if (shared.stage_count == 0)
    open_shared();
  shared.stages[0].pattern = (pm_bpe_pattern)(data[0] & 3);
  bool special = data[0] & 4;
  const char *text = (const char *)data + 1;
  size_t len = size - 1, count, bad;
  pm_buffer first = {0}, second = {0}, back = {0};
  if (pm_bpe_encode(&shared, text, len, special, &first) != 0 ||
      pm_bpe_encode(&shared, text, len, special, &second) != 0 ||
      pm_bpe_count(&shared, text, len, special, &count) != 0)
    abort();
  if (first.len != count * sizeof(uint32_t) || first.len != second.len ||
      memcmp(first.at, second.at, first.len) != 0)
    abort();
  if (pm_bpe_decode(&shared, (const uint32_t *)(const void *)first.at, count,
                    &back, &bad) != 0 ||
      back.len != len || (len > 0 && memcmp(back.at, text, len) != 0))
    abort();
  pm_buffer_free(&first);
  pm_buffer_free(&second);
  pm_buffer_free(&back);
  return 0;
}
