/* SHA-256 against the examples of FIPS 180-4 and what sha256sum says. */
#include <string.h>

#include "test.h"
#include "text/sha256.h"
#include "text/sha256_blocks.h"

static int gives(const void *bytes, size_t len, const char *expected) {
  char hex[PM_SHA256_HEX];
  pm_sha256(bytes, len, hex);
  return strcmp(hex, expected) == 0;
}

/* Portions of any size give what the whole gives. */
static int adds_up(const char *bytes, size_t len) {
  char whole[PM_SHA256_HEX], parts[PM_SHA256_HEX];
  pm_sha256(bytes, len, whole);
  for (size_t size = 1; size < 200; size++) {
    pm_sha256_state s;
    pm_sha256_begin(&s);
    for (size_t at = 0; at < len; at += size)
      pm_sha256_add(&s, bytes + at, len - at < size ? len - at : size);
    pm_sha256_end(&s, parts);
    if (strcmp(whole, parts) != 0)
      return 0;
  }
  return 1;
}

/* The instructions for it and plain C give the same. */
static int agree(const char *bytes, size_t blocks) {
  uint32_t a[8] = {1, 2, 3, 4, 5, 6, 7, 8}, b[8];
  memcpy(b, a, sizeof a);
  if (pm_sha256_has_ni())
    pm_sha256_blocks_ni(a, (const unsigned char *)bytes, blocks);
  else
    pm_sha256_blocks_portable(a, (const unsigned char *)bytes, blocks);
  pm_sha256_blocks_portable(b, (const unsigned char *)bytes, blocks);
  return memcmp(a, b, sizeof a) == 0;
}

int main(void) {
  static char many[1000000];
  memset(many, 'a', sizeof many);
  const char *two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  check(gives(
      "", 0,
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  check(gives(
      "abc", 3,
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  check(gives(
      two, 56,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
  check(gives(
      many, sizeof many,
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
  check(gives(/* the longest with one block of padding, the shortest with two */
              many, 55,
              "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f73431"
              "8"));
  check(gives(
      many, 64,
      "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"));
  for (size_t i = 0; i < sizeof many; i++)
    many[i] = (char)(i * 7);
  check(adds_up(many, 1000));
  check(agree(many, 1) && agree(many, 1000));
  return done("sha256");
}
