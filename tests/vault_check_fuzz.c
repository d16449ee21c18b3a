/*
 * Property: whatever is changed in the file of an index, it is accepted or
 * refused, and nothing outside of it is read; as it was saved it is accepted.
 *
 * Input: a byte that says where the file is cut off, then changes: three bytes
 * each, a place (most of them in the first bytes of a page, where its head and
 * its table are) and what is there now.
 */
#include <stdio.h>
#include <unistd.h>

#include "fuzz.h"
#include "match/vault.h"
#include "match/vault_check.h"

enum { PAGE = 4096, MOST = 64 * PAGE };

static char saved[MOST];
static size_t saved_len;

static void read_saved(const char *path) {
  FILE *file = fopen(path, "rb");
  require(file != NULL);
  saved_len = fread(saved, 1, MOST, file);
  fclose(file);
  require(saved_len >= 8 * PAGE && saved_len < MOST);
}

/* An index with branches, leaves, large values and a list of free pages. */
static void save(void) {
  char path[] = "/tmp/vault_fuzz_XXXXXX", lock[sizeof path + 8];
  int fd = mkstemp(path);
  require(fd >= 0);
  close(fd);
  unlink(path);
  snprintf(lock, sizeof lock, "%s-lock", path);
  pm_vault v = PM_VAULT_CLOSED;
  static char value[PAGE];
  require(pm_vault_open(&v, path, false) == 0);
  for (int round = 0; round < 2; round++) {
    require(pm_vault_begin(&v) == 0);
    for (uint32_t i = 0; i < 24; i++)
      require(pm_vault_put(&v, 'd', i, value, i % 12 ? 200 : sizeof value,
                           false) == 0);
    require(pm_vault_save(&v) == 0);
  }
  pm_vault_close(&v);
  read_saved(path);
  unlink(path);
  unlink(lock);
}

static bool is_accepted(const char *file, size_t len) {
  static uint8_t seen[MOST / PAGE / 8 + 1];
  if (pm_vault_check_heads(file, len, len) != NULL)
    return false;
  for (uint64_t id = 0; id < 4; id++)
    if (pm_vault_check_pages(file, len, id, seen) == NULL)
      return true;
  return false;
}

static size_t place_of(const uint8_t *change, size_t len) {
  size_t page = change[0] >> 1, at = change[1] % 160;
  if (change[0] & 1)
    at = (size_t)change[1] * 16;
  return (page * PAGE + at) % len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (saved_len == 0) {
    save();
    require(is_accepted(saved, saved_len));
  }
  size_t cut = fuzz_choice(&data, &size), len = saved_len - cut % saved_len;
  if (cut & 1)
    len = saved_len - cut / 2 * PAGE % saved_len;
  char *file = fuzz_copy(saved, len);
  for (size_t i = 0; i + 3 <= size; i += 3)
    file[place_of(data + i, len)] = (char)data[i + 2];
  is_accepted(file, len);
  free(file);
  return 0;
}
