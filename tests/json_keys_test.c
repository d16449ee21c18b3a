#include "data/json_keys.h"

#include <stdlib.h>
#include <string.h>

#include "data/record.h"
#include "test.h"

/* Scans the text in a block of its exact size: whether a key comes twice. */
static bool is_twice(pm_json_keys *k, const char *text, size_t len) {
  char *block = malloc(len);
  memcpy(block, text, len);
  pm_json_error error;
  pm_object object;
  pm_json_scan s;
  pm_json_begin(&s, block, len, false, &error);
  s.keys = k;
  pm_json_keys_begin(k, block, len);
  check(pm_record_scan(&s, &object, NULL, 0) == 0);
  check(!k->twice || k->place.end < len);
  free(block);
  return k->twice;
}

/* An object of `n` keys of `len` bytes each that differ in the byte at `at`,
 * or from the 64th on in two more; the last one is the first one again if
 * `again`, and written with an escape if `escaped`. */
static size_t write_object(char *out, int n, size_t len, size_t at, bool again,
                           bool escaped) {
  size_t used = 0;
  out[used++] = '{';
  for (int i = 0; i < n; i++) {
    int number = again && i == n - 1 ? 0 : i;
    char key[64];
    memset(key, 'x', len);
    key[at] = (char)('0' + number % 64);
    if (number >= 64) {
      key[(at + 1) % len] = (char)('0' + number / 64 % 64);
      key[(at + 2) % len] = (char)('0' + number / 4096);
    }
    for (size_t j = 0; j < len; j++)
      if (key[j] == '\\')
        key[j] = '!';
    out[used++] = '"';
    if (escaped && i == n - 1) {
      used += (size_t)sprintf(out + used, "\\u%04x", (unsigned)key[0]);
      memcpy(out + used, key + 1, len - 1);
      used += len - 1;
    } else {
      memcpy(out + used, key, len);
      used += len;
    }
    memcpy(out + used, "\":1,", 4);
    used += 4;
  }
  out[used - 1] = '}';
  return used;
}

static void keys_are_told_apart_by_each_byte(void) {
  static char text[400000];
  static const int counts[] = {1, 2, 3, 30, 63, 64, 65, 66, 130, 4000};
  pm_json_keys k = {.seed = 1};
  for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
    for (size_t len = 1; len < 40; len++)
      for (size_t at = 0; at < len; at += 1 + len / 8)
        for (int how = 0; how < 4; how++) {
          bool again = how & 1, escaped = how & 2;
          if (len < 3 && counts[c] > 64)
            continue;
          size_t n = write_object(text, counts[c], len, at, again, escaped);
          check(is_twice(&k, text, n) == (again && counts[c] > 1));
        }
  pm_json_keys_free(&k);
}

static void objects_are_told_apart(void) {
  static const struct {
    const char *text;
    bool twice;
  } cases[] = {
      {"{}", false},
      {"{\"\":1}", false},
      {"{\"\":1,\"\":1}", true},
      {"{\"a\":1,\"b\":{\"a\":1,\"b\":{\"a\":1}}}", false},
      {"{\"a\":[{\"a\":1},{\"a\":1}],\"b\":\"a\"}", false},
      {"{\"a\":[{\"a\":1},{\"b\":1,\"a\":2,\"b\":3}]}", true},
      {"{\"a\":{},\"b\":[[]],\"a\":{}}", true},
      {"{\"a\":{\"x\":1,\"y\":2},\"b\":2,\"a\":1}", true},
      {"{\"a\\\"\":1,\"a\":2}", false},
      {"{\"a\\u0022\":1,\"a\\\"\":2}", true},
      {"{\"\\u00e9\":1,\"\xC3\xA9\":2}", true},
      {"{\"\\ud83d\\ude00\":{},\"\xF0\x9F\x98\x80\":[]}", true},
      {"{\"\\u0000\":1,\"\":2}", false},
      {"{\"\\u0061\":{\"a\":1},\"b\":{\"a\":1}}", false},
  };
  pm_json_keys k = {.seed = 1};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    check(is_twice(&k, cases[i].text, strlen(cases[i].text)) == cases[i].twice);
  pm_json_keys_free(&k);
}

/* Memory is short from the n-th time on. */
static void *few_times(void *ud, void *p, size_t from, size_t to) {
  int *left = ud;
  (void)from;
  if (to == 0) {
    free(p);
    return NULL;
  }
  return --*left < 0 ? NULL : realloc(p, to);
}

static void no_memory_is_told(void) {
  static char text[100000];
  size_t len = write_object(text, 1000, 9, 0, true, true);
  for (int times = 0;; times++) {
    int left = times;
    pm_buffer b = {.alloc = few_times, .ud = &left};
    pm_json_keys k = {.stack = b, .table = b, .plain = b};
    bool twice = is_twice(&k, text, len), failed = k.failed;
    check(twice != failed);
    pm_json_keys_free(&k);
    if (!failed)
      break;
  }
}

int main(void) {
  keys_are_told_apart_by_each_byte();
  objects_are_told_apart();
  no_memory_is_told();
  return done("json_keys");
}
