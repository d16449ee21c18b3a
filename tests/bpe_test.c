/* Byte-pair encoding from C: vocabulary, both ways to merge, the cache. */
#include "bpe_naive.h"
#include "test.h"
#include "text/bpe_merge.h"

static uint32_t seed = 1;

static uint32_t roll(uint32_t below) {
  seed = seed * 1664525 + 1013904223;
  return (seed >> 8) % below;
}

static void fill(unsigned char *s, size_t len) {
  static const char letters[] = "aaaab  '\n1\xC3\xA9x";
  for (size_t i = 0; i < len; i++)
    s[i] = (unsigned char)letters[roll(sizeof letters - 1)];
}

static void test_vocab(void) {
  pm_vocab v;
  pm_vocab_init(&v, plain_alloc, NULL);
  size_t len, line;
  check(pm_vocab_add(&v, 7, "ab", 2) == 0);
  check(pm_vocab_add(&v, 7, "cd", 2) == PM_VOCAB_TWICE);
  check(pm_vocab_add(&v, 8, "ab", 2) == PM_VOCAB_TWICE);
  check(pm_vocab_add(&v, 8, "", 0) == PM_VOCAB_RANGE);
  check(pm_vocab_add(&v, PM_VOCAB_IDS, "e", 1) == PM_VOCAB_RANGE);
  check(pm_vocab_find(&v, "ab", 2) == 7);
  check(pm_vocab_find(&v, "cd", 2) == PM_VOCAB_NONE);
  check(pm_vocab_find(&v, "e", 1) == PM_VOCAB_NONE);
  check(!pm_vocab_token_of(&v, 3, &len) && !pm_vocab_token_of(&v, 99, &len));
  check(pm_vocab_name(&v, 7, "ab", 2) == 0);
  check(pm_vocab_name(&v, 7, "x", 1) == PM_VOCAB_TWICE);
  check(pm_vocab_name(&v, 9, "<end>", 5) == 0);
  check(pm_vocab_find(&v, "<end>", 5) == PM_VOCAB_NONE);
  check(pm_vocab_token_of(&v, 9, &len) && len == 5);

  const char good[] = "YQ== 100\r\nYWI= 101\n\nYWJj 102";
  check(pm_ranks_read(&v, good, 8, &line) == 0 && line == 1);
  check(pm_vocab_find(&v, "a", 1) == 100);
  check(pm_ranks_read(&v, good + 10, sizeof good - 11, &line) ==
        PM_VOCAB_TWICE); /* "ab" is there */
  check(line == 1);
  const char *bad[] = {"YQ==",    "YQ== ",  "YQ= 5",        "Y=== 5",
                       "Y!== 5",  " 5",     "YQ== 5x",      "YQ== -5",
                       "YQ== 5 ", "YQ==\t", "YQ== 2097152", "YQ== 99999999999"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    check(pm_ranks_read(&v, bad[i], strlen(bad[i]), &line) < 0);
  pm_vocab_close(&v);
}

/* Short, long and naive merging agree on all lengths. */
static void test_merge(void) {
  pm_buffer scratch = {0};
  unsigned char s[PM_MERGE_SHORT];
  uint32_t naive[PM_MERGE_SHORT], out[PM_MERGE_SHORT];
  for (uint32_t round = 0; round < 20; round++) {
    pm_bpe b;
    naive_vocabulary(&b, round, 10 + (int)round * 20);
    int wrong = 0;
    for (size_t len = 1; len <= PM_MERGE_SHORT; len++) {
      fill(s, len);
      size_t count = naive_merge(&b, s, len, naive);
      wrong += pm_merge_short(&b.pairs, &b.vocab, s, len, out) != count ||
               memcmp(out, naive, count * sizeof *out) != 0;
      wrong +=
          pm_merge_long(&b.pairs, &b.vocab, s, len, out, &scratch) != count ||
          memcmp(out, naive, count * sizeof *out) != 0;
      wrong +=
          pm_merge_long(&b.pairs, &b.vocab, s, len, NULL, &scratch) != count;
    }
    check(wrong == 0);
    pm_bpe_close(&b);
  }
  pm_buffer_free(&scratch);
}

/* Pieces one by one, without a cache. */
static size_t naive_encode(const pm_bpe *b, const unsigned char *s, size_t len,
                           uint32_t *out) {
  size_t count = 0;
  for (size_t at = 0, end; at < len; at = end) {
    end = pm_bpe_piece_end(b->stages[0].pattern, s, len, at);
    uint32_t id = pm_vocab_find(&b->vocab, (const char *)s + at, end - at);
    if (id != PM_VOCAB_NONE)
      out[count++] = id;
    else
      count += naive_merge(b, s + at, end - at, out + count);
  }
  return count;
}

static void test_encode(void) {
  enum { MOST = 3000 };
  pm_bpe b;
  naive_vocabulary(&b, 3, 200);
  pm_buffer out = {0}, back = {0};
  int wrong = 0;
  for (int round = 0; round < 300; round++) {
    size_t len = roll(MOST), count, bad;
    unsigned char *s = malloc(len ? len : 1);
    uint32_t *naive = malloc(sizeof *naive * (len + 1));
    if (!s || !naive)
      abort();
    fill(s, len);
    out.len = back.len = 0;
    wrong += pm_bpe_encode(&b, (char *)s, len, false, &out) != 0;
    size_t expected = naive_encode(&b, s, len, naive);
    wrong += out.len != expected * sizeof *naive ||
             memcmp(out.at, naive, out.len) != 0;
    wrong += pm_bpe_count(&b, (char *)s, len, false, &count) != 0 ||
             count != expected;
    wrong += pm_bpe_decode(&b, naive, count, &back, &bad) != 0 ||
             back.len != len || memcmp(back.at ? back.at : "", s, len) != 0;
    free(s);
    free(naive);
  }
  check(wrong == 0);
  pm_buffer_free(&out);
  pm_buffer_free(&back);
  pm_bpe_close(&b);
}

static void test_special(void) {
  pm_bpe b;
  size_t count;
  naive_vocabulary(&b, 3, 50);
  const pm_phrase always[] = {{"<<", 2}};
  const pm_phrase all[] = {{"<<", 2}, {"<end>", 5}, {"<end>>", 6}};
  const uint32_t ids[] = {1000, 1001, 1002};
  check(pm_bpe_set_special(&b, 0, always, ids, 1) == 0);
  check(pm_bpe_set_special(&b, 1, all, ids, 3) == 0);
  check(pm_bpe_count(&b, "<<x<end>><<", 11, true, &count) == 0 && count == 4);
  check(pm_bpe_count(&b, "<<x<end>><<", 11, false, &count) == 0);
  check(count == 9);
  pm_bpe_close(&b);
}

int main(void) {
  test_vocab();
  test_merge();
  test_encode();
  test_special();
  return done("bpe");
}
