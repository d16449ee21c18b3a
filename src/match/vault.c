#include "match/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <lmdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#include <zstd.h>

#include "match/vault_check.h"

enum { KEY = 5, HEAD = 16 };

#define ADDING "another process is adding to it"
#define BUSY ADDING ", or reads it and may not write PATH-lock"

/* Room that is asked for and not taken: a file grows into it. Where memory is
 * limited, less is asked for. */
static const size_t most_room = (size_t)1 << 40, least_room = (size_t)1 << 28;

static int fail(pm_vault *v, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(v->problem, sizeof v->problem, format, arguments);
  va_end(arguments);
  return -1;
}

static int fail_lmdb(pm_vault *v, int code) {
  if (code == MDB_MAP_FULL)
    return fail(v, "no room left in the index");
  if (code == MDB_CORRUPTED || code == MDB_PAGE_NOTFOUND)
    return fail(v, "damaged: %s", mdb_strerror(code));
  return fail(v, "%s", mdb_strerror(code));
}

static void write_key(char *key, char kind, uint32_t number) {
  key[0] = kind;
  for (int i = 0; i < 4; i++)
    key[1 + i] = (char)(number >> (24 - 8 * i));
}

/* Of a value without its first eight bytes, under its key. */
static uint64_t checksum(const char *key, const char *rest, size_t len) {
  return XXH3_64bits_withSeed(rest, len, XXH3_64bits(key, KEY));
}

/* Checks the heads, if there is a file and it is not empty. */
static int check_heads(pm_vault *v) {
  struct stat st;
  char *heads = malloc(2 * 65536);
  if (!heads)
    return fail(v, "not enough memory");
  const char *wrong = NULL;
  if (fstat(v->file, &st) != 0) {
    wrong = strerror(errno);
  } else if (!S_ISREG(st.st_mode)) {
    wrong = "not a file";
  } else if (st.st_size > 0 || v->readonly) {
    ssize_t len = pread(v->file, heads, 2 * 65536, 0);
    wrong = len < 0 ? strerror(errno)
                    : pm_vault_check_heads(heads, (size_t)len,
                                           (uint64_t)st.st_size);
  }
  free(heads);
  return wrong ? fail(v, "%s", wrong) : 0;
}

/* Checks the pages that the current transaction sees. Returns what is wrong. */
static const char *look_at_pages(pm_vault *v) {
  struct stat st;
  size_t id = mdb_txn_id(v->read);
  if (id == 0)
    return NULL; /* nothing was ever saved */
  if (fstat(v->file, &st) != 0)
    return strerror(errno);
  size_t size = (size_t)st.st_size;
  const char *file = mmap(NULL, size, PROT_READ, MAP_SHARED, v->file, 0);
  if (file == MAP_FAILED)
    return strerror(errno);
  uint8_t *seen = malloc(size / 4096 / 8 + 1);
  const char *wrong =
      seen ? pm_vault_check_pages(file, size, id, seen) : "not enough memory";
  free(seen);
  munmap((void *)(uintptr_t)file, size);
  return wrong;
}

/* While it looks, a writer may write its head over the one that counted: then
 * there is another transaction to look at. */
static int check_pages(pm_vault *v) {
  const char *wrong = look_at_pages(v);
  for (size_t id = 0; wrong && id != mdb_txn_id(v->read);) {
    id = mdb_txn_id(v->read);
    mdb_txn_reset(v->read);
    int code = mdb_txn_renew(v->read);
    if (code != 0)
      return fail_lmdb(v, code);
    wrong = look_at_pages(v);
  }
  return wrong ? fail(v, "%s", wrong) : 0;
}

bool pm_vault_can_make(const char *path) {
  char *copy = strdup(path);
  bool can = copy && access(dirname(copy), W_OK | X_OK) == 0;
  free(copy);
  return can;
}

static int open_env(pm_vault *v, const char *path, size_t room,
                    unsigned flags) {
  flags |= MDB_NOSUBDIR | MDB_NOTLS;
  int code = mdb_env_create(&v->env);
  if (code == 0)
    code = mdb_env_set_mapsize(v->env, room);
  if (code == 0)
    code = mdb_env_open(v->env, path, flags, 0666);
  if (code != 0 && v->env) {
    mdb_env_close(v->env);
    v->env = NULL;
  }
  return code;
}

static int open_in_room(pm_vault *v, const char *path, unsigned flags) {
  size_t room = most_room;
  int code = open_env(v, path, room, flags);
  while (code == ENOMEM && room > least_room)
    code = open_env(v, path, room /= 4, flags);
  return code;
}

/* Opens the environment. Who may not write the table of readers is not in it,
 * and so keeps writers out for as long. */
static int open_to_all(pm_vault *v, const char *path) {
  unsigned flags = v->readonly ? MDB_RDONLY : 0;
  int code = open_in_room(v, path, flags);
  if (code == EACCES && v->readonly) {
    if (flock(v->file, LOCK_SH | LOCK_NB) != 0)
      return fail(v, errno == EWOULDBLOCK ? ADDING : "%s", strerror(errno));
    code = open_in_room(v, path, flags | MDB_NOLOCK);
  }
  return code == 0 ? 0 : fail_lmdb(v, code);
}

static int open_all(pm_vault *v, const char *path) {
  v->file = open(
      path, v->readonly ? O_RDONLY | O_CLOEXEC : O_RDWR | O_CREAT | O_CLOEXEC,
      0666);
  if (v->file < 0)
    return fail(v, "%s", strerror(errno));
  if (check_heads(v) != 0)
    return -1;
  if (open_to_all(v, path) != 0)
    return -1;
  int code = mdb_txn_begin(v->env, NULL, MDB_RDONLY, &v->read);
  if (code != 0)
    return fail_lmdb(v, code);
  if (check_pages(v) != 0)
    return -1;
  code = mdb_dbi_open(v->read, NULL, 0, &v->dbi);
  return code == 0 ? 0 : fail_lmdb(v, code);
}

int pm_vault_open(pm_vault *v, const char *path, bool readonly) {
  *v = PM_VAULT_CLOSED;
  v->readonly = readonly;
  if (open_all(v, path) == 0)
    return 0;
  pm_vault_close(v);
  return -1;
}

static int look_up(pm_vault *v, MDB_txn *txn, const char *key,
                   pm_vault_value *value) {
  MDB_val k = {KEY, (void *)(uintptr_t)key}, found;
  int code = mdb_get(txn, v->dbi, &k, &found);
  if (code == MDB_NOTFOUND)
    return 0;
  if (code != 0)
    return fail_lmdb(v, code);
  const char *bytes = found.mv_data;
  uint64_t sum, plain;
  if (found.mv_size < HEAD)
    return fail(v, "damaged: a value too short");
  memcpy(&sum, bytes, sizeof sum);
  memcpy(&plain, bytes + 8, sizeof plain);
  if (sum != checksum(key, bytes + 8, found.mv_size - 8))
    return fail(v, "damaged: value %c%u", key[0],
                (unsigned)((uint8_t)key[1] << 24 | (uint8_t)key[2] << 16 |
                           (uint8_t)key[3] << 8 | (uint8_t)key[4]));
  *value = (pm_vault_value){bytes + HEAD, found.mv_size - HEAD, (size_t)plain};
  return 1;
}

int pm_vault_get(pm_vault *v, char kind, uint32_t number,
                 pm_vault_value *value) {
  char key[KEY];
  write_key(key, kind, number);
  int found = look_up(v, v->read, key, value);
  if (found == 0 && v->write)
    found = look_up(v, v->write, key, value);
  return found;
}

int pm_vault_unpack(pm_vault *v, const pm_vault_value *value, char *out) {
  size_t size = ZSTD_decompress(out, value->plain, value->bytes, value->len);
  if (ZSTD_isError(size) || size != value->plain)
    return fail(v, "damaged: a compressed value");
  return 0;
}

/* Goes on to what was saved last. */
static int renew(pm_vault *v) {
  mdb_txn_reset(v->read);
  v->generation++;
  int code = mdb_txn_renew(v->read);
  return code == 0 ? 0 : fail_lmdb(v, code);
}

int pm_vault_begin(pm_vault *v) {
  if (v->write)
    return 0;
  if (v->readonly)
    return fail(v, "opened for reading only");
  if (flock(v->file, LOCK_EX | LOCK_NB) != 0)
    return fail(v, errno == EWOULDBLOCK ? BUSY : "%s", strerror(errno));
  int code = mdb_txn_begin(v->env, NULL, 0, &v->write);
  if (code == 0)
    return renew(v);
  v->write = NULL;
  flock(v->file, LOCK_UN);
  return fail_lmdb(v, code);
}

int pm_vault_put(pm_vault *v, char kind, uint32_t number, const char *bytes,
                 size_t len, bool compress) {
  char key[KEY], *packed = NULL;
  uint64_t plain = 0;
  write_key(key, kind, number);
  if (compress && len > 0) {
    size_t room = ZSTD_compressBound(len);
    packed = malloc(room);
    size_t size = packed ? ZSTD_compress(packed, room, bytes, len, 3) : 0;
    if (packed && !ZSTD_isError(size) && size < len) {
      plain = len;
      bytes = packed;
      len = size;
    }
  }
  MDB_val k = {KEY, key}, value = {HEAD + len, NULL};
  int code = mdb_put(v->write, v->dbi, &k, &value, MDB_RESERVE);
  if (code == 0) {
    char *out = value.mv_data;
    memcpy(out + 8, &plain, sizeof plain);
    memcpy(out + HEAD, bytes, len);
    uint64_t sum = checksum(key, out + 8, HEAD - 8 + len);
    memcpy(out, &sum, sizeof sum);
  }
  free(packed);
  return code == 0 ? 0 : fail_lmdb(v, code);
}

int pm_vault_remove(pm_vault *v, char kind, uint32_t number) {
  char key[KEY];
  write_key(key, kind, number);
  MDB_val k = {KEY, key};
  int code = mdb_del(v->write, v->dbi, &k, NULL);
  return code == 0 || code == MDB_NOTFOUND ? 0 : fail_lmdb(v, code);
}

int pm_vault_save(pm_vault *v) {
  if (!v->write)
    return 0;
  int code = mdb_txn_commit(v->write);
  v->write = NULL;
  flock(v->file, LOCK_UN);
  if (code != 0)
    return fail_lmdb(v, code);
  return renew(v);
}

void pm_vault_undo(pm_vault *v) {
  if (!v->write)
    return;
  mdb_txn_abort(v->write);
  v->write = NULL;
  flock(v->file, LOCK_UN);
}

void pm_vault_close(pm_vault *v) {
  pm_vault_undo(v);
  if (v->read)
    mdb_txn_abort(v->read);
  if (v->env)
    mdb_env_close(v->env);
  if (v->file >= 0)
    close(v->file);
  v->read = NULL;
  v->env = NULL;
  v->file = -1;
  v->generation++;
}
